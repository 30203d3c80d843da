import Catalog

/// A kind that compares a column's distribution with a baseline.
protocol DriftKind: StatisticKind {
    var baseline: Baseline { get }
}

extension DriftKind {
    package var otherRelations: [RelationName] { baseline.candidates }

    /// A share that no value has less than, so that one that is missing on a side has a logarithm.
    static var smoothing: Parameter {
        Parameter("smoothing", .number, "the least share that counts, in 0 to 1; 0.0001 if not given")
    }

    /// What a test's value is.
    static var significance: Parameter {
        Parameter("as", .choice(["probability", "statistic"]), "what the value is; probability if not given")
    }

    /// The smoothing that a check asks for.
    static func floor(_ arguments: Arguments) throws(ArgumentError) -> String {
        let text = arguments.text("smoothing") ?? "0.0001"
        guard let number = ExactDecimal(text), .zero < number, number < ExactDecimal(1) else {
            throw ArgumentError("smoothing", "\"smoothing\" is a share between 0 and 1")
        }
        return text
    }

    /// The definition of a measure of drift.
    static func driftDefinition(
        _ name: String, _ summary: String, parameters: [Parameter] = [], semantics: String, otherNames: [String],
        example: KindExample
    ) -> KindDefinition {
        KindDefinition(
            name, summary, scope: .column,
            parameters: Baseline.parameters + parameters + ValueBounds.parameters(of: "value"), quantities: [.value],
            semantics: "\(semantics) \(Baseline.semantics)", onEmpty: .error, dimension: .value, otherNames: otherNames,
            example: example)
    }
}
