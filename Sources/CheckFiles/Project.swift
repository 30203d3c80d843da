package import Catalog
package import Checks
package import Comparison
package import ServiceLevels
package import StructuredSQL

/// A project: what `assay.yaml` says, and the checks of all files.
package struct Project: Sendable {
    package var targets: [String: Target]
    package var results: ResultsTarget?
    package var owners: [String: Owner]
    package var defaults: ProjectDefaults
    /// Files of baselines by the relation they are of.
    package var baselinePaths: [RelationName: String] = [:]
    /// Checks in the order of their files and lines.
    package var checks: [Check]
    /// Comparisons of two relations, in the order of their files.
    package var diffs: [TableDiff] = []
    /// Comparisons of models, in the order of their files: of each champion with each of its challengers, at least one.
    package var modelFamilies: [[ModelComparison]] = []
    /// Service level agreements, in the order of their files.
    package var agreements: [DeclaredAgreement] = []
    /// Personal columns of relations, and how they leave the server.
    package var masking: [RelationName: [String: MaskingRule]] = [:]
    /// Mistakes in the order of their places.
    package var diagnostics: [Diagnostic]

    package var hasErrors: Bool { diagnostics.contains { $0.level == .error } }
}

/// An agreement, and where it is declared.
package struct DeclaredAgreement: Sendable, Hashable {
    package var agreement: Agreement
    package var source: SourceLocation
    /// The file with the holidays of its hours, still to be read.
    var holidayFile: SourceReference?

    /// A name of a file, and where it is named.
    struct SourceReference: Sendable, Hashable {
        var name: String
        var location: SourceLocation
    }
}

/// A named connection.
package struct Target: Sendable, Hashable {
    /// libpq connection string; `${NAME}` still stands for a variable of the environment.
    package var connection: String
    /// Schemas for names without one and for custom SQL; `nil` keeps the path empty.
    package var searchPath: [String]?
    package var location: SourceLocation
}

/// Where results are recorded.
package struct ResultsTarget: Sendable, Hashable {
    /// A named target, or nothing if the connection is given.
    package var target: String?
    package var connection: String?
    package var schema: String
    package var location: SourceLocation
}

/// Who answers for a dataset.
package struct Owner: Sendable, Hashable {
    package var email: String?
    package var slack: String?
}

/// What holds where a suite or check does not say otherwise.
package struct ProjectDefaults: Sendable, Hashable {
    package var target: String?
    package var keep: RowLimit = .atMost(1000)
    package var severity: Severity = .nextBusinessDay
    package var owner: String?
    package var statementTimeout: Duration = .seconds(600)
    package var lockTimeout: Duration = .seconds(5)
    package var jobs: Int?

    package init() {}
}
