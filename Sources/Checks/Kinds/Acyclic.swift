import Catalog
import StructuredSQL

/// `acyclic`: a hierarchy has no cycle.
package struct Acyclic: CheckKind {
    package static let definition = KindDefinition(
        "acyclic", "No row is its own ancestor, nor deeper in the hierarchy than allowed",
        scope: .column,
        parameters: [
            Parameter("parent", .column, isRequired: true, "the column that holds the parent's value of the column"),
            Parameter("max_depth", .count, "the most levels allowed; a row without a parent is at level 1"),
        ],
        shorthand: ["parent"],
        semantics: """
            Every row on a cycle fails, and every row below the last level allowed. A parent that does not exist ends the \
            way up: use references for those. Costs a step per level for every row.
            """,
        hasFixedNulls: true,
        judgesSingleRows: false,
        allowsGroups: false,
        otherNames: ["hierarchy_acyclic", "no_cycles"],
        example: KindExample(
            "{acyclic: {column: customer_id, parent: referred_by}}", on: "shop.customers", gives: "fail: 2 of 5")
    )

    private let parent: String
    private let maximumDepth: Int?

    package init(_ arguments: Arguments) throws(ArgumentError) {
        parent = try arguments.required("parent", arguments.text("parent"))
        maximumDepth = arguments.count("max_depth")
        if maximumDepth == 0 { throw ArgumentError("max_depth", "every row is at level 1 at least") }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let id: SQL = "\(identifier: column.name)"
        if let other = subject.relation.column(named: parent), other.type.category != column.type.category {
            throw SubjectError(
                "column \"\(parent)\" is \(other.type.formatted), \"\(column.name)\" \(column.type.formatted): none is the other's parent"
            )
        }
        guard let above = try subject.columns(named: [parent], of: "parent").first else { return .rowCount }
        // UNION drops what was seen, so that every walk ends, also one into a cycle that it did not begin on.
        var query: SQL = """
            WITH RECURSIVE rows AS MATERIALIZED (SELECT \(subject.wholeRow) FROM \(subject.rows)),
            walk (origin, ancestor) AS (
                SELECT \(id), \(above) FROM rows WHERE \(above) IS NOT NULL
                UNION
                SELECT walk.origin, rows.\(above) FROM walk JOIN rows ON rows.\(id) = walk.ancestor
                WHERE rows.\(above) IS NOT NULL AND walk.ancestor <> walk.origin
            )
            """
        var failing: SQL = "\(id) IN (SELECT origin FROM walk WHERE origin = ancestor)"
        if let maximumDepth {
            // An ancestor that no row has is no level.
            query += """
                , deep (origin) AS (
                    SELECT origin FROM walk WHERE ancestor IN (SELECT \(id) FROM rows)
                    GROUP BY origin HAVING count(*) >= \(bind: maximumDepth)
                )
                """
            failing = "(\(failing)) OR \(id) IN (SELECT origin FROM deep)"
        }
        return .query(failing: "\(query) SELECT \(subject.wholeRow) FROM rows WHERE \(failing)", of: nil)
    }
}
