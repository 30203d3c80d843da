import Catalog
import StructuredSQL

/// `variance`: the variance lies between bounds.
package struct Variance: StatisticKind {
    package static let definition = statisticDefinition(
        "variance", "The variance of the numbers lies between bounds",
        parameters: [
            Parameter("of", .choice(["sample", "population"]), "divides by n-1 or by n; sample if not given")
        ],
        semantics: "Of numeric columns in numeric, of others as PostgreSQL does. The sample's needs two values.",
        otherNames: ["hasVariance", "sample_variance_in_range", "population_variance_in_range"],
        example: KindExample("{variance: {column: discount, of: population, max: 1}}", gives: "fail: 3.70408"))

    package let bounds: ValueBounds
    private let isOfPopulation: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
        isOfPopulation = arguments.text("of") == "population"
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        let function: SQL = isOfPopulation ? "var_pop" : "var_samp"
        return Aggregate("\(function)(\(identifier: try subject.numberColumn().name))")
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.outliersAsEvidence()
    }
}
