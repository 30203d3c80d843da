/// The one door through which SQL that a user wrote in a check file becomes ``SQL``.
///
/// It looks at tokens, not at grammar: the text must be complete by itself (no bracket, literal or comment left open,
/// no `;`), so that putting it between our own brackets cannot change what stands around it. `:name` becomes a
/// parameter. That the statement reads only is then kept by the server: extended protocol, a READ ONLY transaction, and
/// queries used as a subselect.
package enum CheckFileSQL {
    /// Reads one boolean, aggregate or scalar expression.
    ///
    /// - Parameters:
    ///   - text: The user's text.
    ///   - origin: Where its first character stands, if the text is in the file verbatim.
    /// - Returns: The expression, ready to stand between brackets.
    /// - Throws: A ``SQLSyntaxError`` if the text is not complete by itself.
    package static func expression(_ text: String, origin: SourceLocation?) throws(SQLSyntaxError) -> SQL {
        let tokens = try SQLTokenizer.tokens(of: text)
        guard tokens.contains(where: { !$0.isBlank }) else {
            throw SQLSyntaxError("expected an SQL expression, found nothing", before: "")
        }
        try requireBalance(tokens, in: text)
        return sql(of: tokens, origin: origin)
    }

    /// Reads one query: `SELECT`, `VALUES`, `TABLE` or `WITH … SELECT`; a semicolon at its end is dropped.
    ///
    /// Anything that changes data or the schema is refused here already, so that `validate` needs no server to say so.
    package static func query(_ text: String, origin: SourceLocation?) throws(SQLSyntaxError) -> SQL {
        var tokens = try SQLTokenizer.tokens(of: text)
        while let last = tokens.lastIndex(where: { !$0.isBlank }), tokens[last].text == ";" {
            tokens.remove(at: last)
        }
        guard let first = tokens.firstIndex(where: { !$0.isBlank && $0.text != "(" }) else {
            throw SQLSyntaxError("expected a query, found nothing", before: "")
        }
        guard ["select", "values", "table", "with"].contains(where: tokens[first].isWord) else {
            throw SQLSyntaxError(
                "a check is one query, but this statement starts with \"\(tokens[first].text)\"",
                hint: "Write a SELECT (or VALUES, TABLE, WITH … SELECT) that returns the failing rows.",
                before: text[..<tokens[first].text.startIndex]
            )
        }
        try requireBalance(tokens, in: text)
        try refuseWriting(tokens, in: text)
        try requireReading(tokens, in: text)
        return sql(of: tokens, origin: origin)
    }

    private static func sql(of tokens: [SQLToken], origin: SourceLocation?) -> SQL {
        var fragments: [SQL.Fragment] = []
        var verbatim = ""
        var location = origin
        func flush() {
            guard !verbatim.isEmpty else { return }
            fragments.append(.checkFile(verbatim, origin: location))
            location = location?.advanced(over: verbatim)
            verbatim = ""
        }
        for token in tokens {
            if token.kind == .parameter {
                flush()
                fragments.append(.parameter(String(token.text.dropFirst())))
                location = location?.advanced(over: token.text)
            } else {
                verbatim += token.text
            }
        }
        flush()
        // A comment to the end of the line must not swallow what we put behind it.
        if tokens.last?.text.hasPrefix("--") == true { fragments.append(.text("\n")) }
        return SQL(fragments: fragments)
    }

    private static func requireBalance(_ tokens: [SQLToken], in text: String) throws(SQLSyntaxError) {
        var open: [SQLToken] = []
        for token in tokens {
            let before = text[..<token.text.startIndex]
            switch (token.kind, token.text) {
            case (.positional, _):
                throw SQLSyntaxError(
                    "\(token.text) cannot be used in a check",
                    hint: "Name the parameter: write :name and give it under \"parameters\".",
                    before: before
                )
            case (.punctuation, "("), (.punctuation, "["):
                open.append(token)
            case (.punctuation, ")"), (.punctuation, "]"):
                guard let last = open.popLast(), (last.text == "(") == (token.text == ")") else {
                    throw SQLSyntaxError("unmatched \"\(token.text)\"", before: before)
                }
            case (.word, _) where ["set_config", "setseed"].contains(where: token.isWord),
                (.quotedIdentifier, "\"set_config\""), (.quotedIdentifier, "\"setseed\""):
                throw SQLSyntaxError(
                    "\(token.text) changes the session, and a check only reads",
                    hint: "Checks share statements; a setting of one would change what another one sees.",
                    before: before)
            case (.punctuation, "\\"):
                throw SQLSyntaxError("\"\\\" is no SQL outside a literal", before: before)
            case (.punctuation, ";"):
                throw SQLSyntaxError(
                    "a check is a single statement, but another one starts after this \";\"",
                    before: before
                )
            default:
                break
            }
        }
        if let left = open.last {
            throw SQLSyntaxError("\"\(left.text)\" is never closed", before: text[..<left.text.startIndex])
        }
    }

    /// The statement that a WITH leads up to, and one inside leading brackets, must be a query too.
    private static func requireReading(_ tokens: [SQLToken], in text: String) throws(SQLSyntaxError) {
        var depth = 0
        var previous: SQLToken?
        for token in tokens where !token.isBlank {
            let startsStatement = previous == nil || previous?.text == ")" || previous?.text == "("
            let isWriting = ["insert", "update", "delete", "merge"].contains(where: token.isWord)
            if startsStatement, isWriting,
                depth == 0 || previous?.text == "(" && tokens.first(where: { !$0.isBlank })?.text == "("
            {
                throw SQLSyntaxError(
                    "a check is one query, but \(token.text.uppercased()) changes data",
                    before: text[..<token.text.startIndex])
            }
            if token.text == "(" { depth += 1 }
            if token.text == ")" { depth -= 1 }
            previous = token
        }
    }

    private static func refuseWriting(_ tokens: [SQLToken], in text: String) throws(SQLSyntaxError) {
        let words = tokens.filter { !$0.isBlank }
        for (index, token) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : nil
            let before = text[..<token.text.startIndex]
            if token.isWord("into") {
                throw SQLSyntaxError("SELECT INTO creates a table, and a check only reads", before: before)
            }
            let isLock =
                next.map { $0.isWord("update") || $0.isWord("share") || $0.isWord("no") || $0.isWord("key") } ?? false
            if token.isWord("for"), isLock {
                throw SQLSyntaxError("a check cannot lock rows, because it only reads", before: before)
            }
            if token.text == "(", let next, ["insert", "update", "delete", "merge"].contains(where: next.isWord),
                index > 0, words[index - 1].isWord("as") || words[index - 1].isWord("materialized")
            {
                throw SQLSyntaxError(
                    "\(next.text.uppercased()) inside WITH changes data, and a check only reads",
                    before: text[..<next.text.startIndex]
                )
            }
        }
    }
}
