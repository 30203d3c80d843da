import Catalog
import StructuredSQL

/// `wasserstein`: numbers have not moved far from the baseline.
package struct Wasserstein: DriftKind {
    package static let definition = driftDefinition(
        "wasserstein", "The Wasserstein distance from a baseline (the earth mover's) lies between bounds",
        takesRuns: false,
        semantics: """
            The area between both distribution functions, in the column's unit: how far the values moved on average. Takes \
            the finite ones.
            """,
        otherNames: ["earth_movers_distance", "swd", "semd"],
        example: KindExample(
            "{wasserstein: {column: value, baseline_where: sensor = 'cellar', min_rows: 3, max: 1}, where: sensor = 'roof'}",
            on: "shop.readings", gives: "fail: 13.5"))

    package let bounds: ValueBounds
    package let baseline: Baseline

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (bounds, baseline) = (try ValueBounds(arguments), try Baseline(arguments))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        // The last step has no width, and its functions are both 1.
        try baseline.steps(subject) { "coalesce(sum(abs(\($0.f) - \($0.h)) * \($0.width)), 0)" }
    }
}
