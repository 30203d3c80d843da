import StructuredSQL

/// `sum`: the total lies between bounds.
package struct Sum: StatisticKind {
    package static let definition = statisticDefinition(
        "sum", "The sum of the numbers lies between bounds",
        otherNames: ["expect_column_sum_to_be_between", "hasSum", "sum_in_range", "columnValuesSumToBeBetween"],
        example: KindExample("{sum: {column: discount, max: 5}}", gives: "fail: 5.5"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        try subject.divisible(.sum)
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.valuesAsEvidence()
    }
}
