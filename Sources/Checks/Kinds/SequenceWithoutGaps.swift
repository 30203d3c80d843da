import Catalog
import StructuredSQL

/// `sequence_without_gaps`: every period between the first and the last has data.
package struct SequenceWithoutGaps: CheckKind {
    package static let definition = KindDefinition(
        "sequence_without_gaps", "Every period between the first row and the last has data",
        scope: .timeColumn,
        parameters: [
            Parameter("every", .choice(Period.allCases.map(\.rawValue)), isRequired: true, "the period"),
            Parameter("group_by", .columns, "judge each combination of these columns by itself"),
        ],
        shorthand: ["every"],
        semantics: """
            Every missing period fails and is shown as a row; the total is the periods from first to last. Rows without a \
            time, or with an infinite one, are left out, NULL in group_by is a group. Periods of a day or more are days in the suite's zone, \
            else in UTC.
            """,
        hasFixedNulls: true,
        dimension: .volume,
        judgesSingleRows: false,
        noun: "periods",
        otherNames: [
            "expect_row_values_to_have_data_for_every_n_datepart", "every_period_has_data",
        ],
        example: KindExample(
            "{sequence_without_gaps: {column: taken_on, every: day, group_by: sensor}}", on: "shop.readings",
            gives: "fail: 1 of 11")
    )

    private let period: Period
    private let groups: [String]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        let word = try arguments.required("every", arguments.text("every"))
        guard let period = Period(rawValue: word) else { throw ArgumentError("every", "unknown period \"\(word)\"") }
        self.period = period
        groups = arguments.list("group_by") ?? []
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        for name in groups where subject.relation.column(named: name) == nil {
            throw SubjectError("column \"\(name)\" of \"group_by\" does not exist in \(subject.relation.name)")
        }
        let column = try subject.timeColumn()
        let present: SQL = "pg_catalog.isfinite(\(identifier: column.name))"
        let (start, next): (SQL, SQL) = (
            "\(identifier: subject.relation.unusedName("period"))", "\(identifier: subject.relation.unusedName("next"))"
        )
        let grouping = subject.groups.map(\.name).filter { !groups.contains($0) } + groups
        let names: [SQL] = grouping.map { "\(identifier: $0)" }
        let groupList = names.map { $0 + ", " }.joined(separator: "")
        let partition: SQL = names.isEmpty ? "" : "PARTITION BY \(names.joined(separator: ", ")) "
        let periods: SQL = """
            SELECT DISTINCT \(groupList)\(try period.bucket(of: column, in: subject)) AS \(start)
            FROM \(subject.rows(and: present))
            """
        let missing = subject.label("missing")
        let failing: SQL = """
            SELECT \(groupList)\(missing)
            FROM (
                SELECT \(groupList)\(start),
                    lead(\(start)) OVER (\(partition)ORDER BY \(start)) AS \(next)
                FROM (\(periods)) AS periods
            ) AS steps
            CROSS JOIN LATERAL pg_catalog.generate_series(
                \(start) + \(period.step), \(next) - \(period.step), \(period.step)
            ) AS series (\(missing))
            """
        return .query(
            failing: failing,
            of: "(\(periods)) UNION ALL (\(failing))"
        )
    }
}
