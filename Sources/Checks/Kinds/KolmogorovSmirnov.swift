import Catalog
import Statistics
import StructuredSQL

/// `kolmogorov_smirnov`: numbers are distributed as in the baseline.
package struct KolmogorovSmirnov: DriftKind {
    package static let definition = driftDefinition(
        "kolmogorov_smirnov",
        "The greatest distance of the distribution function from a baseline's lies between bounds",
        takesRuns: false,
        parameters: [
            Parameter("as", .choice(["distance", "probability"]), "what the value is; distance if not given")
        ],
        semantics: """
            0 where nothing changed, 1 where all values lie apart; takes the finite ones. As probability it is that of such a \
            distance, or a greater one, between two samples of one continuous population, by the limiting distribution.
            """,
        otherNames: ["expect_column_bootstrapped_ks_test_p_value_to_be_greater_than", "ks"],
        example: KindExample(
            "{kolmogorov_smirnov: {column: value, baseline_where: sensor = 'cellar', min_rows: 3, max: 0.2}, where: sensor = 'roof'}",
            on: "shop.readings", gives: "fail: 0.666667"))

    package let bounds: ValueBounds
    package let baseline: Baseline
    private let isProbability: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (bounds, baseline) = (try ValueBounds(arguments), try Baseline(arguments))
        isProbability = arguments.text("as") == "probability"
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let test: (Baseline.Steps) -> DerivedTest = {
            DerivedTest(.kolmogorovSmirnov, parameter: "max(\($0.n) * \($0.m) / (\($0.n) + \($0.m)))", ifZero: 1)
        }
        return try baseline.steps(subject, test: isProbability ? test : nil) { "max(abs(\($0.f) - \($0.h)))" }
    }
}
