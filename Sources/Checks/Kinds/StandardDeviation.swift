import Catalog
import StructuredSQL

/// `stddev`: the standard deviation lies between bounds.
package struct StandardDeviation: StatisticKind {
    package static let definition = statisticDefinition(
        "stddev", "The standard deviation of the numbers lies between bounds",
        parameters: [
            Parameter("of", .choice(["sample", "population"]), "divides by n-1 or by n; sample if not given")
        ],
        semantics: "Of numeric columns in numeric, of others as PostgreSQL does. The sample's needs two values.",
        otherNames: [
            "expect_column_stdev_to_be_between", "hasStandardDeviation", "stddev_in_range",
            "columnValueStdDevToBeBetween", "sample_stddev_in_range", "population_stddev_in_range",
        ],
        example: KindExample("{stddev: {column: discount, max: 1}}", gives: "fail: 2.0788"))

    package let bounds: ValueBounds
    private let isOfPopulation: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
        isOfPopulation = arguments.text("of") == "population"
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        let function: SQL = isOfPopulation ? "stddev_pop" : "stddev_samp"
        return Aggregate("\(function)(\(identifier: try subject.numberColumn().name))")
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.outliersAsEvidence()
    }
}
