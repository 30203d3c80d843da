/// What every kind says about itself; the parser, the JSON Schema and the docs are made from it.
package struct KindDefinition: Sendable, Hashable {
    /// What the kind is about.
    package enum Scope: Sendable, Hashable {
        /// One column; may stand under it.
        case column
        /// The name of one or more columns that the relation may lack.
        case columnNames
        /// One or more columns; may stand under one.
        case columns
        /// A time column, by default the suite's.
        case timeColumn
        /// The dataset as a whole.
        case dataset
        /// Whatever the kind is about whose number it judges; may stand under a column.
        case measured
    }

    /// What a check of the kind looks at.
    package enum Source: Sendable, Hashable {
        /// The rows of the dataset.
        case rows
        /// What the catalog says of the relation; the client decides.
        case catalog
        /// Objects that belong to the relation, such as its indexes; those that fail are shown as rows.
        case objects
    }

    package var name: String
    /// A sentence without a full stop.
    package var summary: String
    package var scope: Scope
    package var source: Source
    package var parameters: [Parameter]
    /// The parameters that the short form fills: with one, `length: 2` is `length: {equals: 2}`; with two, a list of two
    /// fills both: `in_range: [0, 10]` is `in_range: {min: 0, max: 10}`.
    package var shorthand: [String]
    /// What thresholds compare.
    package var quantities: [Threshold.Quantity]
    /// How NULL is read if the file does not say.
    package var nulls: NullPolicy
    /// Whether its reading of NULL is its own, so that `nulls` changes nothing.
    package var hasFixedNulls: Bool
    /// What NULL, empty text, NaN and infinity mean here, in a sentence.
    package var semantics: String
    package var onEmpty: EmptyPolicy
    package var dimension: Dimension
    /// Whether a row fails whatever the other rows are, so that some rows stand for all.
    package var judgesSingleRows: Bool
    /// Whether rows may be judged apart by `group_by`.
    package var allowsGroups: Bool
    /// What a check counts, in the plural.
    package var noun: String
    /// What other tools call it, for "did you mean".
    package var otherNames: [String]
    /// A check of the kind on ``ExampleData``, and what comes of it.
    package var example: KindExample

    package init(
        _ name: String,
        _ summary: String,
        scope: Scope,
        source: Source = .rows,
        parameters: [Parameter] = [],
        shorthand: [String] = [],
        quantities: [Threshold.Quantity] = [.count, .percent],
        nulls: NullPolicy = .pass,
        semantics: String,
        hasFixedNulls: Bool = false,
        onEmpty: EmptyPolicy = .pass,
        dimension: Dimension = .veracity,
        judgesSingleRows: Bool? = nil,
        allowsGroups: Bool = true,
        noun: String = "rows",
        otherNames: [String] = [],
        example: KindExample
    ) {
        self.name = name
        self.summary = summary
        self.scope = scope
        self.source = source
        self.parameters = parameters
        self.shorthand = shorthand
        self.quantities = quantities
        self.nulls = nulls
        self.hasFixedNulls = hasFixedNulls
        self.semantics = semantics
        self.onEmpty = onEmpty
        self.dimension = dimension
        self.judgesSingleRows = judgesSingleRows ?? (quantities.contains(.percent) && source == .rows)
        self.allowsGroups = allowsGroups && source == .rows
        self.noun = noun
        self.otherNames = otherNames
        self.example = example
    }

    /// Common options that could change nothing about a check of this kind, and are refused.
    package var optionsWithoutEffect: [String] {
        var options: [String] = []
        if !judgesSingleRows { options.append("sample") }
        if !allowsGroups { options.append("group_by") }
        switch source {
        case .catalog: options += ["where", "nulls", "keep", "columns", "on_empty"]
        case .objects: options += ["where", "nulls", "columns", "on_empty"]
        case .rows:
            if quantities == [.value] {
                options += name == "row_count" ? ["nulls"] : ["nulls", "keep", "columns"]
            } else if name == "sql" {
                options += ["nulls", "on_empty"]
            } else if hasFixedNulls {
                options.append("nulls")
            }
        }
        return options
    }

    /// The kind's own parameters and the ones its scope adds.
    package var allParameters: [Parameter] {
        switch scope {
        case .column: parameters + [Parameter("column", .column, "the column, where the check does not stand under it")]
        case .columns, .columnNames:
            parameters + [Parameter("columns", .columns, "the columns, where the check does not stand under one")]
        case .timeColumn: parameters + [Parameter("column", .column, "the time column; by default the suite's")]
        case .dataset, .measured: parameters
        }
    }
}

/// A check as the docs show it, run by a test.
package struct KindExample: Sendable, Hashable {
    /// The check as an entry of `checks:`.
    package var check: String
    /// A dataset of ``ExampleData``.
    package var dataset: String
    /// What earlier runs recorded, where the kind compares with it.
    package var earlier: Earlier?
    /// The outcome and what was measured, such as `fail: 1 of 8`.
    package var result: String

    /// What earlier runs of an example recorded.
    package enum Earlier: Sendable, Hashable {
        /// One run a day, the last of them yesterday, that measured these.
        case runs(measuring: [String])
        /// A run that saw this.
        case alterations(RelationSchema, text: String)
    }

    package init(
        _ check: String, on dataset: String = "shop.orders", after earlier: Earlier? = nil, gives result: String
    ) {
        self.check = check
        self.dataset = dataset
        self.earlier = earlier
        self.result = result
    }
}
