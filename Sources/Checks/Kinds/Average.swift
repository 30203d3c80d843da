import StructuredSQL

/// `avg`: the mean lies between bounds.
package struct Average: StatisticKind {
    package static let definition = statisticDefinition(
        "avg", "The mean of the numbers lies between bounds",
        otherNames: [
            "expect_column_mean_to_be_between", "hasMean", "mean", "mean_in_range", "average",
            "columnValueMeanToBeBetween",
        ],
        example: KindExample("{avg: {column: amount, min: 20, max: 60}}", gives: "fail: 1376.11"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        try subject.divisible(.average)
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.valuesAsEvidence()
    }
}
