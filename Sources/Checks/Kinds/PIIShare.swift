import Catalog
import StructuredSQL

/// `pii_share`: personal data are as common as they should be.
package struct PIIShare: StatisticKind {
    package static let definition = statisticDefinition(
        "pii_share", "Texts with personal data in them, in percent of all, lie between bounds",
        parameters: [PersonalData.parameter],
        semantics: "0 to 100, by the patterns of pii_absent.",
        otherNames: ["pii_percent"],
        example: KindExample(
            "{pii_share: {column: email, classes: email, min: 90}}", on: "shop.customers", gives: "fail: 75"))

    package let bounds: ValueBounds
    private let classes: [PersonalData]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
        classes = try PersonalData.classes(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        let column = try subject.column()
        let condition = PersonalData.occur(classes, in: subject.text(of: column))
        return Aggregate("100.0 * count(*) FILTER (WHERE \(condition)) / nullif(count(\(identifier: column.name)), 0)")
    }
}
