import StructuredSQL

/// `max_length`: the longest text is as long as it should be.
package struct MaxLength: StatisticKind {
    package static let definition = lengthDefinition(
        "max_length", "The length of the longest text lies between bounds",
        otherNames: ["hasMaxLength", "text_max_length"],
        example: KindExample("{max_length: {column: note, max: 15}}", gives: "fail: 17"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        try subject.lengthAggregate("max")
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.lengthsAsEvidence()
    }
}
