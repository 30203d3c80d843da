import Statistics
import Testing

/// Against SciPy 1.17.1: `scipy.stats.chi2.sf(x, df)` and `scipy.stats.kstwobign.sf(x)`.
struct SignificanceTestTests {
    @Test(
        arguments: [
            (0, 1, 1), (3.84, 1, 0.05004352124870519), (0.5, 3, 0.9188914116546758), (10, 10, 0.44049328506521257),
            (100, 50, 3.454931382984871e-05), (700, 3, 2.0991308534204487e-151), (1400, 2, 9.85967654375939e-305),
            (1000, 1000, 0.49405285382923964), (12345, 12000, 0.013543294349706575),
        ] as [(Double, Double, Double)])
    func chiSquareHasTheTailOfItsDistribution(statistic: Double, freedom: Double, expected: Double) {
        let probability = SignificanceTest.chiSquare.probability(of: statistic, freedom)
        #expect(abs(probability - expected) <= 1e-9 * expected)
    }

    @Test(
        arguments: [
            (0.2, 0.999999999999495), (0.5, 0.9639452436648751), (0.9, 0.3927307079406543), (1.0, 0.26999967167735456),
            (1.36, 0.049485876755377876), (3, 3.045995948942526e-08), (10, 2.767793053473475e-87),
            (18, 7.554499944724249e-282), (0, 1),
        ] as [(Double, Double)])
    func kolmogorovSmirnovHasTheTailOfItsLimit(lambda: Double, expected: Double) {
        let probability = SignificanceTest.kolmogorovSmirnov.probability(of: lambda, 1)
        #expect(abs(probability - expected) <= 1e-9 * expected)
    }

    @Test
    func outsideTheirDomainTheyAreNoNumber() {
        for (statistic, parameter) in [(-1.0, 1.0), (1, 0), (.nan, 1), (1, .nan)] {
            #expect(SignificanceTest.chiSquare.probability(of: statistic, parameter).isNaN)
        }
    }
}
