package import StructuredSQL

/// The statements that compare two models on the rows of one server, in one snapshot.
package struct ModelQuery: Sendable {
    let comparison: ModelComparison
    private let truth: SideInput
    private let champion: SideInput
    private let challenger: SideInput

    package init(_ comparison: ModelComparison, truth: SideInput, champion: SideInput, challenger: SideInput) {
        self.comparison = comparison
        self.truth = truth
        self.champion = champion
        self.challenger = challenger
    }

    // MARK: Coverage

    /// Rows whose key is another row's, or has a NULL, in truth, champion and challenger.
    package var unusableKeys: SQL {
        let counts = [truth, champion, challenger].map { input -> SQL in
            let keys = comparison.key.map { "r.\(identifier: $0)" as SQL }
            let isNull = keys.map { "\($0) IS NULL" as SQL }.joined(separator: " OR ")
            return """
                (SELECT coalesce(sum(n) FILTER (WHERE n > 1 OR is_null), 0)::pg_catalog.int8 FROM (
                    SELECT (\(isNull)) AS is_null, count(*) AS n FROM \(input.rows()) GROUP BY \(keys.joined(separator: ", "))
                ) AS counted)
                """
        }
        return "SELECT \(counts.joined(separator: ", "))"
    }

    /// What there is of each side: rows of the truth, without a label, labels that are none; per model rows missing, scores
    /// that are NULL and scores that are none; labelled rows with both scores; predictions without a
    /// truth, of each model; labelled rows whose scores differ.
    package var coverage: SQL {
        let isLabelled: SQL = "y IS NOT NULL"
        func model(_ letter: String) -> [SQL] {
            let (here, score, good) = (
                SQL(quotedByServer: "here\(letter)"), SQL(quotedByServer: "raw\(letter)"),
                SQL(quotedByServer: "p\(letter)")
            )
            return [
                "count(*) FILTER (WHERE \(isLabelled) AND \(here) IS NULL)",
                "count(*) FILTER (WHERE \(isLabelled) AND \(here) AND \(score) IS NULL)",
                "count(*) FILTER (WHERE \(isLabelled) AND \(score) IS NOT NULL AND \(good) IS NULL)",
            ]
        }
        let orphans = [champion, challenger].map { input -> SQL in
            let pairs = comparison.key.map { "t.\(identifier: $0) = r.\(identifier: $0)" as SQL }.joined(
                separator: " AND ")
            let conjunction: SQL = input.filter == nil ? "WHERE" : "AND"
            return """
                (SELECT count(*) FROM \(input.rows()) \(conjunction) NOT EXISTS (SELECT FROM \(truthRows) AS t WHERE \(pairs)))
                """
        }
        let counts: [SQL] =
            [
                "count(*)", "count(*) FILTER (WHERE label IS NULL)",
                "count(*) FILTER (WHERE label IS NOT NULL AND y IS NULL)",
            ]
            + model("1") + model("2")
            + ["count(*) FILTER (WHERE \(isLabelled) AND p1 IS NOT NULL AND p2 IS NOT NULL)"] + orphans
            + ["count(*) FILTER (WHERE \(isLabelled) AND p1 <> p2)"]
        return "WITH joined AS (\(joined)) SELECT \(counts.joined(separator: ", ")) FROM joined"
    }

    private var truthRows: SQL { "(SELECT * FROM \(truth.rows()))" }

    /// Every row of the truth with what both models say of it.
    private var joined: SQL {
        let names = comparison.key.map { "\(identifier: $0)" as SQL }
        func model(_ input: SideInput, _ column: String) -> SQL {
            "(SELECT \(names.joined(separator: ", ")), true AS here, r.\(identifier: column) AS score FROM \(input.rows()))"
        }
        func join(_ alias: SQL) -> SQL { names.map { "\(alias).\($0) = t.\($0)" as SQL }.joined(separator: " AND ") }
        let slices = comparison.sliceColumns.enumerated().map { index, name -> SQL in
            "t.\(identifier: name)::pg_catalog.text AS \(Self.slice(index))"
        }
        let cluster = comparison.cluster.map { ["t.\(identifier: $0)::pg_catalog.text AS cluster" as SQL] } ?? []
        let columns: [SQL] =
            names.map { "t.\($0)" }
            + [
                "t.\(identifier: comparison.truth.column) AS label", "\(label) AS y", "c.here AS here1",
                "c.score AS raw1",
                "\(score("c.score")) AS p1", "d.here AS here2", "d.score AS raw2", "\(score("d.score")) AS p2",
            ] + slices + cluster
        return """
            SELECT \(columns.joined(separator: ", ")) FROM \(truthRows) AS t
            LEFT JOIN \(model(champion, comparison.champion.column)) AS c ON \(join("c"))
            LEFT JOIN \(model(challenger, comparison.challenger.column)) AS d ON \(join("d"))
            """
    }

    /// The label as a number; NULL where it is none that the task knows.
    private var label: SQL {
        let number: SQL = "(t.\(identifier: comparison.truth.column))::pg_catalog.text"
        switch comparison.task {
        case .binary:
            return
                "CASE WHEN \(number) IN ('1', 'true', 't', '1.0') THEN 1.0 WHEN \(number) IN ('0', 'false', 'f', '0.0') THEN 0.0 END::pg_catalog.float8"
        case .regression: return finite(number)
        }
    }

    private func score(_ column: SQL) -> SQL {
        let text: SQL = "(\(column))::pg_catalog.text"
        switch comparison.task {
        case .binary: return "CASE WHEN \(finite(text)) BETWEEN 0 AND 1 THEN (\(text))::pg_catalog.float8 END"
        case .regression: return finite(text)
        }
    }

    private func finite(_ text: SQL) -> SQL {
        "CASE WHEN \(text) NOT IN ('NaN', 'Infinity', '-Infinity') THEN (\(text))::pg_catalog.float8 END"
    }

    private static func slice(_ index: Int) -> SQL { SQL(quotedByServer: "slice\(index)") }

    // MARK: Sums

    /// Rows that count, once for all and once for each slice: with `part`, the position of the slice's column or -1, and
    /// `value`, its value.
    var parts: SQL {
        let beginning: SQL =
            "WITH pairs AS MATERIALIZED (SELECT * FROM (\(joined)) AS joined WHERE y IS NOT NULL AND p1 IS NOT NULL AND p2 IS NOT NULL)"
        let cluster: SQL = comparison.cluster == nil ? "" : ", cluster"
        let whole: SQL = "SELECT -1 AS part, NULL::pg_catalog.text AS value, y, p1, p2\(cluster) FROM pairs"
        let slices = comparison.sliceColumns.indices.map { index -> SQL in
            "SELECT \(SQL(quotedByServer: String(index))), \(Self.slice(index)), y, p1, p2\(cluster) FROM pairs"
        }
        return "\(beginning), parts AS (\(([whole] + slices).joined(separator: " UNION ALL ")))"
    }

    /// The losses of a row, by metric, for the model whose prediction is `p`.
    private func losses(_ p: SQL) -> [(metric: ModelMetric, sql: SQL)] {
        switch comparison.task {
        case .binary:
            let own: SQL = "CASE WHEN y = 1 THEN \(p) ELSE 1 - \(p) END"
            return [
                (.brier, "power(\(p) - y, 2)"),
                (
                    .logLoss,
                    "-ln(LEAST(GREATEST(\(own), 2.220446049250313e-16::pg_catalog.float8), 1 - 2.220446049250313e-16::pg_catalog.float8))"
                ),
            ]
        case .regression:
            return [(.mae, "abs(\(p) - y)"), (.mse, "power(\(p) - y, 2)"), (.bias, "\(p) - y")]
        }
    }

    /// The metrics whose losses ``sums`` gives, in its order.
    package var lossMetrics: [ModelMetric] { losses("p1").map(\.metric) }

    /// A row per part: its slice, rows, positives, clusters; per loss the mean of champion and challenger, the mean of the
    /// gain (champion's loss less the challenger's) and its variance over the units, rows or clusters; for two outcomes the
    /// confusion of each and how often one alone is right, among positives and negatives.
    package var sums: SQL {
        let (first, second) = (losses("p1"), losses("p2"))
        var perRow: [SQL] = ["part", "value", "y", "p1", "p2"]
        if comparison.cluster != nil { perRow.append("cluster") }
        for index in first.indices {
            perRow += [
                "\(first[index].sql) AS \(SQL(quotedByServer: "a\(index)"))",
                "\(second[index].sql) AS \(SQL(quotedByServer: "b\(index)"))",
            ]
        }
        let threshold: SQL = "\(bind: comparison.threshold)::pg_catalog.float8"
        let isBinary = comparison.task == .binary
        if isBinary { perRow += ["p1 >= \(threshold) AS l1", "p2 >= \(threshold) AS l2"] }
        var columns: [SQL] = ["part", "value", "count(*)", isBinary ? "count(*) FILTER (WHERE y = 1)" : "0"]
        for index in first.indices {
            let (a, b) = (SQL(quotedByServer: "a\(index)"), SQL(quotedByServer: "b\(index)"))
            columns += ["avg(\(a))", "avg(\(b))", "avg(\(a) - \(b))", "var_samp(\(a) - \(b))"]
        }
        if isBinary {
            for label in ["l1", "l2"] {
                let name = SQL(quotedByServer: label)
                columns += [
                    "count(*) FILTER (WHERE y = 1 AND \(name))", "count(*) FILTER (WHERE y = 0 AND \(name))",
                ]
            }
            columns += [
                "count(*) FILTER (WHERE y = 1 AND l1 AND NOT l2)", "count(*) FILTER (WHERE y = 1 AND l2 AND NOT l1)",
                "count(*) FILTER (WHERE y = 0 AND l2 AND NOT l1)", "count(*) FILTER (WHERE y = 0 AND l1 AND NOT l2)",
            ]
        }
        return """
            \(parts) SELECT \(columns.joined(separator: ", "))
            FROM (SELECT \(perRow.joined(separator: ", ")) FROM parts) AS judged GROUP BY part, value ORDER BY part, value
            """
    }

    /// A row per part: its slice, and per loss, and for two outcomes for accuracy, recall and specificity, the clusters that
    /// have such rows and the sum over them of the squared sum of the gain's distances from its mean.
    package var clusterSums: SQL {
        let (first, second) = (losses("p1"), losses("p2"))
        let gains = first.indices.map {
            "(\(first[$0].sql)) - (\(second[$0].sql)) AS \(SQL(quotedByServer: "g\($0)"))" as SQL
        }
        let threshold: SQL = "\(bind: comparison.threshold)::pg_catalog.float8"
        let isBinary = comparison.task == .binary
        let wins: SQL =
            isBinary
            ? ", y, ((p2 >= \(threshold)) = (y = 1))::pg_catalog.int4 - ((p1 >= \(threshold)) = (y = 1))::pg_catalog.int4 AS wins"
            : ""
        var names = first.indices.map { SQL(quotedByServer: "g\($0)") }
        if isBinary { names += ["wins", "CASE WHEN y = 1 THEN wins END", "CASE WHEN y = 0 THEN wins END"] }
        let centred = names.enumerated().map { index, name -> SQL in
            "sum(\(name) - \(SQL(quotedByServer: "m\(index)"))) AS \(SQL(quotedByServer: "s\(index)"))"
        }
        let means = names.enumerated().map { index, name -> SQL in
            "avg(\(name)) OVER (PARTITION BY part, value) AS \(SQL(quotedByServer: "m\(index)"))"
        }
        let squares = names.indices.map { index -> SQL in
            let sum = SQL(quotedByServer: "s\(index)")
            return "count(\(sum)), sum(power(\(sum), 2))"
        }
        return """
            \(parts), gains AS (SELECT part, value, cluster, \(gains.joined(separator: ", "))\(wins) FROM parts),
            centred AS (SELECT *, \(means.joined(separator: ", ")) FROM gains)
            SELECT part, value, \(squares.joined(separator: ", ")) FROM (
                SELECT part, value, cluster, \(centred.joined(separator: ", ")) FROM centred GROUP BY part, value, cluster
            ) AS clusters GROUP BY part, value ORDER BY part, value
            """
    }

    /// The rows on which the models disagree most: key, label, both scores, and the whole rows of the truth, the champion and
    /// the challenger, as JSON.
    ///
    /// - Parameter count: Rows at most.
    /// - Returns: A statement.
    package func disagreements(_ count: Int) -> SQL {
        let keys = comparison.key.map { "j.\(identifier: $0)" as SQL }
        let order: SQL = "abs(j.p1 - j.p2) DESC, \(keys.joined(separator: ", "))"
        let inputs: [(alias: SQL, input: SideInput)] = [("t", truth), ("c", champion), ("d", challenger)]
        let joins = inputs.map { alias, input -> SQL in
            let pairs = comparison.key.map { "\(alias).\(identifier: $0) = j.\(identifier: $0)" as SQL }
            return "JOIN (SELECT * FROM \(input.rows())) AS \(alias) ON \(pairs.joined(separator: " AND "))"
        }
        let documents = inputs.map { "pg_catalog.row_to_json(\($0.alias).*)::pg_catalog.text" as SQL }
        return """
            WITH joined AS (\(joined)), most AS MATERIALIZED (
                SELECT * FROM joined AS j
                WHERE y IS NOT NULL AND p1 IS NOT NULL AND p2 IS NOT NULL AND p1 <> p2 ORDER BY \(order) LIMIT \(bind: count)
            )
            SELECT \(StreamQuery.object(keys)), j.y, j.p1, j.p2, \(documents.joined(separator: ", "))
            FROM most AS j \(joins.joined(separator: " ")) ORDER BY \(order)
            """
    }
}
