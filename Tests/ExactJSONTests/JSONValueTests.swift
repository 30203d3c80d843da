import ExactJSON
import Testing

struct JSONValueTests {
    @Test(arguments: [
        #"{"b":1,"a":[true,false,null],"b":2}"#, "1.10", "-0", "12345678901234567890.000000001", "1e400",
        #""a\"b\\c\nd""#,
        "[]", "{}", #"{"nested":{"x":[{}]}}"#, #""ünï😀""#,
    ])
    func keepsTextOrderAndNumbers(text: String) throws {
        #expect(try JSONValue(parsing: text).compactText == text)
    }

    @Test(arguments: ["", "{", "[1,]", "01", "1.", "nul", "\"a", "{\"a\"}", "1 2", "\"\u{1}\"", "+1", "--1", "[1 2]"])
    func refusesWhatIsNotJSON(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    }

    @Test
    func readsEscapes() throws {
        #expect(try JSONValue(parsing: #""\u00e9\ud83d\ude00\/\b""#) == .string("é😀/\u{8}"))
        #expect(try JSONValue(parsing: #""\ud800""#) == .string("\u{FFFD}"))
    }

    @Test
    func escapesControlCharactersOfEveryKind() {
        #expect(JSONValue.string("\u{1B}[31m\u{7F}\u{9B}\u{2028}").compactText == #""\u001b[31m\u007f\u009b\u2028""#)
    }

    @Test
    func refusesBottomlessDocuments() {
        let text = String(repeating: "[", count: 100_000)
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    }

    @Test(arguments: [("12.50", "12.50"), ("NaN", "\"NaN\""), ("-Infinity", "\"-Infinity\""), ("1e+20", "1e+20")])
    func writesNumbersOfPostgresAsTheyAre(text: String, expected: String) {
        #expect(JSONValue.number(postgres: text).compactText == expected)
    }
}
