import StructuredSQL

extension ModelQuery {
    /// A metric that is the mean of something over rows, or over queries: what it is of champion and challenger, NULL where a
    /// row is none of those it is about.
    struct UnitMetric {
        var metric: ModelMetric
        var champion: SQL
        var challenger: SQL

        /// What the challenger wins.
        var gain: SQL {
            metric.direction == .more ? "(\(challenger)) - (\(champion))" : "(\(champion)) - (\(challenger))"
        }
    }

    /// The means that ``units`` has figures of, in its order.
    package var unitMetricNames: [ModelMetric] { unitMetrics.map(\.metric) }

    var unitMetrics: [UnitMetric] {
        func pair(_ metric: ModelMetric, _ loss: (_ number: String) -> SQL) -> UnitMetric {
            UnitMetric(metric: metric, champion: loss("1"), challenger: loss("2"))
        }
        func score(_ number: String) -> SQL { SQL(quotedByServer: "p\(number)") }
        switch comparison.task {
        case .binary:
            return [
                pair(.brier) { "power(\(score($0)) - y, 2)" },
                pair(.logLoss) { Self.logLoss("CASE WHEN y = 1 THEN \(score($0)) ELSE 1 - \(score($0)) END") },
            ] + (comparison.cluster == nil ? [] : hits)
        case .multiclass:
            guard comparison.hasProbabilities else { return comparison.cluster == nil ? [] : hits }
            return [
                pair(.brier) { "\(SQL(quotedByServer: "squares\($0)")) - 2 * \(SQL(quotedByServer: "own\($0)")) + 1" },
                pair(.logLoss) { Self.logLoss(SQL(quotedByServer: "own\($0)")) },
            ] + (comparison.cluster == nil ? [] : hits)
        case .regression:
            return [
                pair(.mae) { "abs(\(score($0)) - y)" }, pair(.mse) { "power(\(score($0)) - y, 2)" },
                pair(.bias) { "\(score($0)) - y" },
            ]
        case .ranking:
            return RankingTables.metrics.map { metric in
                UnitMetric(
                    metric: metric, champion: "\(identifier: "\(metric.rawValue)1")",
                    challenger: "\(identifier: "\(metric.rawValue)2")")
            }
        case .unlabeled:
            let none: SQL = "0.0::pg_catalog.float8"
            let distance = UnitMetric(metric: .meanDistance, champion: none, challenger: "abs(p2 - p1)")
            let flip = UnitMetric(
                metric: .flipRate, champion: none,
                challenger: "CASE WHEN \(label("p1")) = \(label("p2")) THEN 0.0 ELSE 1.0 END::pg_catalog.float8")
            // Without clusters there is a table of counts.
            return (comparison.predictsLabels ? [] : [distance])
                + (hasLabels && comparison.cluster != nil ? [flip] : [])
        }
    }

    /// Whether predictions are right, where clusters leave no room for a table of counts.
    private var hits: [UnitMetric] {
        func hit(_ p: SQL, _ condition: SQL) -> SQL {
            "CASE WHEN \(condition) THEN (\(label(p)) = \(truthLabel))::pg_catalog.int4::pg_catalog.float8 END"
        }
        func metric(_ metric: ModelMetric, where condition: SQL) -> UnitMetric {
            UnitMetric(metric: metric, champion: hit("p1", condition), challenger: hit("p2", condition))
        }
        guard comparison.task == .binary else { return [metric(.accuracy, where: "true")] }
        return [
            metric(.accuracy, where: "true"), metric(.recall, where: "y = 1"), metric(.specificity, where: "y = 0"),
        ]
    }

    /// The predicted outcome.
    func label(_ p: SQL) -> SQL {
        guard let threshold = comparison.threshold else { return p }
        return "(\(p) >= \(bind: threshold)::pg_catalog.float8)"
    }

    /// The true outcome, alike.
    var truthLabel: SQL { comparison.task == .binary ? "(y = 1)" : "y" }

