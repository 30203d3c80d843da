import Catalog
import StructuredSQL

/// `populated`: a materialized view has data.
package struct Populated: CheckKind {
    package static let definition = objectDefinition(
        "populated", "The materialized view was refreshed, at least once, WITH DATA",
        semantics:
            "Fails for one that cannot be read. When it was refreshed PostgreSQL does not say: use fresh on a time column.",
        noun: "views", otherNames: ["matview_populated"],
        example: KindExample("{populated: {}}", on: "shop.totals", gives: "pass: 0 of 1"))

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        guard subject.relation.kind == .materializedView else {
            throw SubjectError("\(subject.relation.name) is a \(subject.relation.kind.label), not a materialized view")
        }
        let views: SQL = """
            SELECT oid::pg_catalog.regclass AS relation FROM pg_catalog.pg_class WHERE oid = \(subject.regclass)
            """
        return .query(failing: "\(views) AND NOT relispopulated", of: views)
    }
}
