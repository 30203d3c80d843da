import Catalog
import StructuredSQL

/// `correlation`: two columns go together as they should.
package struct Correlation: StatisticKind {
    package static let definition = statisticDefinition(
        "correlation", "The correlation of two columns (Pearson's r) lies between bounds",
        scope: .columns,
        semantics: """
            -1 to 1, in double precision. Rows with a NULL in either are left out; NULL where one column has a single value.
            """,
        otherNames: ["hasCorrelation", "ColumnCorrelation"],
        example: KindExample("{correlation: {columns: [amount, total], min: 0.99}}", gives: "pass: 1"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        guard subject.columns.count == 2, subject.columns.allSatisfy({ $0.type.category == .numeric }) else {
            throw SubjectError("a correlation is of two columns of numbers")
        }
        let names: [SQL] = subject.columns.map { "\(identifier: $0.name)::pg_catalog.float8" }
        return Aggregate("corr(\(names[0]), \(names[1]))")
    }
}
