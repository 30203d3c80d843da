import StructuredSQL

/// `avg_length`: texts are on average as long as they should be.
package struct AvgLength: StatisticKind {
    package static let definition = lengthDefinition(
        "avg_length", "The average length of the texts lies between bounds",
        otherNames: ["text_mean_length", "average_length"],
        example: KindExample("{avg_length: {column: status, min: 4, max: 5}}", gives: "pass: 4.75"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        try subject.lengthAggregate("avg")
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.lengthsAsEvidence()
    }
}
