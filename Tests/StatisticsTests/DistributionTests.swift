import Foundation
import Statistics
import Testing

/// Against SciPy 1.17.1 (`stats.norm`, `stats.t.isf`, `special.betainc`, `stats.false_discovery_control`) and mpmath 1.3.0
/// with 40 digits (`erfc`, `betainc`, sums of `binomial`) where SciPy has too few digits.
struct DistributionTests {
    private func expect(
        _ found: Double, _ wanted: Double, within relative: Double = 1e-12, location: SourceLocation = #_sourceLocation
    ) {
        #expect(abs(found - wanted) <= relative * abs(wanted), "\(found), not \(wanted)", sourceLocation: location)
    }

    @Test(
        arguments: [
            (0, 1), (0.5, 0.6170750774519738), (1.959963984540054, 0.05), (5, 5.733031437583866e-07),
            (10, 1.523970604832094e-23), (30, 9.813427854295816e-198), (37, 1.1451142445047853e-299),
        ] as [(Double, Double)])
    func normalTails(z: Double, wanted: Double) {
        expect(NormalDistribution.twoSided(z).value, wanted, within: 1e-11)
        expect(NormalDistribution.twoSided(-z).value, wanted, within: 1e-11)
        expect(NormalDistribution.upperTail(z), wanted / 2, within: 1e-11)
    }

    @Test(
        arguments: [
            (38, -315.2387597082985), (50, -544.6653058663327), (100, -2173.5705128733703), (1000, -217150.33901199873),
        ] as [(Double, Double)])
    func normalTailsBeyondAllNumbers(z: Double, wanted: Double) {
        expect(NormalDistribution.twoSided(z).log10, wanted, within: 1e-13)
    }

    @Test(
        arguments: [
            (0.025, 1.9599639845400545), (0.1, 1.2815515655446004), (0.9, -1.2815515655446004),
            (1e-10, 6.361340902404056), (1e-100, 21.273453560965322),
        ] as [(Double, Double)])
    func normalQuantiles(tail: Double, wanted: Double) {
        expect(NormalDistribution.quantile(upperTail: tail), wanted)
    }

    @Test(
        arguments: [
            (0, 5, 1), (0.5, 1, 0.7048327646991335), (1, 2.5, 0.4040610272782735), (2, 10, 0.07338803477074037),
            (2.5, 1_000_000, 0.012419489502163246), (5, 3, 0.015392438073302301), (40, 7, 1.590217998485037e-09),
            (100, 30, 1.984611796727025e-39), (1e-08, 12, 0.9999999921854739), (12, 1000, 4.324057386774527e-31),
            (30, 100_000, 7.378536872222233e-197),
        ] as [(Double, Double, Double)])
    func studentTails(t: Double, freedom: Double, wanted: Double) {
        expect(StudentDistribution(freedom: freedom).twoSided(t).value, wanted, within: 1e-9)
    }

    @Test(
        arguments: [
            (0.025, 1, 12.706204736174705), (0.025, 10, 2.2281388519862753), (0.025, 1_000_000, 1.9599663568141072),
            (0.4, 3, 0.2766706623326898), (1e-06, 20, 6.5965301483587755),
        ] as [(Double, Double, Double)])
    func studentQuantiles(tail: Double, freedom: Double, wanted: Double) {
        expect(StudentDistribution(freedom: freedom).quantile(upperTail: tail), wanted, within: 1e-10)
    }

    @Test(
        arguments: [
            (0.5, 1, 1, 0.5), (0.1, 2, 3, 0.0523), (0.9, 2, 3, 0.9963), (0.5, 10, 20, 0.9692858271300793),
            (0.01, 0.5, 0.5, 0.06376856085851985), (0.3, 200, 400, 0.03974014158348615),
            (0.001, 5, 1000, 0.003698314113540208), (0.5, 100_000, 100_000, 0.5),
            (0.4999, 1_000_000, 1_000_000, 0.38864871786231014),
        ] as [(Double, Double, Double, Double)])
    func incompleteBeta(x: Double, a: Double, b: Double, wanted: Double) {
        expect(exp(BetaFunction.logRegularized(x, a, b)), wanted, within: 1e-9)
    }

    @Test(
        arguments: [
            (0, 0, 1, 1), (0, 1, 1, 0.5), (5, 5, 1, 1), (3, 10, 0.09228515625, 0.057373046875),
            (25, 40, 0.08168153394154005, 0.06401750413722564),
            (1528, 1665, 0.016079847130832745, 0.01533273446783644),
            (0, 1000, 1.8665272370064378e-301, 9.332636185032189e-302),
        ] as [(Int, Int, Double, Double)])
    func unevenSplits(first: Int, second: Int, exact: Double, mid: Double) {
        for (a, b) in [(first, second), (second, first)] {
            expect(BinomialTest.twoSided(a, b).value, exact, within: 1e-9)
            expect(BinomialTest.midP(a, b).value, mid, within: 1e-9)
        }
    }

    @Test
    func unevenSplitsBeyondAllNumbers() {
        expect(BinomialTest.twoSided(3, 2000).log10, -593.5351591802262)
        expect(BinomialTest.twoSided(0, 5000).log10, -1504.848948324242)
    }

    @Test
    func severalTestsAreCorrectedFor() {
        let probabilities = [0.01, 0.04, 0.03, 0.005, 0.5, 0.04].map { Probability($0) }
        for (found, wanted) in zip(MultipleTests.holm(probabilities), [0.05, 0.12, 0.12, 0.03, 0.5, 0.12]) {
            expect(found.value, wanted)
        }
        for (found, wanted) in zip(
            MultipleTests.benjaminiHochberg(probabilities), [0.03, 0.048, 0.048, 0.03, 0.5, 0.048])
        {
            expect(found.value, wanted)
        }
        let tiny = MultipleTests.holm([Probability(logarithm: -2000), Probability(0.5)])
        expect(tiny[0].log10, (-2000 + log(2)) / log(10))
        #expect(MultipleTests.holm([]).isEmpty)
    }
}
