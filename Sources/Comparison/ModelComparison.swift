package import StructuredSQL

/// A declared comparison of a challenger's outputs with a champion's, on the same rows.
package struct ModelComparison: Sendable, Hashable {
    /// What the models predict.
    package enum Task: String, Sendable, Hashable, CaseIterable {
        /// A probability of one of two outcomes.
        case binary
        /// A number.
        case regression
    }

    package var name: String
    package var description: String?
    package var task: Task
    /// Columns that identify a row in all three.
    package var key: [String]
    package var truth: ModelInput
    package var champion: ModelInput
    package var challenger: ModelInput
    /// The probability from which on an outcome counts as predicted.
    package var threshold = "0.5"
    package var primary: Criterion
    /// What may not get worse.
    package var guardrails: [Criterion] = []
    /// The least share of labelled rows that both models must have predicted, in 0...1.
    package var coverage = 0.99
    /// Of intervals, in 0...1.
    package var confidence = 0.95
    /// A column of the truth; rows of one value depend on each other, and count as one.
    package var cluster: String?
    /// Fewest rows of a slice that is judged.
    package var minimumRows = 100
    package var source: SourceLocation

    package init(
        name: String, task: Task, key: [String], truth: ModelInput, champion: ModelInput, challenger: ModelInput,
        primary: Criterion, source: SourceLocation
    ) {
        self.name = name
        self.task = task
        self.key = key
        self.truth = truth
        self.champion = champion
        self.challenger = challenger
        self.primary = primary
        self.source = source
    }

    /// Columns of the truth by whose values guardrails are judged apart.
    package var sliceColumns: [String] {
        guardrails.flatMap(\.by).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Metrics that are asked for.
    package var metrics: [ModelMetric] { [primary.metric] + guardrails.map(\.metric) }
}

/// A relation or query, and its column that matters.
package struct ModelInput: Sendable, Hashable {
    package var side: DiffSide
    /// The label, or the score.
    package var column: String
    /// What the model is called; `nil` where it has no name.
    package var version: String?

    package init(side: DiffSide, column: String, version: String? = nil) {
        self.side = side
        self.column = column
        self.version = version
    }
}

/// A metric and how much of it may be lost, or must be won.
package struct Criterion: Sendable, Hashable {
    /// What the challenger has to show.
    package enum Goal: String, Sendable, Hashable, CaseIterable {
        /// It is better by more than the margin.
        case superiority
        /// It is not worse by more than the margin.
        case nonInferiority = "non_inferiority"
    }

    package var metric: ModelMetric
    /// In the metric's unit; 0 or more.
    package var margin: Double
    package var goal: Goal
    /// Columns of the truth by whose values it is judged apart; empty where it is judged as a whole.
    package var by: [String]

    package init(metric: ModelMetric, margin: Double = 0, goal: Goal = .superiority, by: [String] = []) {
        self.metric = metric
        self.margin = margin
        self.goal = goal
        self.by = by
    }
}
