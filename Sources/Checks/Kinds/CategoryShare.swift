import Catalog
import StructuredSQL

/// `category_share`: some values are as common as they should be.
package struct CategoryShare: StatisticKind {
    package static let definition = statisticDefinition(
        "category_share", "The rows with one of some values, in percent of those that have one, lie between bounds",
        parameters: [Parameter("values", .texts, isRequired: true, "the values, read in the column's type")],
        semantics: "0 to 100.",
        otherNames: ["category_share_between", "histogram_values"],
        example: KindExample(
            "{category_share: {column: status, values: [paid, shipped], min: 50}}", gives: "pass: 62.5"))

    package let bounds: ValueBounds
    private let values: [String]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
        values = try arguments.required("values", arguments.list("values"))
    }

    package var idSuffix: String? { values.joined(separator: "_") }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        let column = try subject.column()
        let isOne: SQL = "\(subject.comparable(column)) = ANY (\(bind: SQLArray.text(values)))"
        return Aggregate("100.0 * count(*) FILTER (WHERE \(isOne)) / nullif(count(\(identifier: column.name)), 0)")
    }
}
