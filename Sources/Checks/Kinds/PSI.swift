import Catalog
import StructuredSQL

/// `psi`: the population stability index is small enough.
package struct PSI: DriftKind {
    package static let definition = driftDefinition(
        "psi", "The population stability index against a baseline lies between bounds",
        parameters: Baseline.binParameters + [smoothing],
        semantics:
            "The sum of (p - q) ln(p / q) over the bins: 0 where nothing changed; 0.1 and 0.25 are usual limits.",
        otherNames: ["population_stability_index"],
        example: KindExample(
            "{psi: {column: value, baseline_where: sensor = 'cellar', bins: 2, min_rows: 3, max: 0.25}, where: sensor = 'roof'}",
            on: "shop.readings", gives: "fail: 0.415888"))

    package let bounds: ValueBounds
    package let baseline: Baseline
    private let floor: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (bounds, baseline) = (try ValueBounds(arguments), try Baseline(arguments))
        floor = try Self.floor(arguments)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try baseline.categories(subject, floor: floor) { "sum((\($0.p) - \($0.q)) * ln(\($0.p) / \($0.q)))" }
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try baseline.changedShares(subject)
    }
}
