import Catalog
import Checks
import ExactJSON
import Reporting
import StructuredSQL
import Testing

struct RunReportTests {
    private func run(_ results: [CheckResult]) -> RunRecord {
        let start = Timestamp(microseconds: 1_790_000_000_000_000)
        var run = RunRecord(
            id: "r", target: "t\u{1B}[2J", server: "PostgreSQL 15", startedAt: start, observedAt: start, snapshot: .run,
            trigger: .manual, assayVersion: "0", definitionsSHA256: "d")
        run.finishedAt = start.advanced(by: .seconds(2))
        run.results = results
        return run
    }

    private func result(_ outcome: Outcome, sample: [JSONValue] = []) -> CheckResult {
        let dataset = Dataset(relation: RelationName(schema: "s", name: "t"))
        var check = Check(
            id: "s.t.a<b&\"c\".not_null", dataset: dataset, kind: NotNull(Arguments()), columns: ["a"],
            source: SourceLocation(file: "s/t.yaml", line: 3))
        check.warn = Threshold(.count, .greater(ExactDecimal(1)))
        var result = CheckResult(check: check, outcome: outcome)
        (result.failing, result.total) = (2, 10)
        result.rows.keptCount = 2
        result.rows.sample = sample
        return result
    }

    @Test
    func terminalTextHasNoEscapeOfTheDatas() {
        let hostile = result(.fail, sample: [["a": .string("\u{1B}]0;x\u{07}"), "\u{1B}[1m": 1]])
        let text = RunText(
            run([hostile]), style: TerminalStyle(usesColor: false, width: 100), options: .init(psqlTarget: "\"x\"")
        ).text
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect(text.contains("t\\x1b[2J"))
    }

    /// The column that is wrong is shown, cut if it must be, on any page.
    @Test(arguments: [40, 60, 80, 200])
    func theOffendingColumnIsNeverHidden(width: Int) {
        let long = JSONValue.string(String(repeating: "x", count: 300))
        let row: JSONValue = ["first": long, "second": long, "a": .null, "third": long]
        let text = RunText(
            run([result(.fail, sample: [row])]), style: TerminalStyle(usesColor: false, width: width),
            options: .init(psqlTarget: "\"x\"")
        ).text
        #expect(text.contains("▸a"))
        let table = text.split(separator: "\n").filter { $0.contains("│") || $0.contains("┼") }
        #expect(table.allSatisfy { TerminalText.width(String($0)) <= width })
    }

    @Test
    func aWarningShowsTheThresholdItMet() {
        #expect(RunJSON(run([result(.warn)])).document["results"]?.compactText.contains("count > 1") == true)
        #expect(RunJSON(run([result(.fail)])).document["results"]?.compactText.contains("count > 0") == true)
    }

    @Test
    func junitIsWellFormedAndItsCountsAgree() {
        let results = [
            result(.pass), result(.warn), result(.fail, sample: [["a": "]]>\u{0}\u{FFFE}"]]), result(.error),
            result(.skip),
        ]
        let xml = JUnitXML(run(results)).text
        #expect(xml.contains("tests=\"5\" failures=\"1\" errors=\"1\" skipped=\"1\""))
        #expect(xml.contains("name=\"s.t.a&lt;b&amp;&quot;c&quot;.not_null\""))
        #expect(!xml.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{FFFE}" })
        #expect(!xml.contains("]]>"))
    }

    @Test
    func linesOfNDJSONAreDocumentsOfTheirOwn() throws {
        let lines = RunJSON(run([result(.pass), result(.fail)])).lines.split(separator: "\n")
        #expect(lines.count == 4)
        for line in lines { _ = try JSONValue(parsing: String(line)) }
    }

    @Test
    func sparklinesScaleFromLowestToHighest() {
        let points = [0, 7, 14, nil, 3].enumerated().map { index, failing in
            MeasurementPoint(
                outcome: failing == nil ? .error : failing == 0 ? .pass : .fail, failing: failing, total: 100,
                value: nil,
                observedAt: Timestamp(microseconds: index * 60_000_000), trigger: "manual", runID: "r")
        }
        let series = [
            MeasurementSeries(check: "a", points: points), MeasurementSeries(check: "b", points: [points[0]]),
        ]
        let text = HistoryText(series, style: TerminalStyle(usesColor: false, width: 100)).text
        #expect(text.contains("▁▅█?▃"))
        // One of four conclusive measurements was good; the error says nothing about the data.
        #expect(text.contains(" 25.0%"))
    }
}
