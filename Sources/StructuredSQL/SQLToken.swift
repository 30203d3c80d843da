/// One lexical element of SQL text.
package struct SQLToken: Sendable, Hashable {
    /// What PostgreSQL's scanner would take the element for.
    package enum Kind: Sendable, Hashable {
        case whitespace
        /// `-- …` or `/* … */`, nested ones included.
        case comment
        /// A keyword or an unquoted name.
        case word
        /// `"…"` or `U&"…"`.
        case quotedIdentifier
        /// `'…'`, `E'…'`, `B'…'`, `X'…'`, `N'…'`, `U&'…'` or `$tag$…$tag$`.
        case string
        case number
        /// One or more of `+ - * / < > = ~ ! @ # % ^ & | ` ?`.
        case `operator`
        /// `( ) [ ] , ; .` or a single `:`.
        case punctuation
        /// `::`
        case cast
        /// `:name`
        case parameter
        /// `$1`
        case positional
    }

    package var kind: Kind
    /// The text of the element as it was written.
    package var text: Substring

    /// Whether the element means nothing to the parser.
    package var isBlank: Bool { kind == .whitespace || kind == .comment }

    /// The name a column would have, if the element is one name: without quotes it is folded to lower case.
    package var columnName: String? {
        switch kind {
        case .word: text.lowercased()
        case .quotedIdentifier where text.hasPrefix("\""):
            String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
        default: nil
        }
    }

    /// Whether the element is the keyword `keyword`, in any case.
    package func isWord(_ keyword: String) -> Bool {
        kind == .word && text.lowercased() == keyword
    }
}

/// Why a text is not SQL that Assay takes, and where.
package struct SQLSyntaxError: Error, Sendable, Hashable {
    /// A short message in PostgreSQL's grammar: lower case, no full stop.
    package var message: String
    package var hint: String?
    /// The text from its beginning to the spot.
    package var before: String

    package init(_ message: String, hint: String? = nil, before: some StringProtocol) {
        self.message = message
        self.hint = hint
        self.before = String(before)
    }
}
