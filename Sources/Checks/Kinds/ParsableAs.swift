import StructuredSQL

/// `parsable_as`: every text can be read as a value of a type.
package struct ParsableAs: CheckKind {
    package static let definition = KindDefinition(
        "parsable_as", "Every text can be read as a value of a type",
        scope: .column,
        parameters: [Parameter("type", .choice(Target.allCases.map(\.rawValue)), isRequired: true, "the type")],
        shorthand: ["type"],
        semantics: """
            NULL passes unless nulls: fail; empty text fails. White space around a value does not count. Dates and times are \
            those of ISO 8601; integers fit 32 bits, bigints 64. Nothing is cast, so that nothing can raise an error.
            """,
        dimension: .variety,
        otherNames: [
            "hasDataType", "ColumnDataType", "text_parsable_to_integer_percent", "text_parsable_to_float_percent",
            "text_parsable_to_date_percent", "text_parsable_to_boolean_percent", "detected_datatype_in_text",
            "detected_type", "expect_column_values_to_be_dateutil_parseable",
        ],
        example: KindExample("{parsable_as: {column: note, type: numeric}}", gives: "fail: 7 of 8")
    )

    private enum Target: String, CaseIterable {
        case boolean, integer, bigint, numeric, date, time, timestamp, timestamptz, uuid, json
    }

    private let target: Target

    package init(_ arguments: Arguments) throws(ArgumentError) {
        let word = try arguments.required("type", arguments.text("type"))
        guard let target = Target(rawValue: word) else { throw ArgumentError("type", "unknown type \"\(word)\"") }
        self.target = target
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.textColumn()
        let bare: SQL =
            "pg_catalog.regexp_replace(\(subject.text(of: column)), '^[[:space:]]+|[[:space:]]+$', '', 'g')"
        let rule: SQL =
            switch target {
            case .boolean: "\(bare) ~* '^(t|tr|tru|true|y|ye|yes|on|1|f|fa|fal|fals|false|n|no|of|off|0)$'"
            case .integer: whole(bare, from: "-2147483648", to: "2147483647")
            case .bigint: whole(bare, from: "-9223372036854775808", to: "9223372036854775807")
            case .numeric:
                #"\#(bare) ~* '^([+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]{1,3})?|nan|[+-]?inf(inity)?)$'"#
            case .date: KnownFormat.isoDate.rule(on: bare)
            case .time: #"\#(bare) ~ '^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?$'"#
            case .timestamp, .timestamptz:
                "(\(KnownFormat.isoTimestamp.rule(on: bare)) OR \(KnownFormat.isoDate.rule(on: bare)))"
            case .uuid: KnownFormat.uuid.rule(on: bare)
            case .json: JSONGrammar.rule(on: bare)
            }
        return subject.violations(unless: rule, on: column, .regularExpression)
    }

    private func whole(_ text: SQL, from low: String, to high: String) -> SQL {
        """
        CASE WHEN \(text) ~ '^[+-]?[0-9]{1,30}$' THEN \(text)::pg_catalog.numeric BETWEEN \(bind: low) AND \(bind: high) \
        WHEN \(text) IS NULL THEN NULL ELSE false END
        """
    }
}
