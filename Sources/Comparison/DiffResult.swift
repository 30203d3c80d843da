/// What comparing two relations came to.
package struct DiffResult: Sendable {
    /// Rows by what became of them.
    package struct Counts: Sendable {
        /// All rows of each side.
        package var left = 0
        package var right = 0
        /// Pairs of rows with one key.
        package var identical = 0
        package var changed = 0
        package var onlyLeft = 0
        package var onlyRight = 0
        /// Rows that share their key with another row of either side, and rows without a whole key; they have no partner,
        /// and are compared with each other as multisets.
        package var duplicateKeysLeft = 0
        package var duplicateKeysRight = 0
        package var nullKeysLeft = 0
        package var nullKeysRight = 0
        /// Of those, rows that the other side does not have as often.
        package var unmatchedLeft = 0
        package var unmatchedRight = 0
        /// Changed rows by column.
        package var columns: [(name: String, count: Int)] = []

        package init() {}

        /// Adds rows that the other side does not have as often, of rows that have no partner by their key.
        ///
        /// - Parameters:
        ///   - left: How often each hash of a row occurs on the left.
        ///   - right: The same on the right.
        package mutating func addUnmatched(_ left: [Int: Int], _ right: [Int: Int]) {
            unmatchedLeft += left.reduce(0) { $0 + max(0, $1.value - right[$1.key, default: 0]) }
            unmatchedRight += right.reduce(0) { $0 + max(0, $1.value - left[$1.key, default: 0]) }
        }

        /// Whether every row is accounted for.
        package var addUp: Bool {
            left == identical + changed + onlyLeft + duplicateKeysLeft + nullKeysLeft
                && right == identical + changed + onlyRight + duplicateKeysRight + nullKeysRight
        }

        /// Changed rows and rows of one side that were the same when they were looked at again; they count as what they were.
        package var vanished = 0

        package var differ: Bool {
            changed + onlyLeft + onlyRight - vanished + unmatchedLeft + unmatchedRight > 0
        }
    }

    /// How it ended.
    package enum Outcome: String, Sendable, Hashable {
        case same, different
        /// Something could not be compared; nothing is claimed about it.
        case incomplete
    }

    package var diff: TableDiff
    package var schema: DiffSchema
    package var counts: Counts?
    /// Some of the differing rows.
    package var sample: [DiffRow] = []
    /// Why it is incomplete.
    package var problems: [String]
    /// Whether the sides were read by sessions of their own.
    package var isAcrossServers = false
    /// How the rows were compared, for people.
    package var method = ""
    /// The instant of the left side's snapshot, as PostgreSQL writes it; `nil` where it was not read.
    package var takenAt: String?
    /// What else is to be known of how it went.
    package var notes: [String] = []

    package init(diff: TableDiff, schema: DiffSchema) {
        self.diff = diff
        self.schema = schema
        problems = schema.problems
    }

    package var outcome: Outcome {
        guard let counts, problems.isEmpty else { return .incomplete }
        return counts.differ || schema.differs ? .different : .same
    }
}
