import StructuredSQL

/// `max`: the greatest number lies between bounds.
package struct Maximum: StatisticKind {
    package static let definition = statisticDefinition(
        "max", "The greatest number lies between bounds",
        otherNames: [
            "expect_column_max_to_be_between", "hasMax", "maximum", "max_in_range", "columnValueMaxToBeBetween",
        ],
        example: KindExample("{max: {column: amount, max: 1000}}", gives: "fail: 9500"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        try subject.divisible(.maximum)
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.valuesAsEvidence()
    }
}
