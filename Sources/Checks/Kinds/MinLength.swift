import StructuredSQL

/// `min_length`: the shortest text is as long as it should be.
package struct MinLength: StatisticKind {
    package static let definition = lengthDefinition(
        "min_length", "The length of the shortest text lies between bounds",
        otherNames: ["hasMinLength", "text_min_length"],
        example: KindExample("{min_length: {column: note, min: 1}}", gives: "fail: 0"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        try subject.lengthAggregate("min")
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.lengthsAsEvidence()
    }
}
