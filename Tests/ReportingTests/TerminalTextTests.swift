import Reporting
import Testing

struct TerminalTextTests {
    @Test(arguments: [
        ("plain naïve 日本", "plain naïve 日本"), ("\u{1B}[31mred\u{1B}[0m", "\\x1b[31mred\\x1b[0m"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\u{9B}2J", "\\x9b2J"), ("\u{7F}", "\\x7f"), ("x\u{202E}y", "x\\u202ey"),
        ("a\u{200B}b\u{FEFF}", "a\\u200bb\\ufeff"),
        ("\u{E0041}", "\\ue0041"), ("\u{1B}]0;title\u{07}", "\\x1b]0;title\\x07"), ("\0", "\\x00"),
    ])
    func whatCouldHarmATerminalBecomesVisible(text: String, expected: String) {
        #expect(TerminalText.harmless(text) == expected)
    }

    @Test(arguments: [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("👍", 2), ("", 0), ("│▸", 2)])
    func widthIsColumnsAndNotCharacters(text: String, expected: Int) {
        #expect(TerminalText.width(text) == expected)
    }

    @Test(arguments: [("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…")])
    func cutsToColumns(text: String, limit: Int, expected: String) {
        #expect(TerminalText.cut(text, to: limit) == expected)
    }
}
