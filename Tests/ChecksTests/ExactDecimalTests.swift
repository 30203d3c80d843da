import Checks
import Testing

struct ExactDecimalTests {
    @Test(arguments: [
        ("1", "1.0"), ("0.10", ".1"), ("-0", "0"), ("1e3", "1000"), ("1000e-3", "1"), ("1_000", "1000"), ("+5", "5"),
    ])
    func readsOneNumberInManySpellings(left: String, right: String) throws {
        #expect(try #require(ExactDecimal(left)) == #require(ExactDecimal(right)))
    }

    @Test(arguments: [
        ("0.1", "0.2"), ("-2", "-1"), ("-1", "0"), ("0", "1e-30"), ("9", "10"), ("99.9", "100"),
        ("123456789012345678901234567890", "123456789012345678901234567891"), ("-1e10", "1e-10"),
    ])
    func ordersNumbersExactly(smaller: String, larger: String) throws {
        let (low, high) = (try #require(ExactDecimal(smaller)), try #require(ExactDecimal(larger)))
        #expect(low < high)
        #expect(!(high < low))
    }

    @Test(arguments: ["", ".", "-", "1.2.3", "abc", "NaN", "Infinity", "1e", "0x10", "1 000", "_1", "1_", "１"])
    func refusesWhatIsNoNumber(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test(arguments: [("0.1", 1000, "100"), ("12.5", 3, "37.5"), ("-2", 4, "-8"), ("0.003", 0, "0")])
    func multipliesExactly(number: String, factor: Int, product: String) throws {
        #expect(try #require(ExactDecimal(number)).multiplied(by: factor) == #require(ExactDecimal(product)))
    }
}
