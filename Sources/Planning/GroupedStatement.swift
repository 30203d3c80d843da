import Catalog
import Checks
import StructuredSQL

/// A shared scan put together from parts: groups of rows with the same values in columns of few values, which are judged
/// once per group, or the partitions of a table, each asked on its own server; or both.
///
/// What depends on other columns is counted per row on the way, in the same scan, and summed over the parts.
struct GroupedStatement {
    let scan: Scan
    let probes: [Probe]

    /// The number of rows of a part.
    private var rows: SQL { "\(identifier: scan.relation.unusedName("rows"))" }

    private func name(_ position: Int, _ part: Int = 0) -> SQL {
        "\(identifier: scan.relation.unusedName("\(position).\(part)"))"
    }

    var sql: SQL {
        let keys: [SQL] = scan.grouping.map { "\(identifier: $0)" }
        var inner = keys
        var outer: [SQL] = []
        var hasRows = false
        // In the order in which they are used: only then are the parts handed over as they come, and asked side by side.
        for (position, probe) in probes.enumerated() {
            let (parts, whole) = expressions(for: probe, at: position)
            if parts.isEmpty, !hasRows {
                inner.append("count(*) AS \(rows)")
                hasRows = true
            }
            for (part, expression) in parts.enumerated() { inner.append("\(expression) AS \(name(position, part))") }
            outer.append(whole)
        }
        let sources = scan.partitions.isEmpty ? [scan.relation.name] : scan.partitions
        let parts: [SQL] = sources.map { source in
            var part: SQL = "SELECT \(inner.joined(separator: ",\n        "))\n    FROM \(source.sql)"
            if let filter = scan.filter { part += "\n    WHERE (\(filter))" }
            if !keys.isEmpty { part += "\n    GROUP BY \(keys.joined(separator: ", "))" }
            return part
        }
        return """
            SELECT \(outer.joined(separator: ",\n    "))
            FROM (
                \(parts.joined(separator: "\n    UNION ALL\n    "))
            ) AS assay_groups
            """
    }

    /// What is asked of the rows of each group, and how the whole comes of it.
    private func expressions(for probe: Probe, at position: Int) -> (parts: [SQL], whole: SQL) {
        let part = name(position)
        switch probe.form {
        case .count(nil): return ([], Self.total(of: rows))
        case .count(let condition?):
            if let column = condition.judgedBy, scan.grouping.contains(column) {
                return ([], "coalesce(sum(\(rows)) FILTER (WHERE \(condition.sql)), 0)")
            }
            return ([scan.partitions.isEmpty ? probe.expression : probe.shippableExpression], Self.total(of: part))
        case .aggregate(let aggregate):
            guard let parts = aggregate.parts else {
                // A scan with such an aggregate is never divided.
                return ([], "NULL")
            }
            let column: SQL = "\(identifier: parts.column)"
            let made: (parts: [SQL], whole: SQL) =
                switch parts.function {
                case .count: (["count(\(column))"], Self.total(of: part))
                case .minimum: (["min(\(column))"], "min(\(part))")
                case .maximum: (["max(\(column))"], "max(\(part))")
                case .sum: (["sum(\(column))"], "sum(\(part))")
                case .average:
                    (["sum(\(column))", "count(\(column))"], "sum(\(part)) / nullif(sum(\(name(position, 1))), 0)")
                }
            let whole = parts.template.resolving(["aggregate": made.whole])
            return (made.parts, Probe.oneColumn(whole))
        case .statement, .groups: return ([], SQL())
        }
    }

    private static func total(of counts: SQL) -> SQL { "coalesce(sum(\(counts)), 0)" }
}
