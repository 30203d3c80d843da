import StructuredSQL

extension ModelQuery {
    /// The areas under both curves, and the variance of their difference.
    ///
    /// Placements are counted in halves, so that they are whole numbers until the last division; with weights there is no
    /// variance. Source: E. DeLong, D. DeLong and D. Clarke-Pearson, "Comparing the areas under two or more correlated
    /// receiver operating characteristic curves", 1988; with clusters N. Obuchowski, "Nonparametric analysis of clustered ROC
    /// curve data", 1997.
    var areas: Figure {
        func counts(_ p: SQL, _ suffix: String) -> [SQL] {
            ["0", "1"].flatMap { y -> [SQL] in
                [("CURRENT ROW", "le"), ("1 PRECEDING", "lt")].map { end, name in
                    """
                    \(total(where: "y = \(SQL(quotedByServer: y))", over: """
                        PARTITION BY part, value ORDER BY \(p) GROUPS BETWEEN UNBOUNDED PRECEDING AND \(SQL(quotedByServer: end))
                        """)) AS \(SQL(quotedByServer: "\(name)\(y)\(suffix)"))
                    """
                }
            }
        }
        var kept: SQL = comparison.cluster == nil ? "" : ", cluster"
        if comparison.weight != nil { kept = "\(kept), w" }
        func placement(_ suffix: String) -> SQL {
            let (lt0, le0, lt1, le1) = (
                SQL(quotedByServer: "lt0\(suffix)"), SQL(quotedByServer: "le0\(suffix)"),
                SQL(quotedByServer: "lt1\(suffix)"), SQL(quotedByServer: "le1\(suffix)")
            )
            return
                "CASE WHEN y = 1 THEN (\(lt0) + \(le0)) / (2.0::pg_catalog.float8 * negatives) ELSE (2 * positives - \(lt1) - \(le1)) / (2.0::pg_catalog.float8 * positives) END"
        }
        var tables: [(name: String, rows: SQL)] = [
            (
                name: "counted",
                rows: """
                SELECT part, value, y\(kept), \(total(where: "y = 1", over: "PARTITION BY part, value")) AS positives,
                    \(total(where: "y = 0", over: "PARTITION BY part, value")) AS negatives,
                    \((counts("p1", "a") + counts("p2", "b")).joined(separator: ", "))
                FROM \(parts(for: [.auc]))
                """
            ),
            (
                name: "placed",
                rows: """
                SELECT part, value, y\(kept), positives, negatives, \(placement("a")) AS v1, \(placement("b")) AS v2
                FROM counted WHERE positives > 0 AND negatives > 0
                """
            ),
        ]
        let (one, two): (SQL, SQL) =
            comparison.weight == nil
            ? ("avg(v1) FILTER (WHERE y = 1)", "avg(v2) FILTER (WHERE y = 1)")
            : ("sum(w * v1) FILTER (WHERE y = 1) / min(positives)", "sum(w * v2) FILTER (WHERE y = 1) / min(positives)")
        guard comparison.cluster != nil, comparison.weight == nil else {
            let variance: SQL =
                comparison.weight == nil
                ? """
                coalesce(var_samp(v1 - v2) FILTER (WHERE y = 1), 0) / min(positives)
                    + coalesce(var_samp(v1 - v2) FILTER (WHERE y = 0), 0) / min(negatives)
                """ : "NULL"
            return Figure(
                kind: .areas, tables: tables,
                rows: """
                    SELECT part, value, \(one) AS champion, \(two) AS challenger, \(variance) AS variance, 0 AS clusters
                    FROM placed GROUP BY part, value
                    """)
        }
        tables += [
            (
                name: "areas",
                rows: "SELECT part, value, \(one) AS a1, \(two) AS a2 FROM placed GROUP BY part, value"
            ),
            (
                name: "clusters",
                rows: """
                SELECT part, value, cluster, min(positives) AS positives, min(negatives) AS negatives,
                    count(*) FILTER (WHERE y = 1) AS m, count(*) FILTER (WHERE y = 0) AS n,
                    coalesce(sum(v1 - v2) FILTER (WHERE y = 1), 0) AS x10, coalesce(sum(v1 - v2) FILTER (WHERE y = 0), 0) AS x01
                FROM placed GROUP BY part, value, cluster
                """
            ),
            (
                name: "apart",
                rows: """
                SELECT c.part, c.value, positives, negatives, a1, a2, m, n, x10 - m * (a1 - a2) AS d10, x01 - n * (a1 - a2) AS d01
                FROM clusters AS c JOIN areas AS a ON a.part = c.part AND a.value IS NOT DISTINCT FROM c.value
                """
            ),
        ]
        return Figure(
            kind: .areas, tables: tables,
            rows: """
                SELECT part, value, min(a1) AS champion, min(a2) AS challenger,
                    sum(power(d10, 2)) * count(*) FILTER (WHERE m > 0) / nullif(count(*) FILTER (WHERE m > 0) - 1, 0) / power(min(positives), 2)
                    + sum(power(d01, 2)) * count(*) FILTER (WHERE n > 0) / nullif(count(*) FILTER (WHERE n > 0) - 1, 0) / power(min(negatives), 2)
                    + 2 * sum(d10 * d01) * count(*) / nullif(count(*) - 1, 0) / (min(positives)::pg_catalog.float8 * min(negatives))
                    AS variance, count(*) AS clusters
                FROM apart GROUP BY part, value
                """)
    }

