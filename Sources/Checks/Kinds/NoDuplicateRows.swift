import Catalog
import StructuredSQL

/// `no_duplicate_rows`: no row is there twice.
package struct NoDuplicateRows: CheckKind {
    package static let definition = KindDefinition(
        "no_duplicate_rows", "No two rows are the same in all columns, or in all but some",
        scope: .dataset,
        parameters: [Parameter("except", .columns, "columns that do not count, such as a load time")],
        shorthand: ["except"],
        semantics: "NULLs count as equal. A json column has no equality and must be among the exceptions.",
        hasFixedNulls: true,
        dimension: .variety,
        judgesSingleRows: false,
        otherNames: ["hasDuplicateRowCount", "DuplicateRowCount", "rows_distinct", "duplicate_record_count"],
        example: KindExample(
            "{no_duplicate_rows: {except: [amount, discount, total, status, created_at, note, currency, lines, gift]}}",
            gives: "fail: 2 of 8")
    )

    private let exceptions: [String]

    package init(_ arguments: Arguments) {
        exceptions = arguments.list("except") ?? []
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        _ = try subject.columns(named: exceptions, of: "except")
        let columns = subject.relation.columns.filter { !exceptions.contains($0.name) }
        if let column = columns.first(where: { !$0.isSelectable }) {
            throw SubjectError(
                "the role may not read column \"\(column.name)\"",
                hint: "Grant it SELECT, or leave the column out: no_duplicate_rows: {except: \(column.name)}.")
        }
        guard !columns.isEmpty else { throw SubjectError("no column is left to compare") }
        if let column = columns.first(where: { $0.type.baseName == "json" }) {
            throw SubjectError(
                "column \"\(column.name)\" is json, which has no equality",
                hint: "Leave it out: no_duplicate_rows: {except: \(column.name)}.")
        }
        return .duplicates(columns: columns.map(\.name), nulls: .fail)
    }
}
