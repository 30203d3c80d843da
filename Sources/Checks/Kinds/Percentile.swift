import Catalog
import StructuredSQL

/// `percentile`: a percentile lies between bounds.
package struct Percentile: StatisticKind {
    package static let definition = statisticDefinition(
        "percentile", "A percentile of the numbers lies between bounds",
        parameters: [
            Parameter("percent", .number, isRequired: true, "which one: 95 is the value that 95 % are not above")
        ],
        semantics: "Interpolated between two neighbours (percentile_cont), in double precision. Sorts the values.",
        otherNames: [
            "expect_column_quantile_values_to_be_between", "hasApproxQuantile", "hasExactQuantile", "quantile",
            "percentile_in_range", "percentile_90_in_range",
        ],
        example: KindExample("{percentile: {column: amount, percent: 90, max: 1000}}", gives: "fail: 3829.99"))

    package let bounds: ValueBounds
    private let percent: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
        percent = try arguments.required("percent", arguments.text("percent"))
        guard let number = ExactDecimal(percent), .zero <= number, number <= ExactDecimal(100) else {
            throw ArgumentError("percent", "a percentile is between 0 and 100")
        }
    }

    package var idSuffix: String? { "p\(percent)" }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        Aggregate(
            try subject.quantile(ExactDecimal(percent)?.hundredth.description ?? percent),
            .spoilsParallelism)
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.valuesAsEvidence()
    }
}
