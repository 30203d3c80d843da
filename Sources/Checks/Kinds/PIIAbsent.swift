import Catalog
import StructuredSQL

/// `pii_absent`: no text has personal data in it.
package struct PIIAbsent: CheckKind {
    package static let definition = KindDefinition(
        "pii_absent", "No text has personal data, or secrets, anywhere in it",
        scope: .column,
        parameters: [PersonalData.parameter],
        shorthand: ["classes"],
        semantics: """
            NULL passes. Found by patterns: what looks like an address, a number or a key; card numbers and IBANs only if \
            their check digits are right. The column is masked in failing rows unless pii says how.
            """,
        hasFixedNulls: true,
        otherNames: [
            "contains_email_percent", "contains_usa_phone_percent", "contains_ip4_percent", "no_pii",
        ],
        example: KindExample(
            "{pii_absent: {column: email, classes: email}}", on: "shop.customers", gives: "fail: 3 of 5")
    )

    private let classes: [PersonalData]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        classes = try PersonalData.classes(arguments)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let condition = PersonalData.occur(classes, in: subject.text(of: column))
        return .rows(Violation(condition, judgedBy: column.name, effort: .regularExpression), .shareable)
    }
}
