import Catalog
import StructuredSQL

/// `within_stddevs`: no number is too many standard deviations away from the mean.
package struct WithinStddevs: CheckKind {
    package static let definition = KindDefinition(
        "within_stddevs", "Every number is within some standard deviations of the mean",
        scope: .column,
        parameters: [Parameter("sigma", .number, "how many standard deviations; 3 if not given")],
        shorthand: ["sigma"],
        semantics: """
            Mean and sample standard deviation are of the finite values, in double precision. NULL passes; NaN and infinity \
            fail. With fewer than two values nothing is too far. An outlier widens the deviation that it is judged by: \
            among n values none can be more than (n-1)/sqrt(n) deviations away.
            """,
        hasFixedNulls: true,
        dimension: .value,
        judgesSingleRows: false,
        otherNames: [
            "zscore_outlier", "expect_column_value_z_scores_to_be_less_than", "z_score",
            "expect_column_values_to_be_within_n_stdevs", "expect_column_values_to_not_be_outliers",
        ],
        example: KindExample(
            "{within_stddevs: {column: value, sigma: 1.7}, group_by: sensor}", on: "shop.readings",
            gives: "fail: 1 of 10")
    )

    private let sigma: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        sigma = arguments.text("sigma") ?? "3"
        guard let number = ExactDecimal(sigma), .zero < number else {
            throw ArgumentError("sigma", "\"sigma\" must be greater than 0")
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.numberColumn()
        let number: SQL = "\(identifier: column.name)::pg_catalog.float8"
        let finite = subject.isFinite(column)
        let (mean, deviation) = (subject.own("mean"), subject.own("deviation"))
        let window: SQL = "FILTER (WHERE \(finite)) OVER (\(subject.partition()))"
        return .query(
            failing: subject.rows(
                deriving: [(mean, "avg(\(number)) \(window)"), (deviation, "stddev_samp(\(number)) \(window)")],
                where: """
                    CASE WHEN \(identifier: column.name) IS NULL THEN false WHEN \(finite) \
                    THEN abs(\(number) - \(mean)) > \(bind: sigma)::pg_catalog.float8 * \(deviation) ELSE true END
                    """),
            of: nil)
    }
}
