import Catalog
import StructuredSQL

/// `sequential`: numbers follow one another without a gap.
package struct Sequential: CheckKind {
    package static let definition = KindDefinition(
        "sequential", "Every number is the one before it plus a step",
        scope: .column,
        parameters: [Parameter("step", .number, "the distance; 1 if not given")],
        shorthand: ["step"],
        semantics: """
            Numbers are taken in their own order, the first is free. A row fails that comes after a gap, or repeats a number. \
            Rows without a number are left out; NaN and infinity fail. Sorts the rows.
            """,
        hasFixedNulls: true,
        dimension: .volume,
        judgesSingleRows: false,
        otherNames: ["sequential_values", "no_gaps_in_sequence"],
        example: KindExample(
            "{sequential: {column: reading}, group_by: sensor}", on: "shop.readings", gives: "fail: 1 of 10")
    )

    private let step: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        step = arguments.text("step") ?? "1"
        guard let number = ExactDecimal(step), .zero < number else {
            throw ArgumentError("step", "\"step\" must be greater than 0")
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.numberColumn()
        let number = subject.exactNumber(column)
        let (previous, place) = (subject.own("previous"), subject.own("place"))
        // What is no number has a place of its own, so that it is never the one before.
        let window: SQL = "(\(subject.partition(by: ["(\(subject.isFinite(column)))"]))ORDER BY \(number))"
        return .query(
            failing: subject.rows(
                deriving: [(previous, "lag(\(number)) OVER \(window)"), (place, "row_number() OVER \(window)")],
                among: "\(identifier: column.name) IS NOT NULL",
                where: """
                    NOT (\(subject.isFinite(column))) \
                    OR \(place) > 1 AND \(number) IS DISTINCT FROM \(previous) + \(bind: step)::pg_catalog.numeric
                    """),
            of: nil)
    }
}
