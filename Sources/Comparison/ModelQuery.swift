package import StructuredSQL

/// The statements that compare two models on the rows of one server, in one snapshot.
package struct ModelQuery: Sendable {
    let comparison: ModelComparison
    let truth: SideInput
    let champion: SideInput
    let challenger: SideInput

    package init(_ comparison: ModelComparison, truth: SideInput, champion: SideInput, challenger: SideInput) {
        self.comparison = comparison
        self.truth = truth
        self.champion = champion
        self.challenger = challenger
    }

    // MARK: Coverage

    /// Rows whose key is another row's, or has a NULL, in truth, champion and challenger.
    package var unusableKeys: SQL {
        let names = ["truth", "champion", "challenger"]
        let counts = zip(names, [truth, champion, challenger]).map { name, input -> SQL in
            let keys = comparison.key.map { "r.\(identifier: $0)" as SQL }
            let isNull = keys.map { "\($0) IS NULL" as SQL }.joined(separator: " OR ")
            return """
                (SELECT coalesce(sum(n) FILTER (WHERE n > 1 OR is_null), 0)::pg_catalog.int8 FROM (
                    SELECT (\(isNull)) AS is_null, count(*) AS n FROM \(input.rows()) GROUP BY \(keys.joined(separator: ", "))
                ) AS counted) AS \(identifier: name)
                """
        }
        return "SELECT \(counts.joined(separator: ", "))"
    }

    /// What there is of each side: rows of the truth, without a label, labels and weights that are none; per model rows
    /// missing, scores that are NULL and scores that are none, and predictions without a truth; labelled rows with both
    /// scores; labelled rows whose scores differ.
    package var coverage: SQL {
        let isLabelled: SQL = "y IS NOT NULL"
        func model(_ number: String, _ name: String) -> [SQL] {
            let (here, score, good) = (
                SQL(quotedByServer: "here\(number)"), SQL(quotedByServer: "raw\(number)"),
                SQL(quotedByServer: "p\(number)")
            )
            return [
                "count(*) FILTER (WHERE \(isLabelled) AND \(here) IS NULL) AS \(identifier: "\(name)_missing")",
                "count(*) FILTER (WHERE \(isLabelled) AND \(here) AND \(score) IS NULL) AS \(identifier: "\(name)_null")",
                "count(*) FILTER (WHERE \(isLabelled) AND \(score) IS NOT NULL AND \(good) IS NULL) AS \(identifier: "\(name)_invalid")",
            ]
        }
        let orphans = [("champion", champion), ("challenger", challenger)].map { name, input -> SQL in
            let pairs = comparison.key.map { "t.\(identifier: $0) = r.\(identifier: $0)" as SQL }.joined(
                separator: " AND ")
            let conjunction: SQL = input.filter == nil ? "WHERE" : "AND"
            return """
                (SELECT count(*) FROM \(input.rows()) \(conjunction) NOT EXISTS (SELECT FROM \(truthRows) AS t WHERE \(pairs))) \
                AS \(identifier: "\(name)_orphans")
                """
        }
        let badWeight: SQL = comparison.weight == nil ? "false" : "w IS NULL OR NOT w BETWEEN 0 AND 1e300"
        let counts: [SQL] =
            [
                "count(*) AS truth", "count(*) FILTER (WHERE label IS NULL) AS unlabelled",
                "count(*) FILTER (WHERE label IS NOT NULL AND y IS NULL) AS invalid_labels",
                "count(*) FILTER (WHERE \(isLabelled) AND (\(badWeight))) AS invalid_weights",
            ]
            + model("1", "champion") + model("2", "challenger")
            + ["count(*) FILTER (WHERE \(isLabelled) AND p1 IS NOT NULL AND p2 IS NOT NULL) AS complete"] + orphans
            + ["count(*) FILTER (WHERE \(isLabelled) AND p1 <> p2) AS differing"]
        return "WITH joined AS (\(joined)) SELECT \(counts.joined(separator: ", ")) FROM joined"
    }

    private var truthRows: SQL { "(SELECT * FROM \(truth.rows()))" }

    /// Every row of the truth with what both models say of it.
    private var joined: SQL {
        let names = comparison.key.map { "\(identifier: $0)" as SQL }
        func model(_ input: SideInput, _ declared: ModelInput) -> SQL {
            let shares: SQL =
                comparison.hasProbabilities
                ? ", (r.\(identifier: declared.probabilities ?? ""))::pg_catalog.jsonb AS shares" : ""
            return """
                (SELECT \(names.joined(separator: ", ")), true AS here, r.\(identifier: declared.column) AS score\(shares) \
                FROM \(input.rows()))
                """
        }
        func join(_ alias: SQL) -> SQL { names.map { "\(alias).\($0) = t.\($0)" as SQL }.joined(separator: " AND ") }
        var columns: [SQL] =
            names.map { "t.\($0)" }
            + [
                "t.\(identifier: comparison.truth.column) AS label", "\(label) AS y", "c.here AS here1",
                "c.score AS raw1",
                "\(score("c")) AS p1", "d.here AS here2", "d.score AS raw2", "\(score("d")) AS p2",
            ]
        columns += comparison.sliceColumns.enumerated().map { index, name -> SQL in
            "t.\(identifier: name)::pg_catalog.text AS \(Self.slice(index))"
        }
        if let name = comparison.cluster { columns.append("t.\(identifier: name)::pg_catalog.text AS cluster") }
        if let name = comparison.weight {
            columns.append("(t.\(identifier: name))::pg_catalog.float8 AS w")
        }
        if let name = comparison.order { columns.append("t.\(identifier: name) AS ord") }
        if let name = comparison.query { columns.append("t.\(identifier: name)::pg_catalog.text AS query") }
        if comparison.task == .ranking {
            // Ties of a ranking are broken by the key.
            columns.append("ROW(\(names.map { "t.\($0)" as SQL }.joined(separator: ", "))) AS tie")
        }
        if comparison.hasProbabilities {
            for (number, alias) in [("1", "c" as SQL), ("2", "d")] {
                columns += [
                    "coalesce((\(alias).shares ->> (\(label)))::pg_catalog.float8, 0) AS \(SQL(quotedByServer: "own\(number)"))",
                    "\(Self.sum(of: alias, power: 2)) AS \(SQL(quotedByServer: "squares\(number)"))",
                ]
            }
        }
        return """
            SELECT \(columns.joined(separator: ", ")) FROM \(truthRows) AS t
            LEFT JOIN \(model(champion, comparison.champion)) AS c ON \(join("c"))
            LEFT JOIN \(model(challenger, comparison.challenger)) AS d ON \(join("d"))
            """
    }

    /// The sum of the probabilities of a row, or of their squares.
    private static func sum(of alias: SQL, power: Int) -> SQL {
        """
        (SELECT sum(power(e.value::pg_catalog.float8, \(SQL(quotedByServer: String(power))))) \
        FROM pg_catalog.jsonb_each_text(\(alias).shares) AS e)
        """
    }

    /// The label as a number or text; NULL where it is none that the task knows.
    private var label: SQL {
        let column: SQL = "(t.\(identifier: comparison.truth.column))"
        let text: SQL = "\(column)::pg_catalog.text"
        return switch comparison.task {
        case .binary:
            "CASE WHEN \(text) IN ('1', 'true', 't', '1.0') THEN 1.0 WHEN \(text) IN ('0', 'false', 'f', '0.0') THEN 0.0 END::pg_catalog.float8"
        case .multiclass: text
        case .regression: finite(text)
        // A document cannot be less than irrelevant.
        case .ranking: "CASE WHEN \(finite(text)) >= 0 THEN (\(text))::pg_catalog.float8 END"
        case .unlabeled: "CASE WHEN \(column) IS NOT NULL THEN 0.0 END::pg_catalog.float8"
        }
    }

    private func score(_ alias: SQL) -> SQL {
        let text: SQL = "(\(alias).score)::pg_catalog.text"
        switch comparison.task {
        case .binary: return "CASE WHEN \(finite(text)) BETWEEN 0 AND 1 THEN (\(text))::pg_catalog.float8 END"
        case .multiclass:
            guard comparison.hasProbabilities else { return text }
            // Probabilities that do not come to 1 are none.
            return "CASE WHEN abs(\(Self.sum(of: alias, power: 1)) - 1) <= 1e-6 THEN \(text) END"
        case .unlabeled where comparison.predictsLabels: return text
        case .regression, .ranking, .unlabeled: return finite(text)
        }
    }

    private func finite(_ text: SQL) -> SQL {
        "CASE WHEN \(text) NOT IN ('NaN', 'Infinity', '-Infinity') THEN (\(text))::pg_catalog.float8 END"
    }

    private static func slice(_ index: Int) -> SQL { SQL(quotedByServer: "slice\(index)") }

    // MARK: Figures

    /// A part of what the server computes: tables that others may use, and rows with `part` and `value`.
    struct Figure {
        var kind: ModelFigure.Kind
        var tables: [(name: String, rows: SQL)]
        var rows: SQL
    }

    /// Everything that is asked of the pairs of predictions, in one statement: of what kind a row is, the position of the
    /// slice's column or -1 for all rows, its value, and figures by name as JSON.
    package var figures: SQL {
        let figures = self.figureList
        let tables = figures.flatMap(\.tables).map { "\(identifier: $0.name) AS (\($0.rows))" as SQL }
        let rows = figures.map { figure -> SQL in
            """
            SELECT \(SQL(quotedByServer: SQL.quoted(literal: figure.kind.rawValue))) AS kind, f.part, f.value, \
            pg_catalog.row_to_json(f.*)::pg_catalog.text AS figures FROM (\(figure.rows)) AS f
            """
        }
        return "\(([parts] + tables).joined(separator: ", ")) \(rows.joined(separator: " UNION ALL "))"
    }

    private var figureList: [Figure] {
        var figures: [Figure] = []
        if !unitMetrics.isEmpty { figures.append(units) }
        if hasLabels { figures.append(cells) }
        if comparison.task == .binary { figures += [areas, curves] }
        if [.binary, .regression, .unlabeled].contains(comparison.task) { figures.append(distances) }
        return figures
    }

    /// Whether outcomes are predicted.
    var hasLabels: Bool { comparison.predictsLabels || comparison.threshold != nil }

    /// Rows that count.
    var pairs: SQL {
        let isWeighty: SQL = comparison.weight == nil ? "" : " AND w > 0"
        return
            "SELECT * FROM (\(joined)) AS joined WHERE y IS NOT NULL AND p1 IS NOT NULL AND p2 IS NOT NULL\(isWeighty)"
    }

    /// Rows that count, once for all and once for each slice: with `part`, the position of the slice's column or -1, and
    /// `value`, its value.
    private var parts: SQL {
        var names: [SQL] = ["y", "p1", "p2"]
        if comparison.cluster != nil { names.append("cluster") }
        if comparison.weight != nil { names.append("w") }
        if comparison.order != nil { names.append("ord") }
        if comparison.query != nil { names.append("query") }
        if comparison.task == .ranking { names.append("tie") }
        if comparison.hasProbabilities { names += ["own1", "own2", "squares1", "squares2"] }
        let columns = names.joined(separator: ", ")
        let whole: SQL = "SELECT -1 AS part, NULL::pg_catalog.text AS value, \(columns) FROM pairs"
        let slices = comparison.sliceColumns.indices.map { index -> SQL in
            "SELECT \(SQL(quotedByServer: String(index))), \(Self.slice(index)), \(columns) FROM pairs"
        }
        return """
            WITH pairs AS MATERIALIZED (\(pairs)), parts AS (\(([whole] + slices).joined(separator: " UNION ALL ")))
            """
    }

    /// The parts by which a guardrail judges one of some metrics, and the whole: others are not needed.
    func parts(for metrics: [ModelMetric]) -> SQL {
        let columns = Set(comparison.guardrails.filter { metrics.contains($0.metric) }.flatMap(\.by))
        let wanted = comparison.sliceColumns.indices.filter { columns.contains(comparison.sliceColumns[$0]) }
        guard wanted.count < comparison.sliceColumns.count else { return "parts" }
        let list = ([-1] + wanted).map { SQL(quotedByServer: String($0)) }.joined(separator: ", ")
        return "(SELECT * FROM parts WHERE part IN (\(list))) AS parts"
    }

    /// How much a row counts.
    var weight: SQL { comparison.weight == nil ? "1" : "w" }

    /// A sum over the rows of a window, each as often as it counts; a whole number without weights.
    func total(where condition: SQL, over window: SQL) -> SQL {
        let filter: SQL = "FILTER (WHERE \(condition)) OVER (\(window))"
        return comparison.weight == nil ? "count(*) \(filter)" : "coalesce(sum(w) \(filter), 0)"
    }
}
