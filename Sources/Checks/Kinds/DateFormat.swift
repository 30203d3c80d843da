import StructuredSQL

/// `date_format`: every text is a date or a time written in a given way.
package struct DateFormat: CheckKind {
    package static let definition = KindDefinition(
        "date_format", "Every text is a date or a time written in a given way",
        scope: .column,
        parameters: [
            Parameter(
                "format", .text, isRequired: true,
                "as for strftime: %Y %m %d %H %M %S %y %b %B %a %A %j %I %p %f %z %%, or as for to_char: YYYY-MM-DD HH24:MI:SS"
            )
        ],
        shorthand: ["format"],
        semantics: """
            NULL passes unless nulls: fail; empty text fails. Digits are as many as the format says, days those of the \
            calendar: 2023-02-29 fails. Month and day names are English.
            """,
        otherNames: [
            "expect_column_values_to_match_strftime_format", "text_match_date_format_percent",
            "text_not_matching_date_pattern_found",
        ],
        example: KindExample("{date_format: {column: note, format: '%d.%m.%Y'}}", gives: "fail: 7 of 8")
    )

    private let pattern: DatePattern

    package init(_ arguments: Arguments) throws(ArgumentError) {
        pattern = try DatePattern(try arguments.required("format", arguments.text("format")))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.textColumn()
        return subject.violations(unless: pattern.rule(on: subject.text(of: column)), on: column, .regularExpression)
    }
}
