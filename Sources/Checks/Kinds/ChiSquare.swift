import Catalog
import Statistics
import StructuredSQL

/// `chi_square`: the values occur as often as in the baseline, by Pearson's test.
package struct ChiSquare: DriftKind {
    package static let definition = driftDefinition(
        "chi_square", "Pearson's chi-square test of homogeneity with a baseline has a probability between bounds",
        parameters: Baseline.binParameters + [significance],
        semantics: """
            The value is the probability of such a difference, or a greater one, between two samples of one population; with \
            many rows the smallest difference is improbable. As statistic it is chi-square itself. One value alone has \
            probability 1.
            """,
        otherNames: ["expect_column_chisquare_test_p_value_to_be_greater_than", "chi2", "chi_squared"],
        example: KindExample(
            "{chi_square: {column: status, baseline_where: currency = 'EUR', min_rows: 3, min: 0.01}}",
            gives: "pass: 0.820933"))

    package let bounds: ValueBounds
    package let baseline: Baseline
    private let isStatistic: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (bounds, baseline) = (try ValueBounds(arguments), try Baseline(arguments))
        isStatistic = arguments.text("as") == "statistic"
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let test: (Baseline.Shares) -> DerivedTest = { _ in
            DerivedTest(.chiSquare, parameter: "count(*) - 1", ifZero: 1)
        }
        return try baseline.categories(subject, test: isStatistic ? nil : test) { shares in
            let both: SQL = "(\(shares.n) + \(shares.m))"
            let rows: SQL = "(\(shares.total) + \(shares.other))"
            func part(_ count: SQL, of side: SQL) -> SQL {
                "power(\(count) - \(both) * \(side) / \(rows), 2) / nullif(\(both) * \(side) / \(rows), 0)"
            }
            return "sum(\(part(shares.n, of: shares.total)) + \(part(shares.m, of: shares.other)))"
        }
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try baseline.changedShares(subject)
    }
}
