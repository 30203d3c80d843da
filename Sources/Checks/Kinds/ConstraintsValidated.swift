import StructuredSQL

/// `constraints_validated`: no constraint was left unchecked.
package struct ConstraintsValidated: CheckKind {
    package static let definition = objectDefinition(
        "constraints_validated", "Every constraint of the relation holds for all rows, none was added NOT VALID",
        semantics: "Each constraint that was never validated fails, partitions' and children's included.",
        noun: "constraints", otherNames: ["constraint_validated", "not_valid_constraints"],
        example: KindExample("{constraints_validated: {}}", on: "shop.events", gives: "fail: 1 of 2"))

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let constraints: SQL = """
            SELECT conrelid::pg_catalog.regclass AS relation, conname AS "constraint"
            FROM pg_catalog.pg_constraint WHERE conrelid IN (\(subject.treeOids))
            """
        return .query(failing: "\(constraints) AND NOT convalidated", of: constraints)
    }
}
