import Catalog
import StructuredSQL

/// `within_iqr`: no number is too far outside the quartiles.
package struct WithinIQR: CheckKind {
    package static let definition = KindDefinition(
        "within_iqr", "Every number is within some interquartile ranges of the quartiles (Tukey's fences)",
        scope: .column,
        parameters: [Parameter("factor", .number, "how many interquartile ranges beyond a quartile; 1.5 if not given")],
        shorthand: ["factor"],
        semantics: """
            Quartiles are of the finite values, interpolated (percentile_cont), in double precision. NULL passes; NaN and \
            infinity fail. Sorts the values.
            """,
        hasFixedNulls: true,
        dimension: .value,
        judgesSingleRows: false,
        otherNames: ["iqr_outlier"],
        example: KindExample("{within_iqr: {column: value}}", on: "shop.readings", gives: "fail: 3 of 10")
    )

    private let factor: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        factor = arguments.text("factor") ?? "1.5"
        guard let number = ExactDecimal(factor), .zero <= number else {
            throw ArgumentError("factor", "\"factor\" must be 0 or more")
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.numberColumn()
        let number: SQL = "\(identifier: column.name)::pg_catalog.float8"
        let finite = subject.isFinite(column)
        let (low, high) = (subject.own("low"), subject.own("high"))
        var quartiles: SQL = """
            SELECT \(subject.groupPrefix)percentile_cont(0.25) WITHIN GROUP (ORDER BY \(number)) AS \(low),
                percentile_cont(0.75) WITHIN GROUP (ORDER BY \(number)) AS \(high)
            FROM \(subject.rows(and: finite))
            """
        let names: [SQL] = subject.groups.map { "\(identifier: $0.name)" }
        if !names.isEmpty { quartiles += " GROUP BY \(names.joined(separator: ", "))" }
        let pairs = names.map { "judged.\($0) IS NOT DISTINCT FROM quartiles.\($0)" as SQL }.joined(separator: " AND ")
        let columns = subject.relation.columns.filter(\.isSelectable)
            .map { "judged.\(identifier: $0.name)" as SQL }.joined(separator: ", ")
        let reach: SQL = "\(bind: factor)::pg_catalog.float8 * (\(high) - \(low))"
        return .query(
            failing: """
                SELECT \(columns) FROM (SELECT \(subject.wholeRow) FROM \(subject.rows)) AS judged
                LEFT JOIN (\(quartiles)) AS quartiles ON \(names.isEmpty ? "true" : pairs)
                WHERE CASE WHEN judged.\(identifier: column.name) IS NULL THEN false
                    WHEN judged.\(finite)
                    THEN judged.\(number) < \(low) - \(reach) OR judged.\(number) > \(high) + \(reach) ELSE true END
                """,
            of: nil)
    }
}
