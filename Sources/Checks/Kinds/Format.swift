import Catalog
import StructuredSQL

/// `format`: every value is written in a known format, such as an e-mail address or an IBAN.
package struct Format: CheckKind {
    package static let definition = KindDefinition(
        "format", "Every value is written in a known format",
        scope: .column,
        parameters: [
            Parameter("is", .choice(KnownFormat.allCases.map(\.rawValue)), isRequired: true, "the format")
        ],
        shorthand: ["is"],
        semantics: """
            NULL passes unless nulls: fail. Empty text fails, so do spaces around a value. iban, credit_card, isbn, vin and \
            chinese_id are right to the check digit; phone is E.164 (+ and 7 to 15 digits).
            """,
        otherNames: [
            "valid_format", "valid_email", "valid_uuid", "valid_url", "containsEmail", "containsURL",
            "containsCreditCardNumber", "containsSocialSecurityNumber", "valid_http_method",
            "text_valid_country_code_percent", "text_valid_currency_code_percent", "country_code", "currency_code",
            "expect_column_values_to_be_valid_chinese_id_card", "invalid_email_format_percent",
        ],
        example: KindExample(
            "{format: {column: email, is: email}}", on: "shop.customers", gives: "fail: 1 of 5")
    )

    private let name: KnownFormat

    package init(_ arguments: Arguments) throws(ArgumentError) {
        let word = try arguments.required("is", arguments.text("is"))
        guard let name = KnownFormat(rawValue: word) else { throw ArgumentError("is", "unknown format \"\(word)\"") }
        self.name = name
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        return subject.violations(
            unless: name.rule(on: subject.text(of: column)), on: column, .regularExpression)
    }

    /// A `uuid` column holds nothing but UUIDs.
    package func proof(on subject: Subject) -> String? {
        guard let column = subject.columns.first, name == .uuid, column.type.baseName == "uuid",
            subject.relation.keepsTypes
        else { return nil }
        switch subject.nulls {
        case .pass: return "type uuid"
        case .fail: return subject.relation.constraint(forbiddingNullsIn: column.name).map { "type uuid, \($0.name)" }
        }
    }
}
