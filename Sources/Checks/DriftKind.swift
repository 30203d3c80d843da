package import Catalog
package import StructuredSQL

/// A kind that compares a column's values with a baseline.
package protocol BaselineKind: PastKind {
    var baseline: Baseline { get }

    /// A statement that gives what later runs compare with; `nil` where they compare with something else.
    ///
    /// - Parameter subject: The column.
    /// - Returns: The statement; values of the column, or edges between them, are among what it gives.
    /// - Throws: A ``SubjectError`` if the column cannot be sorted so.
    func recordedHistogram(on subject: Subject) throws(SubjectError) -> SQL?
}

extension BaselineKind {
    package var otherRelations: [RelationName] { baseline.candidates }

    package var need: Past.Need? {
        baseline.recorded.map { .histogram($0, fewest: self is any DriftKind ? max(1, baseline.fewest) : 1) }
    }

    package func reasonToSkip(with past: Past) -> String? {
        past.histogram == nil ? "no earlier run has recorded how the values are distributed" : nil
    }

    package func recordedHistogram(on subject: Subject) throws(SubjectError) -> SQL? {
        baseline.recorded == nil ? nil : try baseline.histogram(of: subject)
    }
}

/// A kind that measures how far a column's distribution is from a baseline.
package protocol DriftKind: StatisticKind, BaselineKind {}

extension DriftKind {
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
        _ name: String, _ summary: String, takesRuns: Bool = true, parameters: [Parameter] = [], semantics: String,
        otherNames: [String], example: KindExample
    ) -> KindDefinition {
        KindDefinition(
            name, summary, scope: .column,
            parameters: Baseline.relationParameters + (takesRuns ? [Baseline.runParameter] : []) + [Baseline.leastRows]
                + parameters + ValueBounds.parameters(of: "value"),
            quantities: [.value],
            semantics: "\(semantics) \(Baseline.semantics)", onEmpty: .error, dimension: .value, otherNames: otherNames,
            example: example)
    }
}
