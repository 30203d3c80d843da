import Catalog
import StructuredSQL

/// A kind that computes a number from the dataset and compares it with bounds, or with `warn` and `fail`.
package protocol StatisticKind: CheckKind {
    var bounds: ValueBounds { get }

    /// The aggregate, where one over the rows is all that is needed.
    func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate
}

extension StatisticKind {
    package var ownThreshold: Threshold? { bounds.violated }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        .aggregate(try aggregate(on: subject))
    }

    package func aggregate(on subject: Subject) throws(SubjectError) -> Aggregate {
        throw SubjectError("\(Self.definition.name) is no aggregate over the rows")
    }

    /// The definition of a statistic of numbers.
    static func statisticDefinition(
        _ name: String, _ summary: String, scope: KindDefinition.Scope = .column, parameters: [Parameter] = [],
        semantics: String = "", otherNames: [String], example: KindExample
    ) -> KindDefinition {
        KindDefinition(
            name, summary, scope: scope, parameters: parameters + ValueBounds.parameters(of: "value"),
            quantities: [.value],
            semantics: [
                semantics,
                """
                NULL is left out. A value that is NULL, because too few rows have one, is an error unless on_empty says \
                else; so are NaN and infinity.
                """,
            ].filter { !$0.isEmpty }.joined(separator: " "),
            onEmpty: .error, dimension: .value, otherNames: otherNames, example: example)
    }

    /// The definition of a statistic of lengths.
    static func lengthDefinition(
        _ name: String, _ summary: String, otherNames: [String], example: KindExample
    ) -> KindDefinition {
        statisticDefinition(
            name, summary, semantics: "Counts characters of text, bytes of bytea, elements of an array.",
            otherNames: otherNames, example: example)
    }
}

extension Subject {
    /// An aggregate of the only column, which can be put together from parts of the rows where nothing is lost by it.
    func divisible(_ function: Aggregate.Parts.Function) throws(SubjectError) -> Aggregate {
        let column = try numberColumn()
        let aggregate: SQL = "\(SQL(quotedByServer: function.rawValue))(\(identifier: column.name))"
        let template = SQL(fragments: [.parameter("aggregate")])
        return Aggregate(
            aggregate, parts: column.equalValuesLookAlike ? .init(function, of: column.name, in: template) : nil)
    }

    /// A quantile of the only column.
    func quantile(_ fraction: String) throws(SubjectError) -> SQL {
        let number: SQL = "\(identifier: try numberColumn().name)::pg_catalog.float8"
        return "percentile_cont(\(bind: fraction)::pg_catalog.float8) WITHIN GROUP (ORDER BY \(number))"
    }

    /// An aggregate of the lengths of the only column's values.
    func lengthAggregate(_ function: SQL) throws(SubjectError) -> Aggregate {
        Aggregate("\(function)(\(try length(of: try column())))")
    }

    /// An expression over the distances of the only column's values from their mean, in a column `distance` of ``own(_:)``.
    func moments(_ expression: SQL) throws(SubjectError) -> Assertion {
        let column = try numberColumn()
        let number: SQL = "\(identifier: column.name)::pg_catalog.float8"
        return .derived(
            expression: expression,
            source: """
                (SELECT \(groupPrefix)\(number) - avg(\(number)) OVER (\(partition())) AS \(own("distance")) \
                FROM \(rows(and: "\(identifier: column.name) IS NOT NULL"))) AS distances
                """)
    }
}
