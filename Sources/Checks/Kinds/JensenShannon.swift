import Catalog
import StructuredSQL

/// `jensen_shannon`: the Jensen-Shannon divergence is small enough.
package struct JensenShannon: DriftKind {
    package static let definition = driftDefinition(
        "jensen_shannon", "The Jensen-Shannon divergence from a baseline, in nats, lies between bounds",
        parameters: Baseline.binParameters,
        semantics: """
            The mean of the divergences of both sides from their average: 0 where nothing changed, ln 2 = 0.693 where they \
            share no value. Its square root is a distance.
            """,
        otherNames: ["js_divergence"],
        example: KindExample(
            "{jensen_shannon: {column: status, baseline_where: currency = 'EUR', min_rows: 3, max: 0.1}}",
            gives: "pass: 0.0976516"))

    package let bounds: ValueBounds
    package let baseline: Baseline

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (bounds, baseline) = (try ValueBounds(arguments), try Baseline(arguments))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try baseline.categories(subject) { shares in
            func part(_ side: SQL) -> SQL {
                "CASE WHEN \(side) > 0 THEN \(side) * ln(2 * \(side) / (\(shares.p) + \(shares.q))) ELSE 0 END"
            }
            return "0.5 * sum(\(part(shares.p)) + \(part(shares.q)))"
        }
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try baseline.changedShares(subject)
    }
}
