import Catalog
import StructuredSQL

/// `value_range`: the distance between the extremes lies between bounds.
package struct ValueRange: StatisticKind {
    package static let definition = statisticDefinition(
        "value_range", "The greatest number less the smallest lies between bounds",
        otherNames: ["hasRange", "Range"],
        example: KindExample("{value_range: {column: discount, max: 10}}", gives: "pass: 5.5"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        let name: SQL = "\(identifier: try subject.numberColumn().name)"
        return Aggregate("max(\(name)) - min(\(name))")
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.outliersAsEvidence()
    }
}
