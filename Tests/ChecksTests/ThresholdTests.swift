import Catalog
import Checks
import StructuredSQL
import Testing

struct ThresholdTests {
    @Test(arguments: [
        ("count > 0", "count > 0"), ("percent>=0.1", "percent >= 0.1"),
        ("value not between 20 and 60", "value not between 20 and 60"),
        ("COUNT <> 3", "count != 3"), ("percent > 5%", "percent > 5"),
        ("value between -1 and 1.5", "value between -1 and 1.5"),
        ("value == 7", "value = 7"),
    ])
    func readsWhatPeopleWrite(text: String, canonical: String) throws {
        #expect(try Threshold(parsing: text).description == canonical)
    }

    @Test(arguments: [
        "", "count", "count >", "> 0", "rows > 0", "count > x", "count between 1", "count between 9 and 1",
        "count > 1 2",
        "count not > 1", "value >> 1", "percent is 1",
    ])
    func refusesTheRest(text: String) {
        #expect(throws: ThresholdSyntaxError.self) { try Threshold(parsing: text) }
    }

    private func check(warn: String?, fail: String?, onEmpty: EmptyPolicy? = nil) throws -> Check {
        let source = SourceLocation(file: "t.yaml", line: 1)
        let dataset = Dataset(relation: .init(schema: "shop", name: "orders"))
        var check = Check(id: "t", dataset: dataset, kind: NotNull(Arguments()), columns: ["a"], source: source)
        check.warn = try warn.map { text throws(ThresholdSyntaxError) in try Threshold(parsing: text) }
        check.fail = try fail.map { text throws(ThresholdSyntaxError) in try Threshold(parsing: text) }
        if let onEmpty { check.onEmpty = onEmpty }
        return check
    }

    @Test(arguments: [
        (0, 1000, Outcome.pass), (1, 1000, .pass), (2, 1000, .warn), (10, 1000, .warn), (11, 1000, .fail),
        // One of a billion is below one per cent, and still more than none.
        (1, 1_000_000_000, .pass),
    ])
    func decidesSharesWithoutRounding(failing: Int, total: Int, expected: Outcome) throws {
        let check = try check(warn: "percent > 0.1", fail: "percent > 1")
        #expect(check.outcome(of: .rows(failing: failing, total: total)).outcome == expected)
    }

    @Test
    func oneRowAmongABillionFailsACountThreshold() throws {
        let check = try check(warn: nil, fail: "percent > 0")
        #expect(check.outcome(of: .rows(failing: 1, total: 1_000_000_000)).outcome == .fail)
    }

    @Test(arguments: [(EmptyPolicy.pass, Outcome.pass), (.fail, .fail), (.error, .error), (.skip, .skip)])
    func saysWhatNothingMeans(policy: EmptyPolicy, expected: Outcome) throws {
        let check = try check(warn: nil, fail: "count > 0", onEmpty: policy)
        let judgement = check.outcome(of: .rows(failing: 0, total: 0))
        #expect(judgement.outcome == expected)
        #expect(judgement.reason == "no rows to look at")
    }

    @Test(arguments: ["NaN", "Infinity", "-Infinity"])
    func cannotJudgeWhatIsNoNumber(value: String) throws {
        let check = try check(warn: nil, fail: "value > 3")
        #expect(check.outcome(of: .value(value)).outcome == .error)
    }

    @Test(arguments: [
        ("6h", "21600"), ("1h 30min", "5400"), ("250ms", "0.250"), ("2 days", "172800"), ("1w", "604800"),
    ])
    func readsLengthsOfTime(text: String, seconds: String) throws {
        #expect(try #require(Duration(parsing: text)).secondsText == seconds)
    }

    @Test(arguments: ["", "6", "h", "6 parsecs", "-1h", "1.5h", "6h 3"])
    func refusesOtherLengthsOfTime(text: String) {
        #expect(Duration(parsing: text) == nil)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_827_696_000_000, "2000-02-29T12:34:56Z"),
        (1_763_696_162_250_000, "2025-11-21T03:36:02.250Z"),
        (-1_000_001, "1969-12-31T23:59:58.999999Z"), (4_102_444_800_000_000, "2100-01-01T00:00:00Z"),
    ])
    func writesInstants(microseconds: Int, expected: String) {
        // Expected texts from GNU date: date -u -d @SECONDS.
        #expect(Timestamp(microseconds: microseconds).text == expected)
    }
}
