import StructuredSQL

/// `min`: the smallest number lies between bounds.
package struct Minimum: StatisticKind {
    package static let definition = statisticDefinition(
        "min", "The smallest number lies between bounds",
        otherNames: [
            "expect_column_min_to_be_between", "hasMin", "minimum", "min_in_range", "columnValueMinToBeBetween",
        ],
        example: KindExample("{min: {column: amount, min: 0}}", gives: "fail: -5"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        try subject.divisible(.minimum)
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.valuesAsEvidence()
    }
}
