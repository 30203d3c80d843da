import CheckFiles
import Checks
import ExactJSON
import StructuredSQL
import Testing

/// Files made to break a reader are refused, soon and clearly.
struct HostileFileTests {
    private func messages(_ text: String, path: String = "suite.yaml") -> [String] {
        ProjectLoader.load([SourceFile(path: path, text: text)]).diagnostics.map(\.message)
    }

    @Test(.timeLimit(.minutes(3)))
    func aliasBombs() {
        let levels = (1...9).map { level in
            "l\(level): &l\(level) [" + Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ", ") + "]"
        }
        let bomb = "l0: &l0 [x]\n" + levels.joined(separator: "\n")
        #expect(messages(bomb) == ["anchors and aliases are not supported"])
        #expect(messages(bomb + "\n? *l9\n: 1\n") == ["anchors and aliases are not supported"])
        #expect(messages("dataset: &d shop.orders\nchecks: [*d]") == ["anchors and aliases are not supported"])
    }

    /// Files of other tools may have several documents, and are refused alike.
    @Test
    func severalDocuments() throws {
        func documents(_ text: String) throws -> [String] {
            try YAMLText.documents(of: SourceFile(path: "slo.yaml", text: text)).map(\.compactText)
        }
        #expect(
            try documents("a: 1\n---\n- x: \"2\"\n---\n---\nb: [c]\n...\n") == [
                #"{"a":1}"#, #"[{"x":"2"}]"#, "null", #"{"b":["c"]}"#,
            ])
        #expect(try documents("# nothing\n").isEmpty)
        for text in ["a: 1\n---\nb: &b 1\nc: *b\n", "a: 1\n---\nb: [", "a: 1\n---\nb: 1\nb: 2\n"] {
            #expect(throws: YAMLText.Problem.self) { try documents(text) }
        }
        #expect(messages("dataset: a\n---\ndataset: b\n").first?.hasPrefix("not valid YAML") == true)
    }

    @Test(.timeLimit(.minutes(3)))
    func deepNesting() {
        for text in [
            String(repeating: "[", count: 100_000), String(repeating: "[\n", count: 5_000),
            String(repeating: "- ", count: 5_000) + "x",
            "dataset: " + String(repeating: "{a: ", count: 40) + "1" + String(repeating: "}", count: 40),
        ] {
            #expect(messages(text).first == "nested more than 32 levels deep")
        }
    }

    @Test
    func filesOverTheLimit() {
        let text = "dataset: s.t\n#" + String(repeating: "x", count: SourceFile.maximumBytes)
        #expect(messages(text) == ["the file is larger than 1 MiB"])
    }

    @Test
    func numbersThatOverflow() {
        let suite =
            "dataset: s.t\nchecks:\n  - {unique: a, fail: count > 1e-9223372036854775808}\n  - {fresh: {within: 99999999999w, column: a}}"
        #expect(messages(suite).count == 2)
    }

    @Test
    func everyMistakeOfAllFilesComesInOneGo() {
        let project = ProjectLoader.load([
            SourceFile(path: "a.yaml", text: "dataset: s.a\ncolumns: {x: not_nul, y: [{lenght: 3}, not_null]}"),
            SourceFile(path: "b.sql", text: "-- check: b\n-- dataset: s.b\nDELETE FROM s.b"),
            SourceFile(path: "c.yaml", text: "dataset: [s.c"),
        ])
        #expect(
            project.diagnostics.map { "\($0.location)" } == ["a.yaml:2:14", "a.yaml:2:28", "b.sql:3:1", "c.yaml:2:1"])
        #expect(project.checks.map(\.id) == ["s.a.y.not_null"])
    }
}
