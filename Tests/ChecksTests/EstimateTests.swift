import Checks
import Testing

struct EstimateTests {
    /// Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I,
    /// method 3: the score method.
    @Test(arguments: [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718),
    ])
    func boundsAreThePublishedOnes(failing: Int, total: Int, low: Double, high: Double) {
        let bounds = Estimate.wilson(share: Double(failing) / Double(total), draws: Double(total))
        #expect(abs(bounds.low - low) < 0.00005)
        #expect(abs(bounds.high - high) < 0.00005)
    }

    @Test
    func aBlockIsOneDraw() throws {
        let blocks = try #require(Sample(percent: "1", method: .blocks))
        let rows = try #require(Sample(percent: "1"))
        // 2,000 rows on 20 blocks are worth 20 draws.
        let estimate = Estimate(failing: 0, of: 2000, in: blocks, rowsPerBlock: 100)
        #expect(abs(estimate.high - 0.1611) < 0.00005)
        #expect(Estimate(failing: 0, of: 2000, in: rows, rowsPerBlock: 100).high < 0.002)
    }

    @Test(arguments: ["0", "100", "-1", "1e400", "a", "", "NaN", "100.0", ".5", "5.", "+5", "1e-3", " 5"])
    func aPercentageOutsideIsNone(percent: String) {
        #expect(Sample(percent: percent) == nil)
    }
}
