import StructuredSQL

/// The grammar of JSON (RFC 8259) as PostgreSQL before version 16 can apply it to a text without raising an error.
///
/// Texts become `s`, other scalars `v` (letters s and v give way to control characters, which JSON has nowhere); then the innermost objects and arrays become `v`, level by level, until nothing
/// changes. What is one `s` or `v` in the end was JSON.
enum JSONGrammar {
    /// Characters 1 and 2 stand for the letters that are the marks.
    private static let text = #""([^"\\\u0003-\u001f]|\\(["\\/bfnrt]|u[0-9a-fA-F]{4}))*""#
    private static let scalar =
        #"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|true|fal\u0001e|null"#
    private static let innermost = #"\{(s:[sv](,s:[sv])*)?\}|\[([sv](,[sv])*)?\]"#

    /// A condition that is true for JSON, and NULL for NULL.
    static func rule(on value: SQL) -> SQL {
        let unmarked: SQL = "pg_catalog.translate(\(value), E'sv\\x01\\x02', E'\\x01\\x02\\x03\\x03')"
        let marked = replaced(replaced(unmarked, text, "s"), scalar, "v")
        // Between tokens white space goes; between two scalars it stays, and is no JSON.
        let tight = replaced(
            replaced(replaced(marked, #"[ \t\n\r]+"#, " "), #" ?([\[\]{}:,]) ?"#, #"\1"#), "^ | $", "")
        return """
            (WITH RECURSIVE reduced (document, depth) AS (
                SELECT \(tight), 0
                UNION ALL
                SELECT \(replaced("document", innermost, "v")), depth + 1 FROM reduced WHERE document ~ \(bind: innermost)
            ) SELECT document IN ('s', 'v') FROM reduced ORDER BY depth DESC LIMIT 1)
            """
    }

    private static func replaced(_ value: SQL, _ regex: String, _ replacement: String) -> SQL {
        "pg_catalog.regexp_replace(\(value), \(bind: regex), \(bind: replacement), 'g')"
    }
}
