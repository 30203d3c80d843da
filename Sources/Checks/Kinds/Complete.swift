import Catalog
import StructuredSQL

/// `complete`: every row has values in all of the columns.
package struct Complete: CheckKind {
    package static let definition = KindDefinition(
        "complete", "Every row has a value in each of these columns",
        scope: .columns,
        semantics: "A NULL in any of them fails. Empty text and NaN are values.",
        hasFixedNulls: true,
        dimension: .volume,
        otherNames: ["rows_complete", "areComplete", "haveCompleteness"],
        example: KindExample(
            "{complete: [amount, currency]}", gives: "fail: 1 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) -> Assertion {
        let missing: [SQL] = subject.columns.map { "\(identifier: $0.name) IS NULL" }
        return .rows(Violation(missing.joined(separator: " OR "), judgedBy: nil, effort: .nullTest), .shareable)
    }

    package func proof(on subject: Subject) -> String? {
        let constraints = subject.columns.map { subject.relation.constraint(forbiddingNullsIn: $0.name)?.name }
        guard !constraints.isEmpty, constraints.allSatisfy({ $0 != nil }) else { return nil }
        return Set(constraints.compactMap(\.self)).sorted().joined(separator: ", ")
    }
}
