import Catalog
import StructuredSQL

/// `l_infinity`: no value's share changed too much.
package struct LInfinity: DriftKind {
    package static let definition = driftDefinition(
        "l_infinity", "The greatest change of a value's share against a baseline lies between bounds",
        parameters: Baseline.binParameters,
        semantics: "max |p - q| over the values, or the bins: 0 where nothing changed, 1 at most.",
        otherNames: ["Distance", "max_share_difference"],
        example: KindExample(
            "{l_infinity: {column: status, baseline_where: currency = 'EUR', min_rows: 3, max: 0.3}}",
            gives: "pass: 0.125"))

    package let bounds: ValueBounds
    package let baseline: Baseline

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (bounds, baseline) = (try ValueBounds(arguments), try Baseline(arguments))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try baseline.categories(subject) { "max(abs(\($0.p) - \($0.q)))" }
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try baseline.changedShares(subject)
    }
}
