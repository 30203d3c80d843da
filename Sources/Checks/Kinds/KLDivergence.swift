import Catalog
import StructuredSQL

/// `kl_divergence`: the relative entropy is small enough.
package struct KLDivergence: DriftKind {
    package static let definition = driftDefinition(
        "kl_divergence", "The Kullback-Leibler divergence from a baseline, in nats, lies between bounds",
        parameters: Baseline.binParameters + [smoothing],
        semantics: "The sum of p ln(p / q) over the bins, p being the share now: 0 where nothing changed.",
        otherNames: ["expect_column_kl_divergence_to_be_less_than", "kl"],
        example: KindExample(
            "{kl_divergence: {column: status, baseline_where: currency = 'EUR', min_rows: 3, max: 0.5}}",
            gives: "fail: 1.57406"))

    package let bounds: ValueBounds
    package let baseline: Baseline
    private let floor: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (bounds, baseline) = (try ValueBounds(arguments), try Baseline(arguments))
        floor = try Self.floor(arguments)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try baseline.categories(subject, floor: floor) { "sum(\($0.p) * ln(\($0.p) / \($0.q)))" }
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try baseline.changedShares(subject)
    }
}
