import Catalog
import StructuredSQL

/// `primary_key`: the columns identify each row.
package struct PrimaryKey: CheckKind {
    package static let definition = KindDefinition(
        "primary_key", "These columns have values in every row, and no two rows share them",
        scope: .columns,
        semantics: "Every row with a NULL in the key fails, and every row that shares its key with another.",
        hasFixedNulls: true,
        dimension: .variety,
        judgesSingleRows: false,
        otherNames: ["isPrimaryKey", "IsPrimaryKey", "primaryKey"],
        example: KindExample("{primary_key: order_id}", gives: "fail: 2 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let count = subject.own("rows")
        let names: [SQL] = subject.columns.map { "\(identifier: $0.name)" }
        return .query(
            failing: subject.rows(
                deriving: [(count, "count(*) OVER (\(subject.partition(by: names)))")],
                where: "\(count) > 1 OR NOT (\(subject.allPresent))"),
            of: nil)
    }

    package func proof(on subject: Subject) -> String? {
        let names = subject.columns.map(\.name)
        guard names.allSatisfy({ subject.relation.constraint(forbiddingNullsIn: $0) != nil }) else { return nil }
        return subject.relation.key(within: names, nulls: .fail)?.name
    }
}
