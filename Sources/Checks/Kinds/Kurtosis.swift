import StructuredSQL

/// `kurtosis`: the distribution has tails as it should.
package struct Kurtosis: StatisticKind {
    package static let definition = statisticDefinition(
        "kurtosis", "The excess kurtosis of the numbers lies between bounds",
        semantics: """
            The fourth central moment over the square of the second, less 3 (0 for a normal distribution), of the \
            population, in double precision. NULL where all values are the same.
            """,
        otherNames: ["hasKurtosis", "Kurtosis"],
        example: KindExample("{kurtosis: {column: amount, max: 3}}", gives: "pass: 2.16645"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let d = subject.own("distance")
        return try subject.moments(
            "sum(power(\(d), 4)) / count(*) / nullif(power(sum(power(\(d), 2)) / count(*), 2), 0) - 3")
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try subject.outliersAsEvidence()
    }
}
