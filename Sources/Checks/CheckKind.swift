package import Catalog
import StructuredSQL

/// A kind of check: parameters in, a question out.
///
/// Each kind is one file in `Kinds/` and one line in ``KindCatalogue``.
package protocol CheckKind: Sendable {
    /// What the kind is called, takes and means.
    static var definition: KindDefinition { get }

    /// Takes the arguments of one check and sees that they fit together.
    init(_ arguments: Arguments) throws(ArgumentError)

    /// The threshold that the arguments set themselves, such as `min` and `max` of a row count.
    var ownThreshold: Threshold? { get }

    /// What thresholds of this check compare.
    var quantities: [Threshold.Quantity] { get }

    /// Distinguishes the default ids of checks of this kind on the same columns.
    var idSuffix: String? { get }

    /// Relations besides the dataset that the check reads.
    var otherRelations: [RelationName] { get }

    /// The question this check asks of a relation.
    func assertion(on subject: Subject) throws(SubjectError) -> Assertion

    /// The name of a constraint that implies the check passes on every row, whatever the filter.
    ///
    /// Exact shapes only; `nil` when in doubt.
    func proof(on subject: Subject) -> String?
}

extension CheckKind {
    package var ownThreshold: Threshold? { nil }
    package var quantities: [Threshold.Quantity] { Self.definition.quantities }
    package var idSuffix: String? { nil }
    package var otherRelations: [RelationName] { [] }
    package func proof(on subject: Subject) -> String? { nil }
}

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
    }

    package var name: String
    /// A sentence without a full stop.
    package var summary: String
    package var scope: Scope
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
    /// What other tools call it, for "did you mean".
    package var otherNames: [String]

    package init(
        _ name: String,
        _ summary: String,
        scope: Scope,
        parameters: [Parameter] = [],
        shorthand: [String] = [],
        quantities: [Threshold.Quantity] = [.count, .percent],
        nulls: NullPolicy = .pass,
        semantics: String,
        hasFixedNulls: Bool = false,
        onEmpty: EmptyPolicy = .pass,
        dimension: Dimension = .veracity,
        judgesSingleRows: Bool? = nil,
        otherNames: [String] = []
    ) {
        self.name = name
        self.summary = summary
        self.scope = scope
        self.parameters = parameters
        self.shorthand = shorthand
        self.quantities = quantities
        self.nulls = nulls
        self.hasFixedNulls = hasFixedNulls
        self.semantics = semantics
        self.onEmpty = onEmpty
        self.dimension = dimension
        self.judgesSingleRows = judgesSingleRows ?? quantities.contains(.percent)
        self.otherNames = otherNames
    }

    /// Common options that could change nothing about a check of this kind, and are refused.
    package var optionsWithoutEffect: [String] {
        (judgesSingleRows ? [] : ["sample"]) + otherOptionsWithoutEffect
    }

    private var otherOptionsWithoutEffect: [String] {
        switch (scope, quantities) {
        case (.columnNames, _), (_, [.count]): ["where", "nulls", "keep", "columns", "on_empty"]
        case (_, [.value]): name == "row_count" ? ["nulls"] : ["nulls", "keep", "columns"]
        default:
            name == "sql" ? ["nulls", "on_empty"] : hasFixedNulls ? ["nulls"] : []
        }
    }

    /// The kind's own parameters and the ones its scope adds.
    package var allParameters: [Parameter] {
        switch scope {
        case .column: parameters + [Parameter("column", .column, "the column, where the check does not stand under it")]
        case .columns, .columnNames:
            parameters + [Parameter("columns", .columns, "the columns, where the check does not stand under one")]
        case .timeColumn: parameters + [Parameter("column", .column, "the time column; by default the suite's")]
        case .dataset: parameters
        }
    }
}
