import StructuredSQL

extension ModelQuery {
    /// How far the distributions of both models' scores are apart, over all rows.
    ///
    /// The population stability index and the Jensen-Shannon distance (base 2) are over bins between the deciles of the
    /// champion's scores, each with its upper end; bins of one edge are one bin. The index takes 1e-4 for less. The greatest
    /// distance of the distribution functions, and the area between them, are over all scores. Sources: scipy.stats.ks_2samp,
    /// scipy.stats.wasserstein_distance, scipy.spatial.distance.jensenshannon; the index has its definition from practice.
    ///
    /// The edges are negative, so that bins have their upper ends. Labels are bins of their own, and have no distances but between the bins.
    var distances: Figure {
        let least: SQL = "1e-4::pg_catalog.float8"
        let tables: [(name: String, rows: SQL)] = [
            (
                name: "sided",
                rows: """
                SELECT p1 AS p, \(weight)::pg_catalog.float8 AS w1, 0.0::pg_catalog.float8 AS w2 FROM pairs
                UNION ALL SELECT p2, 0.0, \(weight) FROM pairs
                """
            ),
            (
                name: "edges",
                rows: """
                SELECT coalesce(array_agg(DISTINCT -e ORDER BY -e), '{}') AS edges FROM (
                    SELECT unnest(percentile_cont(ARRAY[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) WITHIN GROUP (ORDER BY p1)) AS e
                    FROM pairs
                ) AS deciles
                """
            ),
            (
                name: "scores",
                rows: """
                SELECT p, sum(w1) / (SELECT sum(w1) FROM sided) AS f1, sum(w2) / (SELECT sum(w2) FROM sided) AS f2
                FROM sided GROUP BY p
                """
            ),
            (
                name: "functions",
                rows: """
                SELECT p, abs(sum(f1) OVER (ORDER BY p) - sum(f2) OVER (ORDER BY p)) AS gap, lead(p) OVER (ORDER BY p) - p AS width
                FROM scores
                """
            ),
            (
                name: "bins",
                rows: """
                SELECT sum(f1) AS r, sum(f2) AS c FROM scores GROUP BY pg_catalog.width_bucket(-p, (SELECT edges FROM edges))
                """
            ),
        ]
        let width = SQL(quotedByServer: String(ScoreHistogram.binCount))
        let histogram: (name: String, rows: SQL) = (
            name: "histogram",
            rows: """
            SELECT min(low) AS low, max(high) AS high, pg_catalog.json_agg(pg_catalog.json_build_object('bin', bin, 'one', one, 'two', two)) AS bins
            FROM (
                SELECT low, high, LEAST(floor((p - low) / nullif(high - low, 0) * \(width)), \(width) - 1)::pg_catalog.int4 AS bin,
                    sum(f1) AS one, sum(f2) AS two
                FROM scores CROSS JOIN (SELECT min(p) AS low, max(p) AS high FROM scores) AS ends GROUP BY 1, 2, 3
            ) AS counted
            """
        )
        let labels: [(name: String, rows: SQL)] = [
            tables[0],
            (
                name: "bins",
                rows:
                    "SELECT sum(w1) / (SELECT sum(w1) FROM sided) AS r, sum(w2) / (SELECT sum(w2) FROM sided) AS c FROM sided GROUP BY p"
            ),
        ]
        let ofScores: SQL = """
            (SELECT max(gap) FROM functions) AS score_ks, (SELECT pg_catalog.row_to_json(h.*) FROM histogram AS h) AS histogram, (SELECT coalesce(sum(gap * width), 0) FROM functions) AS wasserstein,
                (SELECT avg(abs(p2 - p1)) FROM pairs) AS mean_distance,
            """
        func part(_ share: SQL) -> SQL {
            "CASE WHEN \(share) > 0 THEN \(share) * ln(2 * \(share) / (r + c)) / ln(2.0::pg_catalog.float8) ELSE 0 END"
        }
        let rows: SQL = """
            SELECT -1 AS part, NULL::pg_catalog.text AS value,
                \(comparison.predictsLabels ? "" : ofScores)
                sum((GREATEST(c, \(least)) - GREATEST(r, \(least))) * ln(GREATEST(c, \(least)) / GREATEST(r, \(least)))) AS psi,
                sqrt(GREATEST(sum(\(part("r")) + \(part("c"))) / 2, 0)) AS jensen_shannon
            FROM bins
            """
        return Figure(kind: .distances, tables: comparison.predictsLabels ? labels : tables + [histogram], rows: rows)
    }
}
