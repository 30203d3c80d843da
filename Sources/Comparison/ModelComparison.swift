package import StructuredSQL

/// A declared comparison of a challenger's outputs with a champion's, on the same rows.
package struct ModelComparison: Sendable, Hashable {
    /// What the models predict.
    package enum Task: String, Sendable, Hashable, CaseIterable {
        /// A probability of one of two outcomes.
        case binary
        /// One of several labels.
        case multiclass
        /// A number.
        case regression
        /// The order of the documents of a query.
        case ranking
        /// Anything, of which the truth is not known: only how far the models are apart.
        case unlabeled
    }

    package var name: String
    package var description: String?
    package var task: Task
    /// Columns that identify a row in all three.
    package var key: [String]
    /// The truth; of ``Task/unlabeled`` the champion itself, whose rows are those that count.
    package var truth: ModelInput
    package var champion: ModelInput
    package var challenger: ModelInput
    /// How many challengers are compared with the champion at once; the verdicts are corrected for it.
    package var challengerCount = 1
    /// The probability from which on an outcome counts as predicted; `nil` where none is.
    package var threshold: String?
    package var primary: Criterion
    /// What may not get worse.
    package var guardrails: [Criterion] = []
    /// The least share of labelled rows that both models must have predicted, in 0...1.
    package var coverage = 0.99
    /// Of intervals, in 0...1.
    package var confidence = 0.95
    /// A column of the truth; rows of one value depend on each other, and count as one.
    package var cluster: String?
    /// A column of the truth: how much a row counts; 0 or more.
    package var weight: String?
    /// A column of the truth whose order is that of forecasts, and how many steps ahead they look: errors of neighbours are
    /// alike.
    package var order: String?
    package var horizon = 1
    /// Of a ranking the column of the truth that says which query a row belongs to, and how many documents count.
    package var query: String?
    package var cutoff = 10
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
        if task == .binary { threshold = "0.5" }
    }

    /// Columns of the truth by whose values guardrails are judged apart.
    package var sliceColumns: [String] {
        guardrails.flatMap(\.by).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Metrics that are asked for.
    package var metrics: [ModelMetric] { [primary.metric] + guardrails.map(\.metric) }

    /// What it is called among others: with the challenger's version where there are several.
    package var label: String { challengerCount > 1 ? "\(name), \(challenger.version ?? "")" : name }

    /// Whether both models give a probability of each label.
    package var hasProbabilities: Bool { champion.probabilities != nil && challenger.probabilities != nil }

    /// Whether predictions are labels, and no numbers.
    package var predictsLabels: Bool { task == .multiclass || champion.isLabel }
}

/// A relation or query, and its column that matters.
package struct ModelInput: Sendable, Hashable {
    package var side: DiffSide
    /// The label, or the score.
    package var column: String
    /// Whether the column is a label, where it could also be a number.
    package var isLabel = false
    /// Of several labels: a jsonb column with the probability of each.
    package var probabilities: String?
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
