import Catalog
import StructuredSQL

/// `metric`: an aggregate over the dataset, judged by a threshold on its value.
package struct Metric: CheckKind {
    package static let definition = KindDefinition(
        "metric", "An aggregate over the rows is within a threshold",
        scope: .dataset,
        parameters: [
            Parameter("expression", .expression, isRequired: true, "the aggregate, such as avg(amount)"),
            Parameter("min", .value, "the lowest value allowed"),
            Parameter("max", .value, "the highest value allowed"),
        ],
        shorthand: ["expression"],
        quantities: [.value],
        semantics: "A value that is NULL, because no row had one, is an error unless on_empty says else; so is NaN.",
        onEmpty: .error,
        dimension: .value,
        otherNames: [
            "sql_aggregate_expression", "expression_between",
        ],
        example: KindExample(
            "{metric: avg(amount), fail: value not between 20 and 60}", gives: "fail: 1376.11")
    )

    private let expression: SQL
    private let text: String
    package let ownThreshold: Threshold?

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (expression, text) = try arguments.required("expression", arguments.expression("expression"))
        func number(_ name: String) throws(ArgumentError) -> ExactDecimal? {
            guard let text = arguments.text(name) else { return nil }
            guard let number = ExactDecimal(text) else { throw ArgumentError(name, "\"\(text)\" is not a number") }
            return number
        }
        switch (try number("min"), try number("max")) {
        case (let min?, let max?):
            guard min <= max else { throw ArgumentError("max", "the range from \(min) to \(max) is empty") }
            ownThreshold = Threshold(.value, .notBetween(min, max))
        case (let min?, nil): ownThreshold = Threshold(.value, .less(min))
        case (nil, let max?): ownThreshold = Threshold(.value, .greater(max))
        case (nil, nil): ownThreshold = nil
        }
    }

    package var idSuffix: String? { text }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let parts = parts(on: subject)
        return .aggregate(
            Aggregate(
                expression, spoilsSharedScan ? .spoilsParallelism : .shareable, parts: parts))
    }

    /// The parts of `avg(amount)` and its like, where sums of sums are exact and equal values look alike.
    private func parts(on subject: Subject) -> Aggregate.Parts? {
        guard let tokens = try? SQLTokenizer.tokens(of: text).filter({ !$0.isBlank }), tokens.count == 4,
            let function = Aggregate.Parts.Function(rawValue: tokens[0].text.lowercased()),
            tokens[1].text == "(", tokens[3].text == ")", let name = tokens[2].columnName,
            let column = subject.relation.column(named: name), column.equalValuesLookAlike
        else { return nil }
        if function == .average || function == .sum, column.type.category != .numeric { return nil }
        return Aggregate.Parts(function, of: name, in: SQL(fragments: [.parameter("aggregate")]))
    }

    /// DISTINCT and ordered-set aggregates sort, and keep the whole statement from running in parallel.
    private var spoilsSharedScan: Bool {
        guard let tokens = try? SQLTokenizer.tokens(of: text) else { return true }
        return tokens.contains {
            $0.isWord("distinct") || $0.isWord("within") || $0.isWord("order") || $0.isWord("select")
        }
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        guard let parts = parts(on: subject), parts.function != .count else { return nil }
        return Evidence(.rows(by: "\(identifier: parts.column)"), of: "values")
    }
}
