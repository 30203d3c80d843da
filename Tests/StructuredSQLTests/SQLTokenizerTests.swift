import StructuredSQL
import Testing

struct SQLTokenizerTests {
    /// Names of the parameters that a text has.
    private func parameters(_ text: String) throws -> [String] {
        try SQLTokenizer.tokens(of: text).filter { $0.kind == .parameter }.map { String($0.text.dropFirst()) }
    }

    @Test(arguments: [
        ("a = :x AND b=:y", ["x", "y"]),
        ("':no' || :yes", ["yes"]),
        (#"E'it\'s :no' = :yes"#, ["yes"]),
        ("'doubled '' :no' = :yes", ["yes"]),
        ("$$ :no $$ = :yes", ["yes"]),
        ("$tag$ $$ :no $tag$ = :yes", ["yes"]),
        (#""col:no" = :yes"#, ["yes"]),
        (#"U&"d\0061t:no" = :yes"#, ["yes"]),
        ("x::int = :yes::int", ["yes"]),
        ("/* :no /* nested :no */ :no */ :yes", ["yes"]),
        ("a -- :no\n= :yes", ["yes"]),
        ("a[1:2] = :yes", ["yes"]),
        ("a[lo:hi] = a[:no]", []),
        ("a[(:yes)]", ["yes"]),
        ("ARRAY[:a, :b]", ["a", "b"]),
        ("tags ?| array[:a]", ["a"]),
        ("j ->> 'a:no' ~ :yes", ["yes"]),
        ("json_object('key':value)", []),
        ("f(x := 1, y => :yes)", ["yes"]),
        ("a <=:yes", ["yes"]),
        ("x between :lo and :hi", ["lo", "hi"]),
        ("B'01' X'1F' N':no' = :yes", ["yes"]),
        ("1.5e-3 + .5 + :n1", ["n1"]),
        ("naïve:no = :größe", ["größe"]),
    ])
    func findsParametersAndNothingElse(text: String, expected: [String]) throws {
        #expect(try parameters(text) == expected)
    }

    @Test(arguments: [
        "SELECT a, 'b''c', E'\\n', $x$ y $x$, \"D\" -- end\nFROM t /* c */ WHERE a::int[] @> '{1}' AND x ?& y;",
        "a--b\n+c", "1..2", "x\u{1F600}y", "", "$", "$1 $", "'ü' || :p",
    ])
    func tokensJoinedAreTheText(text: String) throws {
        #expect(try SQLTokenizer.tokens(of: text).map(\.text).joined() == text)
    }

    @Test(arguments: [
        ("'abc", "unterminated quoted string"), ("\"abc", "unterminated quoted identifier"),
        ("/* /* */", "unterminated /* comment"), ("$a$ x $b$", "unterminated dollar-quoted string"),
        (#"E'abc\'"#, "unterminated quoted string"),
    ])
    func reportsWhatIsNotClosed(text: String, message: String) {
        #expect(throws: SQLSyntaxError(message, before: "")) { try SQLTokenizer.tokens(of: text) }
    }
}
