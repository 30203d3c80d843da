import Catalog
import StructuredSQL

/// `row_count`: the dataset, or every period of it, has as many rows as it should.
package struct RowCount: CheckKind {
    package static let definition = KindDefinition(
        "row_count", "The number of rows, in all or per period, lies between bounds",
        scope: .dataset,
        parameters: [
            Parameter("min", .count, "the fewest rows allowed"),
            Parameter("max", .count, "the most rows allowed"),
            Parameter("equals", .count, "the only number of rows allowed"),
            Parameter(
                "per", .choice(Period.allCases.map(\.rawValue)),
                "judge each period of the time column, from the first with rows to the last that is over now"),
        ],
        shorthand: ["equals"],
        quantities: [.value],
        semantics: """
            Counts rows, whatever is NULL in them. With \"per\", a period without rows counts 0, rows without a finite time \
            are left out, and the period still running is not judged: until one is over, the check is skipped.
            """,
        onEmpty: .skip,
        dimension: .volume,
        noun: "periods",
        otherNames: [
            "expect_table_row_count_to_be_between", "expect_table_row_count_to_equal", "number_of_rows", "hasSize",
            "rowCount", "RowCount", "volume",
        ],
        example: KindExample(
            "{row_count: {min: 10}}", gives: "fail: 8")
    )

    /// There where it is per period.
    private let bounds: Bounds?
    private let period: Period?

    package init(_ arguments: Arguments) throws(ArgumentError) {
        period = arguments.text("per").flatMap(Period.init(rawValue:))
        bounds =
            period == nil
            ? try Bounds.given(arguments, of: "row_count") : try Bounds(arguments, of: "row_count per period")
    }

    package var ownThreshold: Threshold? { period == nil ? bounds?.violated : nil }

    package var quantities: [Threshold.Quantity] { period == nil ? [.value] : [.count, .percent] }

    package var idSuffix: String? { period.map { "per_\($0.rawValue)" } }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        guard let period, let bounds else { return .rowCount }
        let column = try subject.timeColumn()
        let bucket = try period.bucket(of: column, in: subject)
        let present: SQL = "pg_catalog.isfinite(\(identifier: column.name))"
        // To the last period that is over by the clock, not by the data: a feed that stopped leaves periods without rows, and
        // one that never began leaves one.
        var last: SQL = "\(try period.bucket(ofInstant: subject.now, like: column, in: subject)) - \(period.step)"
        // Without groups an empty dataset has one row here, too, and so a period.
        var first: SQL = "coalesce(begun.beginning, \(last))"
        if let window = subject.window {
            // Of a window every period is judged that lies in it and is over, rows or not.
            let end: SQL = "(\(window.end) - '1 microsecond'::pg_catalog.interval)"
            first = try period.bucket(ofInstant: window.start, like: column, in: subject)
            last = "LEAST(\(last), \(try period.bucket(ofInstant: end, like: column, in: subject)))"
        }
        let (beginning, count) = (subject.own("period"), subject.own("rows"))
        let names = subject.groups.map { "\(identifier: $0.name)" as SQL }
        let grouping: SQL = names.isEmpty ? "" : " GROUP BY \(names.joined(separator: ", "))"
        let pairs: [SQL] =
            ["counted.\(beginning) = series.\(beginning)"]
            + names.map { "counted.\($0) IS NOT DISTINCT FROM begun.\($0)" }
        let judged: SQL = """
            SELECT \(names.map { "begun.\($0), " as SQL }.joined(separator: ""))series.\(beginning) AS \(subject.label("period")),
                coalesce(counted.\(count), 0) AS \(subject.label("rows"))
            FROM (SELECT \(subject.groupPrefix)min(\(bucket)) AS beginning FROM \(subject.rows(and: present))\(grouping)) AS begun
            CROSS JOIN LATERAL pg_catalog.generate_series(\(first), \(last), \(period.step)) AS series (\(beginning))
            LEFT JOIN (
                SELECT \(subject.groupPrefix)\(bucket) AS \(beginning), count(*) AS \(count) FROM \(subject.rows(and: present))
                GROUP BY \((1...names.count + 1).map { SQL(quotedByServer: String($0)) }.joined(separator: ", "))
            ) AS counted ON \(pairs.joined(separator: " AND "))
            """
        return .query(
            failing: """
                SELECT * FROM (\(judged)) AS judged WHERE NOT (\(bounds.condition(on: subject.label("rows")))) \
                ORDER BY \(subject.label("period"))
                """,
            of: judged
        )
    }
}
