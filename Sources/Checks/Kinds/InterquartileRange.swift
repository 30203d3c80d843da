import StructuredSQL

/// `interquartile_range`: the distance between the quartiles lies between bounds.
package struct InterquartileRange: StatisticKind {
    package static let definition = statisticDefinition(
        "interquartile_range", "The third quartile less the first lies between bounds",
        semantics: "Quartiles are interpolated (percentile_cont), in double precision. Sorts the values.",
        otherNames: ["hasInterquartileRange", "InterquartileRange", "iqr"],
        example: KindExample("{interquartile_range: {column: amount, max: 100}}", gives: "pass: 26.595"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        Aggregate("\(try subject.quantile("0.75")) - \(try subject.quantile("0.25"))", .spoilsParallelism)
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.outliersAsEvidence()
    }
}
