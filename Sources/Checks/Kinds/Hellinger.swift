import Catalog
import StructuredSQL

/// `hellinger`: the Hellinger distance is small enough.
package struct Hellinger: DriftKind {
    package static let definition = driftDefinition(
        "hellinger", "The Hellinger distance from a baseline lies between bounds",
        parameters: Baseline.binParameters,
        semantics: "sqrt(sum((sqrt p - sqrt q)^2) / 2): 0 where nothing changed, 1 where they share no value.",
        otherNames: ["hellinger_distance"],
        example: KindExample(
            "{hellinger: {column: status, baseline_where: currency = 'EUR', min_rows: 3, max: 0.3}}",
            gives: "fail: 0.368849"))

    package let bounds: ValueBounds
    package let baseline: Baseline

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (bounds, baseline) = (try ValueBounds(arguments), try Baseline(arguments))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try baseline.categories(subject) { "sqrt(sum(power(sqrt(\($0.p)) - sqrt(\($0.q)), 2)) / 2)" }
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try baseline.changedShares(subject)
    }
}
