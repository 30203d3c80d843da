import Catalog
import StructuredSQL

/// `partitions_contiguous`: between partitions there is no gap.
package struct PartitionsContiguous: CheckKind {
    package static let definition = objectDefinition(
        "partitions_contiguous", "Every range partition but the first begins where another ends",
        semantics:
            "Takes a table that is partitioned by range of one column. Each partition after a gap fails and is shown.",
        noun: "partitions", otherNames: ["partition_bounds_contiguous"],
        example: KindExample("{partitions_contiguous: {}}", on: "shop.visits", gives: "fail: 1 of 2"))

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let bounds = try PartitionBounds(subject)
        // One partition begins where no other ends, and that is the first: the others, if they do too, follow a gap.
        let orphans: SQL = """
            SELECT b.partition, b.low AS "from", b.high AS "to" FROM (\(bounds.sql)) AS b
            WHERE b.low IS NOT NULL AND NOT EXISTS (SELECT FROM (\(bounds.sql)) AS other WHERE other.high = b.low)
            """
        return .query(
            failing: """
                SELECT partition, "from", "to" FROM (
                    SELECT *, row_number() OVER (ORDER BY CASE WHEN "from" ~ '^-?[0-9]+([.][0-9]+)?$'
                        THEN "from"::pg_catalog.numeric END, "from") AS place FROM (\(orphans)) AS orphans
                ) AS placed
                WHERE place > 1 OR EXISTS (SELECT FROM (\(bounds.sql)) AS b WHERE b.low IS NULL)
                """,
            of: bounds.sql)
    }
}
