import Catalog
import StructuredSQL

/// Finds rows without a parent, in the form that the engine can join.
///
/// One server hashes the parents and looks every row up. An engine of several servers does so only where rows and
/// parents are side by side: else the parents' keys are handed to all servers first or, where they are too many, the keys
/// without a parent.
struct ParentJoin {
    let subject: Subject
    let parent: Relation
    /// Columns of the parent, in the order of the subject's own.
    let parentColumns: [Column]
    /// Rows of the parent that count; `nil` means all.
    let filter: SQL?

    /// Bytes of a parent, above which its keys may be more than servers hand each other (1 GB by default).
    private static let manyBytes = 4 << 30
    private static let alias = "assay_parent"

    var violation: Violation {
        let own = subject.columns.map(\.name)
        let pairs = zip(own, parentColumns.map(\.name)).map { (own: $0, other: $1) }
        if subject.relation.isBeside(parent, joinedOn: pairs) {
            return Violation(missing(from: parent.name.sql, where: filter), judgedBy: nil)
        }
        let isLarge = (parent.distribution?.sizeBytes ?? 0) > Self.manyBytes
        var violation = Violation(
            isLarge ? isOrphan : missing(from: "\(identifier: KeyTable.name)", where: nil), judgedBy: nil)
        violation.prelude = "\(identifier: KeyTable.name) AS MATERIALIZED (\(isLarge ? orphanKeys : parentKeys))"
        return violation
    }

    /// That no row of `source` has the key.
    private func missing(from source: SQL, where filter: SQL?) -> SQL {
        var conditions: [SQL] = zip(subject.columns, parentColumns).map { child, parent in
            "\(identifier: Self.alias, parent.name) = \(reference(to: child))"
        }
        if let filter { conditions.append("(\(filter))") }
        let missing: SQL = """
            NOT EXISTS (SELECT\(subject.relation.isSharded ? " 1" : "") FROM \(source) AS \(identifier: Self.alias) \
            WHERE \(conditions.joined(separator: " AND ")))
            """
        guard subject.nulls == .pass else { return missing }
        return (present + [missing]).joined(separator: " AND ")
    }

    private var parentKeys: SQL {
        let names: [SQL] = parentColumns.map { "\(identifier: $0.name)" }
        var conditions: [SQL] = names.map { "\($0) IS NOT NULL" }
        if let filter { conditions.append("(\(filter))") }
        return """
            SELECT DISTINCT \(names.joined(separator: ", ")) \
            FROM \(parent.name.sql) AS \(identifier: Self.alias) WHERE \(conditions.joined(separator: " AND "))
            """
    }

    /// Keys of the subject that no parent has; one with a NULL in it is among them if NULL fails.
    private var orphanKeys: SQL {
        let own: [SQL] = subject.columns.map { "\(identifier: $0.name)" }
        let rows = subject.nulls == .pass ? subject.rows(and: present.joined(separator: " AND ")) : subject.rows
        return "SELECT \(own.joined(separator: ", ")) FROM \(rows) EXCEPT \(parentKeys)"
    }

    /// That the row's key is among the orphans' keys.
    private var isOrphan: SQL {
        let conditions: [SQL] = subject.columns.map { column in
            let equality = KeyTable.equality(on: column.name, of: subject.relation, nulls: subject.nulls)
            return "\(identifier: KeyTable.name, column.name) \(equality) \(reference(to: column))"
        }
        return """
            EXISTS (SELECT 1 FROM \(identifier: KeyTable.name) WHERE \(conditions.joined(separator: " AND ")))
            """
    }

    private var present: [SQL] { subject.columns.map { "\(reference(to: $0)) IS NOT NULL" } }

    private func reference(to column: Column) -> SQL {
        subject.relation.name.sql + "." + "\(identifier: column.name)"
    }
}