    /// Probabilities are cut so far from 0 that the logarithm is finite: by the smallest step that 1 can take.
    private static func logLoss(_ p: SQL) -> SQL {
        let least: SQL = "2.220446049250313e-16::pg_catalog.float8"
        return "-ln(LEAST(GREATEST(\(p), \(least)), 1 - \(least)))"
    }

    /// Per metric the means of both models, the mean of the gain and the variance of that mean, with the units behind it: rows,
    /// queries or clusters.
    ///
    /// Without clusters and weights it is the variance of a mean. With them, u being the sum over a unit of w (gain - mean), it
    /// is G / (G - 1) Σ u² / (Σ w)² over G units. Source: the cluster-robust estimator of K. Liang and S. Zeger,
    /// "Longitudinal data analysis using generalized linear models", 1986, of a mean.
    var units: Figure {
        let metrics = unitMetrics
        let isRanking = comparison.task == .ranking
        let source: SQL = isRanking ? "ranked" : parts(for: metrics.map(\.metric))
        var columns: [SQL] = ["part", "value"]
        if comparison.cluster != nil {
            columns.append("cluster")
        } else if comparison.weight != nil {
            columns.append("row_number() OVER () AS cluster")
        }
        if comparison.weight != nil { columns.append("w") }
        if comparison.order != nil { columns.append("ord") }
        if comparison.task == .regression { columns.append("y") }
        for (index, metric) in metrics.enumerated() {
            columns += [
                "\(metric.champion) AS \(Self.name("a", index))", "\(metric.challenger) AS \(Self.name("b", index))",
                "\(metric.gain) AS \(Self.name("g", index))",
            ]
        }
        var tables: [(name: String, rows: SQL)] = isRanking ? RankingTables(comparison).tables : []
        tables.append((name: "units", rows: "SELECT \(columns.joined(separator: ", ")) FROM \(source)"))
        let isSandwich = comparison.cluster != nil || comparison.weight != nil
        if isSandwich || comparison.order != nil { tables.append((name: "centred", rows: centred(metrics))) }
        if comparison.order != nil { return Figure(kind: .units, tables: tables, rows: ordered(metrics)) }
        guard isSandwich else {
            var figures: [SQL] = ["part", "value", "count(*) AS n"]
            if comparison.task == .regression { figures.append("var_pop(y) AS spread") }
            for index in metrics.indices {
                let (a, b, g) = (Self.name("a", index), Self.name("b", index), Self.name("g", index))
                figures += [
                    "avg(\(a)) AS \(a)", "avg(\(b)) AS \(b)", "avg(\(g)) AS \(g)",
                    "count(\(g)) AS \(Self.name("n", index))",
                    "var_samp(\(g)) / count(\(g)) AS \(Self.name("v", index))",
                    "count(\(g)) AS \(Self.name("u", index))",
                ]
            }
            return Figure(
                kind: .units, tables: tables,
                rows: "SELECT \(figures.joined(separator: ", ")) FROM units GROUP BY part, value")
        }
        // Sums by cluster first.
        var sums: [SQL] = ["part", "value", "count(*) AS n"]
        var figures: [SQL] = ["part", "value", "sum(n) AS n"]
        if comparison.task == .regression {
            sums.append("sum(\(weight) * power(y - my, 2)) AS sy, sum(\(weight)) AS wy")
            figures.append("sum(sy) / sum(wy) AS spread")
        }
        for index in metrics.indices {
            let (a, b, g) = (Self.name("a", index), Self.name("b", index), Self.name("g", index))
            let (n, w, s) = (Self.name("n", index), Self.name("w", index), Self.name("s", index))
            let isThere: SQL = "FILTER (WHERE \(g) IS NOT NULL)"
            sums += [
                "count(\(g)) AS \(n)", "sum(\(weight)) \(isThere) AS \(w)", "sum(\(weight) * \(a)) AS \(a)",
                "sum(\(weight) * \(b)) AS \(b)", "sum(\(weight) * \(g)) AS \(g)",
                "sum(\(weight) * (\(g) - \(Self.name("m", index)))) AS \(s)",
            ]
            figures += [
                "sum(\(n)) AS \(n)", "sum(\(a)) / sum(\(w)) AS \(a)", "sum(\(b)) / sum(\(w)) AS \(b)",
                "sum(\(g)) / sum(\(w)) AS \(g)", "count(\(s)) AS \(Self.name("u", index))",
                "count(\(s)) * sum(power(\(s), 2)) / nullif(count(\(s)) - 1, 0) / power(sum(\(w)), 2) AS \(Self.name("v", index))",
            ]
        }
        tables.append(
            (
                name: "by_unit",
                rows: "SELECT \(sums.joined(separator: ", ")) FROM centred GROUP BY part, value, cluster"
            ))
        return Figure(
            kind: .units, tables: tables,
            rows: "SELECT \(figures.joined(separator: ", ")) FROM by_unit GROUP BY part, value")
    }

