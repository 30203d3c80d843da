import StructuredSQL

/// `normalized`: every text is in a Unicode normalisation form.
package struct Normalized: CheckKind {
    package static let definition = KindDefinition(
        "normalized", "Every text is in a Unicode normalisation form",
        scope: .column,
        parameters: [Parameter("form", .choice(["NFC", "NFD", "NFKC", "NFKD"]), "the form; NFC if not given")],
        shorthand: ["form"],
        semantics: """
            NULL passes unless nulls: fail. Two texts that look the same compare as different unless they are in one form. \
            The database must be in UTF8.
            """,
        otherNames: ["normalization", "is_nfc"],
        example: KindExample("{normalized: {column: name}}", on: "shop.customers", gives: "pass: 0 of 5")
    )

    private let form: SQL

    package init(_ arguments: Arguments) {
        form =
            switch arguments.text("form") {
            case "NFD": "NFD"
            case "NFKC": "NFKC"
            case "NFKD": "NFKD"
            default: "NFC"
            }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.textColumn()
        return subject.violations(
            unless: "\(subject.text(of: column)) IS \(form) NORMALIZED", on: column, .regularExpression)
    }
}
