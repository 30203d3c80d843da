package import Catalog

/// What the statements of a dataset may cost together.
package struct CostLimit: Sendable, Hashable {
    /// In the planner's unit.
    package var cost: Double
    /// Whether rows are sampled where looking at all would cost more; else nothing is looked at.
    package var samples: Bool

    package init(cost: Double, samples: Bool = false) {
        self.cost = cost
        self.samples = samples
    }
}

/// What checks look at, with what is known about it from its suite.
package struct Dataset: Sendable, Hashable {
    /// The relation as the check file names it.
    package var relation: RelationName
    /// Columns that identify a row across runs.
    package var key: [String]
    package var time: TimeColumn?
    /// What its statements may cost together; `nil` means no limit.
    package var budget: CostLimit?
    /// How personal columns leave the server.
    package var masking: [String: MaskingRule]
    /// What the relation was when `assay baseline` wrote it down; `nil` where it did not.
    package var schemaBaseline: RelationSchema?
    /// What other files of the project say of the same dataset's columns; a column is personal wherever it is read.
    package var maskingElsewhere: [String: MaskingRule] = [:]

    package init(
        relation: RelationName,
        key: [String] = [],
        time: TimeColumn? = nil,
        masking: [String: MaskingRule] = [:]
    ) {
        self.relation = relation
        self.key = key
        self.time = time
        self.masking = masking
    }

    package var name: String { relation.description }
}
