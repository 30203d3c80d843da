package import Catalog
package import Checks
package import StructuredSQL

/// A statement that judges checks once per group of rows: the rows are grouped once for all of them.
package struct GroupedOutcomes {
    /// The columns that make the groups.
    let columns: [Column]

    /// What a group's column is called while groups are judged.
    static func key(_ position: Int) -> SQL { "k\(SQL(quotedByServer: String(position)))" }

    private var names: [String] { columns.map(\.name) }
    private var list: SQL { columns.map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ") }

    /// The groups' columns under the names they are judged by, each with a comma behind it.
    private var keys: SQL {
        columns.enumerated().map { "\(identifier: $1.name) AS \(Self.key($0)), " as SQL }.joined(separator: "")
    }

    /// The same where they have these names already.
    private var keyNames: SQL { columns.indices.map { "\(Self.key($0)), " as SQL }.joined(separator: "") }

    /// By position: a column of the dataset may have any name.
    private var grouping: SQL {
        let positions: [SQL] = columns.indices.map { SQL(quotedByServer: String($0 + 1)) }
        return "GROUP BY \(positions.joined(separator: ", "))"
    }

    private static func measure(_ position: Int) -> SQL { "m\(SQL(quotedByServer: String(position)))" }

    /// One statement for checks that measure the rows themselves.
    ///
    /// - Parameters:
    ///   - probes: What is measured, and how it is judged.
    ///   - rows: The relation and the filter, ready to stand after FROM.
    ///   - prelude: What the measured expressions read besides, as it stands after WITH.
    /// - Returns: A statement of one row, a column for each probe.
    func statement(for probes: [GroupProbe], of rows: SQL, after prelude: SQL? = nil) -> SQL {
        var measured: [SQL] = []
        var positions: [String: Int] = [:]
        let answers: [SQL] = probes.map { probe in
            let columns: [SQL] = probe.expressions.map { expression in
                let position = positions[expression.literalText] ?? measured.count
                if position == measured.count { measured.append("\(expression) AS \(Self.measure(position))") }
                positions[expression.literalText] = position
                return Self.measure(position)
            }
            return probe.answer(names: names, columns: columns)
        }
        return """
            WITH \(prelude.map { "\($0), " as SQL } ?? "")groups AS MATERIALIZED (
                SELECT \(keys)\(measured.joined(separator: ",\n        "))
                FROM \(rows) \(grouping)
            ) SELECT \(answers.joined(separator: ",\n    "))
            """
    }

    /// A statement for a check whose failing rows are found by a query of its own, and so may be the things looked at.
    func statement(for probe: GroupProbe, failing: SQL, of things: SQL?, rows: SQL) -> SQL {
        let looked = things ?? "SELECT \(list) FROM \(rows)"
        return judging(
            probe,
            """
            SELECT \(keyNames)sum(failing) AS m0, sum(total) AS m1 FROM (
                SELECT \(keys)count(*) AS failing, 0 AS total FROM (\(failing)) AS failing \(grouping)
                UNION ALL
                SELECT \(keys)0, count(*) FROM (\(looked)) AS things \(grouping)
            ) AS counted \(grouping)
            """)
    }

    /// A statement for a check that computes its value from a query of its own; a group that is not in it has none.
    func statement(for probe: GroupProbe, value expression: SQL, from source: SQL, rows: SQL) -> SQL {
        judging(
            probe,
            """
            SELECT \(keyNames)max(value) AS m0 FROM (
                SELECT \(keys)\(Probe.oneColumn(expression)) AS value FROM \(source) \(grouping)
                UNION ALL
                SELECT \(keys)NULL FROM \(rows) \(grouping)
            ) AS computed \(grouping)
            """)
    }

    /// A statement for a check of keys that no two rows of a group may share.
    func statement(for probe: GroupProbe, sharing shared: [String], nulls: NullPolicy, in rows: SQL) -> SQL {
        let names: [SQL] = shared.map { "\(identifier: $0)" }
        let isKey: SQL =
            nulls == .fail ? "true" : names.map { "\($0) IS NOT NULL" as SQL }.joined(separator: " AND ")
        return judging(
            probe,
            """
            SELECT \(keyNames)coalesce(sum(rows) FILTER (WHERE is_key AND rows > 1), 0) AS m0, sum(rows) AS m1 FROM (
                SELECT \(keys)\(isKey) AS is_key, count(*) AS rows FROM \(rows)
                GROUP BY \(list), \(names.joined(separator: ", "))
            ) AS counted \(grouping)
            """)
    }

    /// An aggregate that counts different combinations of values, those with a NULL left out.
    static func distinctCount(of columns: [String]) -> SQL {
        let names: [SQL] = columns.map { "\(identifier: $0)" }
        let list: SQL = names.count == 1 ? names[0] : "(\(names.joined(separator: ", ")))"
        return
            "count(DISTINCT \(list)) FILTER (WHERE \(names.map { "\($0) IS NOT NULL" as SQL }.joined(separator: " AND ")))"
    }

    /// A condition that picks the rows of the groups that warn or fail, as far as they are listed.
    package static func selection(of findings: [GroupFindings.Group], by columns: [Column]) -> SQL {
        let groups: [SQL] = findings.map { group in
            let parts: [SQL] = zip(columns, group.texts).map { column, text in
                guard let text else { return "\(identifier: column.name) IS NULL" }
                return "\(identifier: column.name) = \(bind: text)::\(column.type.sql)"
            }
            return "(\(parts.joined(separator: " AND ")))"
        }
        return groups.isEmpty ? "false" : groups.joined(separator: " OR ")
    }

    private func judging(_ probe: GroupProbe, _ groups: SQL) -> SQL {
        """
        WITH groups AS MATERIALIZED (
            \(groups)
        ) SELECT \(probe.answer(names: names, columns: probe.expressions.indices.map(Self.measure)))
        """
    }
}
