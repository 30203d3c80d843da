import Catalog
import StructuredSQL

/// `default_partition_empty`: every row found its partition.
package struct DefaultPartitionEmpty: CheckKind {
    package static let definition = KindDefinition(
        "default_partition_empty", "No row is in the default partition",
        scope: .dataset,
        semantics: "Every row in the default partition fails. Without a default partition there is none.",
        hasFixedNulls: true,
        judgesSingleRows: false,
        otherNames: ["no_rows_in_default_partition"],
        example: KindExample("{default_partition_empty: {}}", on: "shop.visits", gives: "fail: 1 of 3")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        guard subject.relation.kind == .partitionedTable else {
            throw SubjectError("\(subject.relation.name) is a \(subject.relation.kind.label), which has no partitions")
        }
        // The default partition may be partitioned itself.
        let leaves: SQL = """
            WITH RECURSIVE tree (oid) AS (
                SELECT partdefid FROM pg_catalog.pg_partitioned_table WHERE partrelid = \(subject.regclass)
                UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits AS i JOIN tree ON tree.oid = i.inhparent
            ) SELECT oid FROM tree
            """
        return .query(
            failing: "SELECT \(subject.wholeRow) FROM \(subject.rows(and: "tableoid IN (\(leaves))"))", of: nil)
    }
}
