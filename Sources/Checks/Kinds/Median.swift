import Catalog
import StructuredSQL

/// `median`: the median lies between bounds.
package struct Median: StatisticKind {
    package static let definition = statisticDefinition(
        "median", "The median of the numbers lies between bounds",
        semantics:
            "Interpolated between the two middle values (percentile_cont), in double precision. Sorts the values.",
        otherNames: ["expect_column_median_to_be_between", "median_in_range", "columnValueMedianToBeBetween"],
        example: KindExample("{median: {column: amount, min: 20, max: 60}}", gives: "pass: 20"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        Aggregate(
            try subject.quantile("0.5"), .spoilsParallelism)
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.valuesAsEvidence()
    }
}
