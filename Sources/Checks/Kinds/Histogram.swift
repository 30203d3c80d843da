import Catalog
import StructuredSQL

/// `histogram`: every bin holds as large a part of the numbers as it should.
package struct Histogram: CheckKind {
    package static let definition = KindDefinition(
        "histogram", "The numbers in each bin, in percent of all, lie between the bin's bounds",
        scope: .column,
        parameters: [
            Parameter(
                "edges", .values, isRequired: true,
                "the edges of the bins, ascending; an edge belongs to the bin above it"),
            Parameter(
                "shares", .tuples, isRequired: true,
                "for each bin, from the one below the first edge to the one above the last, [least, most] in percent"),
        ],
        semantics: """
            Every bin whose share is outside fails and is shown with it. NULL is left out, NaN is above the last edge. Without \
            any number every share is 0.
            """,
        hasFixedNulls: true,
        dimension: .value,
        judgesSingleRows: false,
        noun: "bins",
        otherNames: ["histogram_binned", "kll_sketch", "kllSketchSatisfies"],
        example: KindExample(
            "{histogram: {column: amount, edges: [0, 100], shares: [[0, 0], [80, 100], [0, 5]]}}", gives: "fail: 3 of 3"
        )
    )

    private let edges: [String]
    private let shares: [[String]]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        edges = try arguments.required("edges", arguments.list("edges"))
        shares = try arguments.required("shares", arguments.tuples("shares"))
        try Arguments.requireAscending(edges, of: "edges")
        guard shares.count == edges.count + 1 else {
            throw ArgumentError("shares", "\(edges.count) edges make \(edges.count + 1) bins, not \(shares.count)")
        }
        for share in shares {
            guard share.count == 2, let low = ExactDecimal(share[0]), let high = ExactDecimal(share[1]), low <= high
            else {
                throw ArgumentError("shares", "a share is [least, most] in percent")
            }
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.numberColumn()
        let number: SQL = "\(identifier: column.name)::pg_catalog.float8"
        let bin: SQL = "pg_catalog.width_bucket(\(number), \(bind: SQLArray.text(edges))::pg_catalog.float8[])"
        let bounds: [SQL] = shares.enumerated().map { index, share in
            let from: SQL = index > 0 ? "\(bind: edges[index - 1])" : "NULL"
            let to: SQL = index < edges.count ? "\(bind: edges[index])" : "NULL"
            return """
                (\(SQL(quotedByServer: String(index))), \(from)::pg_catalog.float8, \(to)::pg_catalog.float8, \
                \(bind: share[0])::pg_catalog.numeric, \(bind: share[1])::pg_catalog.numeric)
                """
        }
        let names: [SQL] = subject.groups.map { "\(identifier: $0.name)" }
        let present: SQL =
            names.isEmpty
            ? "(SELECT) AS present"
            : "(SELECT DISTINCT \(names.joined(separator: ", ")) FROM \(subject.rows)) AS present"
        let pairs: [SQL] = ["counted.bin = bins.bin"] + names.map { "counted.\($0) IS NOT DISTINCT FROM present.\($0)" }
        let counts = subject.own("rows")
        let total = subject.own("total")
        let bins: SQL = """
            SELECT \(names.map { "present.\($0), " as SQL }.joined(separator: ""))bins.low AS "from", bins.high AS "to",
                pg_catalog.round(coalesce(100.0 * counted.\(counts) / counted.\(total), 0), 6) AS percent, bins.least, bins.most
            FROM \(present) CROSS JOIN (VALUES \(bounds.joined(separator: ", "))) AS bins (bin, low, high, least, most)
            LEFT JOIN (
                SELECT \(subject.groupPrefix)bin, count(*) AS \(counts), sum(count(*)) OVER (\(subject.partition())) AS \(total)
                FROM (SELECT \(subject.groupPrefix)\(bin) AS bin FROM \(subject.rows(and: "\(identifier: column.name) IS NOT NULL"))) AS sorted
                GROUP BY \(subject.groupPrefix)bin
            ) AS counted ON \(pairs.joined(separator: " AND "))
            """
        return .query(failing: "SELECT * FROM (\(bins)) AS bins WHERE percent NOT BETWEEN least AND most", of: bins)
    }
}
