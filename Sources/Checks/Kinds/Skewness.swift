import StructuredSQL

/// `skewness`: the distribution leans as it should.
package struct Skewness: StatisticKind {
    package static let definition = statisticDefinition(
        "skewness", "The skewness of the numbers lies between bounds",
        semantics: """
            The third central moment over the second to the power 1.5, of the population (Fisher-Pearson), in double \
            precision. NULL where all values are the same.
            """,
        otherNames: ["hasSkewness", "Skewness"],
        example: KindExample("{skewness: {column: amount, max: 2}}", gives: "fail: 2.04114"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let d = subject.own("distance")
        return try subject.moments(
            "sum(power(\(d), 3)) / count(*) / nullif(power(sum(power(\(d), 2)) / count(*), 1.5), 0)")
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.valuesAsEvidence()
    }
}
