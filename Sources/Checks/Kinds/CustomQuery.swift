import StructuredSQL

/// `sql`: a query of the user's own that returns the failing rows; one `.sql` file, not a kind of the suites.
package struct CustomQuery: CheckKind {
    package static let definition = KindDefinition(
        "sql", "A query returns no row",
        scope: .dataset,
        parameters: [Parameter("query", .expression, isRequired: true, "the query that returns the failing rows")],
        semantics: "Every row the query returns fails. Percent needs the dataset as denominator.",
        judgesSingleRows: false,
        allowsGroups: false,
        example: KindExample(
            "{}", gives: "?")
    )

    private let query: SQL

    package init(_ arguments: Arguments) throws(ArgumentError) {
        query = try arguments.required("query", arguments.expression("query")).sql
    }

    /// Whether the query names the bounds of the run's window.
    package var namesWindow: Bool {
        !query.unresolvedParameters.isDisjoint(with: ["window_start", "window_end"])
    }

    /// Whether a name stands in the query as a word: it may be a column that the query makes.
    package func mentions(_ name: String) -> Bool {
        let tokens = (try? SQLTokenizer.tokens(of: query.literalText)) ?? []
        return tokens.contains { token in
            token.kind == .word && token.text == name
                || token.kind == .quotedIdentifier && token.text == SQL.quoted(identifier: name)
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        .query(failing: query, of: nil)
    }
}
