import Catalog
import StructuredSQL

/// `ratio_of_sums`: one column's sum is as large a part of another's as it should be.
package struct RatioOfSums: StatisticKind {
    package static let definition = statisticDefinition(
        "ratio_of_sums", "The sum of the first column over the sum of the second lies between bounds",
        scope: .columns,
        semantics: "Each sum leaves its own NULLs out. NULL where the second is 0.",
        otherNames: ["RatioOfSums"],
        example: KindExample("{ratio_of_sums: {columns: [discount, amount], max: 0.1}}", gives: "pass: 0.000570966"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        guard subject.columns.count == 2, subject.columns.allSatisfy({ $0.type.category == .numeric }) else {
            throw SubjectError("ratio_of_sums is of two columns of numbers")
        }
        let names: [SQL] = subject.columns.map { "\(identifier: $0.name)" }
        // Sums of integers are whole; a ratio is not.
        let type: SQL = subject.columns.contains { $0.type.baseName.hasPrefix("float") } ? "float8" : "numeric"
        return Aggregate("sum(\(names[0]))::pg_catalog.\(type) / nullif(sum(\(names[1])), 0)::pg_catalog.\(type)")
    }
}
