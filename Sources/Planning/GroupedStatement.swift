import Checks
import StructuredSQL

/// A shared scan that groups the rows by columns of few values, and judges those columns once per group.
///
/// What depends on other columns is counted per row on the way, in the same scan, and summed over the groups.
struct GroupedStatement {
    let scan: Scan
    let probes: [Probe]

    /// Names of the inner columns; none that a relation has.
    private static let rows: SQL = "\(identifier: "assay:rows")"

    private func name(_ position: Int, _ part: Int = 0) -> SQL {
        SQL(fragments: [.identifier(["assay:\(position).\(part)"])])
    }

    var sql: SQL {
        var inner: [SQL] = scan.grouping.map { "\(identifier: $0)" }
        inner.append("count(*) AS \(Self.rows)")
        var outer: [SQL] = []
        for (position, probe) in probes.enumerated() {
            let (parts, whole) = expressions(for: probe, at: position)
            for (part, expression) in parts.enumerated() { inner.append("\(expression) AS \(name(position, part))") }
            outer.append(whole)
        }
        let keys: [SQL] = scan.grouping.map { "\(identifier: $0)" }
        return """
            SELECT \(outer.joined(separator: ",\n    "))
            FROM (SELECT \(inner.joined(separator: ",\n        "))
                FROM \(scan.rows)
                GROUP BY \(keys.joined(separator: ", "))) AS assay_groups
            """
    }

    /// What is asked of the rows of each group, and how the whole comes of it.
    private func expressions(for probe: Probe, at position: Int) -> (parts: [SQL], whole: SQL) {
        let part = name(position)
        switch probe.form {
        case .count(nil): return ([], Self.total(of: Self.rows))
        case .count(let condition?):
            if let column = condition.judgedBy, scan.grouping.contains(column) {
                return ([], "coalesce(sum(\(Self.rows)) FILTER (WHERE \(condition.sql)), 0)")
            }
            return ([probe.expression], Self.total(of: part))
        case .aggregate(let aggregate):
            guard let parts = aggregate.parts else {
                // `GroupingChoice` groups no scan with such an aggregate.
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
        case .statement: return ([], SQL())
        }
    }

    private static func total(of counts: SQL) -> SQL { "coalesce(sum(\(counts)), 0)" }
}
