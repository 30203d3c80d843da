import StructuredSQL

/// `charset`: every text is made of certain characters only.
package struct Charset: CheckKind {
    package static let definition = KindDefinition(
        "charset", "Every text is made of characters of one class only",
        scope: .column,
        parameters: [
            Parameter("class", .choice(Class.allCases.map(\.rawValue)), isRequired: true, "the characters allowed")
        ],
        shorthand: ["class"],
        semantics: """
            NULL passes unless nulls: fail; so does empty text. printable leaves control characters out, such as tabs and \
            line ends; latin1 is ISO 8859-1; alpha and alnum are the letters and digits of the database's locale.
            """,
        otherNames: ["character_set", "ascii_only"],
        example: KindExample("{charset: {column: phone, class: phone}}", on: "shop.customers", gives: "pass: 0 of 5")
    )

    /// The classes, each a PostgreSQL bracket expression.
    private enum Class: String, CaseIterable {
        case ascii, printable, latin1, digits, alpha, alnum, hex, phone
        case asciiAlnum = "ascii_alnum"

        var bracket: String {
            switch self {
            case .ascii: #"\u0001-\u007f"#
            case .printable: #"\u0020-\u007e\u00a0-\uffff\U00010000-\U0010ffff"#
            case .latin1: #"\u0001-\u00ff"#
            case .digits: "0-9"
            case .alpha: "[:alpha:]"
            case .alnum: "[:alnum:]"
            case .hex: "0-9a-fA-F"
            case .phone: "0-9+() ./-"
            case .asciiAlnum: "0-9a-zA-Z"
            }
        }
    }

    private let regex: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        let word = try arguments.required("class", arguments.text("class"))
        guard let name = Class(rawValue: word) else { throw ArgumentError("class", "unknown class \"\(word)\"") }
        regex = "^[\(name.bracket)]*$"
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.textColumn()
        return subject.violations(
            unless: "\(subject.text(of: column)) ~ \(bind: regex)", on: column, .regularExpression)
    }
}
