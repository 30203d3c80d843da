import StructuredSQL

/// `trimmed`: no text begins or ends with white space.
package struct Trimmed: CheckKind {
    package static let definition = KindDefinition(
        "trimmed", "No text begins or ends with white space",
        scope: .column,
        parameters: [
            Parameter("side", .choice(["both", "left", "right"]), "the end that is looked at; by default both")
        ],
        shorthand: ["side"],
        semantics: "NULL passes unless nulls: fail. Empty text passes. char(n) counts without its padding.",
        otherNames: ["text_surrounded_by_whitespace_found", "no_surrounding_whitespace"],
        example: KindExample(
            "{trimmed: {column: note}}", gives: "fail: 1 of 8")
    )

    private let side: String

    package init(_ arguments: Arguments) {
        side = arguments.text("side") ?? "both"
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.textColumn()
        let pattern: SQL =
            switch side {
            case "left": "'^[[:space:]]'"
            case "right": "'[[:space:]]$'"
            default: "'^[[:space:]]|[[:space:]]$'"
            }
        return subject.violations(unless: "\(subject.text(of: column)) !~ \(pattern)", on: column, .regularExpression)
    }
}