    /// Units with the means of their part.
    private func centred(_ metrics: [UnitMetric]) -> SQL {
        var means = metrics.indices.map { index -> SQL in
            let g = Self.name("g", index)
            return """
                sum(\(weight) * \(g)) OVER whole / sum(\(weight)) FILTER (WHERE \(g) IS NOT NULL) OVER whole AS \(Self.name("m", index))
                """
        }
        if comparison.task == .regression {
            means.append("sum(\(weight) * y) OVER whole / sum(\(weight)) OVER whole AS my")
        }
        return
            "SELECT *, \(means.joined(separator: ", ")) FROM units WINDOW whole AS (PARTITION BY part, value)"
    }

    /// Per metric the means, and in the place of a variance the autocovariances of the gain up to the horizon, in the order of
    /// the forecasts.
    private func ordered(_ metrics: [UnitMetric]) -> SQL {
        var lagged: [SQL] = ["*"]
        var figures: [SQL] = ["part", "value", "count(*) AS n", "avg(power(y - my, 2)) AS spread"]
        for index in metrics.indices {
            let (a, b, g) = (Self.name("a", index), Self.name("b", index), Self.name("g", index))
            figures += [
                "avg(\(a)) AS \(a)", "avg(\(b)) AS \(b)", "avg(\(g)) AS \(g)",
                "count(\(g)) AS \(Self.name("n", index))",
                "count(\(g)) AS \(Self.name("u", index))",
            ]
            for lag in 0..<comparison.horizon {
                let name = SQL(quotedByServer: "c\(index)_\(lag)")
                let product: SQL = "\(g) - \(Self.name("m", index))"
                lagged.append(
                    "(\(product)) * lag(\(product), \(SQL(quotedByServer: String(lag)))) OVER (PARTITION BY part, value ORDER BY ord) AS \(name)"
                )
                figures.append("sum(\(name)) / count(*) AS \(name)")
            }
        }
        return """
            SELECT \(figures.joined(separator: ", ")) FROM (SELECT \(lagged.joined(separator: ", ")) FROM centred) AS lagged
            GROUP BY part, value
            """
    }

    static func name(_ letter: String, _ index: Int) -> SQL { SQL(quotedByServer: "\(letter)\(index)") }

    // MARK: Labels

    /// Rows by label and predictions.
    var cells: Figure {
        let truth: SQL = comparison.task == .unlabeled ? "''" : "(\(truthLabel))::pg_catalog.text"
        let rows: SQL = """
            SELECT part, value, \(truth) AS y, (\(label("p1")))::pg_catalog.text AS l1, (\(label("p2")))::pg_catalog.text AS l2, \
            count(*) AS n, sum(\(weight)) AS w, sum(power(\(weight), 2)) AS q
            FROM \(parts(for: LabelTable.metrics)) GROUP BY 1, 2, 3, 4, 5
            """
        return Figure(kind: .cells, tables: [], rows: rows)
    }
}
