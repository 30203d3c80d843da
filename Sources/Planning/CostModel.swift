import Catalog
import Checks

/// What things cost per row, in nanoseconds of one processor on data in memory.
///
/// Measured with PostgreSQL 15 on 6 million rows of 16 columns; what counts are the proportions. `Tests/Benchmarks` has
/// the tables and the statements.
enum CostModel {
    /// Looking up the group of a row, whatever it is grouped by.
    static let grouping = 60.0
    /// Most groups that stay in the processor's cache with their counters.
    static let maximumGroups = 1000.0
    /// Fewest rows for which a plan is worth a thought.
    static let minimumRows = 10_000.0
    /// A row of a table scanned, before anything is asked of it.
    static let scan = 60.0

    /// Hashing and comparing a column to find a row's group.
    static func grouping(by column: Column) -> Double {
        switch column.type.baseName {
        case "numeric": 60
        case _ where column.type.isWord || column.type.baseName == "bool": 15
        default: 35
        }
    }

    static func judging(_ effort: Violation.Effort) -> Double {
        switch effort {
        case .nullTest: 5
        case .comparison: 25
        case .numericComparison: 40
        case .characterCount: 90
        case .pattern: 60
        case .regularExpression: 170
        }
    }
}