    /// Of all rows per model (1 is the champion) the average precision, the greatest distance between the distributions of positives and
    /// negatives, and the expected calibration error over ten bins of equal width, and how many scores there are.
    ///
    /// Rows of one score are one step of the curves. A bin has its upper end, the first one also 0. Average precision and
    /// distance are NULL without both outcomes. Sums are taken in order, so that equal models come to equal numbers. Sources:
    /// the average precision of scikit-learn, the two-sample Kolmogorov-Smirnov statistic; M. Naeini, G. Cooper and
    /// M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015.
    var curves: Figure {
        let tables: [(name: String, rows: SQL)] = [
            (
                name: "modelled",
                rows: """
                SELECT y, 1 AS model, p1 AS p, \(weight) AS w FROM pairs
                UNION ALL SELECT y, 2, p2, \(weight) FROM pairs
                """
            ),
            (
                name: "steps",
                rows: """
                SELECT model, p, sum(w * y) AS positives, sum(w) - sum(w * y) AS negatives
                FROM modelled GROUP BY model, p
                """
            ),
            (
                name: "summed",
                rows: """
                SELECT *, sum(positives) OVER above AS tp, sum(negatives) OVER above AS fp,
                    sum(positives) OVER everything AS p_all, sum(negatives) OVER everything AS n_all
                FROM steps WINDOW everything AS (PARTITION BY model), above AS (PARTITION BY model ORDER BY p DESC)
                """
            ),
            (
                name: "curve",
                rows: """
                SELECT model, sum(positives * tp / (tp + fp) ORDER BY p) / nullif(max(p_all), 0) AS ap,
                    max(abs(tp / nullif(p_all, 0) - fp / nullif(n_all, 0))) AS ks, count(*) AS steps
                FROM summed GROUP BY model
                """
            ),
            (
                name: "gaps",
                rows: """
                SELECT model, GREATEST(ceil(p * 10) - 1, 0) AS bin, sum(positives) - sum((positives + negatives) * p ORDER BY p) AS gap,
                    sum(positives + negatives) AS n
                FROM steps GROUP BY model, GREATEST(ceil(p * 10) - 1, 0)
                """
            ),
            (
                name: "calibration",
                rows: """
                SELECT model, sum(abs(gap) ORDER BY bin) / sum(n) AS ece, sum(gap ORDER BY bin) / sum(n) AS large
                FROM gaps GROUP BY model
                """
            ),
        ]
        return Figure(
            kind: .curves, tables: tables,
            rows: """
                SELECT -1 AS part, NULL::pg_catalog.text AS value, c.model, CASE WHEN c.ks IS NOT NULL THEN c.ap END AS average_precision,
                    c.ks, c.steps, e.ece AS calibration_error, e.large AS calibration_in_the_large
                FROM curve AS c JOIN calibration AS e ON e.model = c.model
                """)
    }
}
