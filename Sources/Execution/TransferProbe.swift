import Catalog
import Comparison
import Postgres
import StructuredSQL

/// Finds out what should travel from two servers: some rows are read by each method, and the times compared.
struct TransferProbe: Sendable {
    /// What was found.
    struct Choice: Sendable {
        var method: TransferMethod
        /// The figures behind it, for people; `nil` where nothing was measured.
        var reason: String?
    }

    let queries: (left: StreamQuery, right: StreamQuery)
    let sides: (left: ServerSide, right: ServerSide)

    /// Rows that are read by each method.
    private static let rowCount = 8_000
    /// Rows of a side from which on the probe takes next to nothing of the whole.
    private static let leastRows = 400_000.0
    /// Time after which a statement of the probe has told enough: finding so many rows is slow.
    private static let timeout = Duration.seconds(2)
    /// How much cheaper checksums must be than what follows where they differ.
    private static let checksumAdvantage = 3.0
    /// How much dearer whole rows may be than hashes: they need no row to be fetched, and leave the servers' processors alone,
    /// which others need too.
    private static let rowAllowance = 1.25

    /// Chooses.
    ///
    /// - Parameters:
    ///   - relations: The sides as their servers know them.
    ///   - wanted: What the user asks for.
    /// - Returns: What should travel, and why.
    /// - Throws: A ``PostgresError`` if a server is lost, or `CancellationError`.
    func choose(_ relations: DiffSides, wanted: TransferMethod?) async throws -> Choice {
        let isProven = queries.left.hasProvenKey && queries.right.hasProvenKey
        guard isProven else { return Choice(method: .hashes) }
        if let wanted { return Choice(method: wanted) }
        let sizes = [relations.left, relations.right].map { $0.relation?.estimatedRowCount ?? 0 }
        guard sizes.allSatisfy({ $0 >= Self.leastRows }) else { return Choice(method: .hashes) }
        do {
            let latency = try await time(of: ("SELECT 1", "SELECT 1"))
            var times: [TransferMethod: Duration] = [:]
            // Each twice: the first time something may have to be read or compiled.
            for _ in 0..<2 {
                for method in TransferMethod.allCases {
                    let taken = try await time(of: method) - latency
                    times[method] = max(.microseconds(1), min(taken, times[method] ?? taken))
                }
            }
            return Self.choice(times)
        } catch let error as PostgresError
            where error.kind == .deadline || error.sqlState == .queryCanceled && error.kind == .server
        {
            for side in [sides.left, sides.right] { try await SnapshotSession.rewind(side.connection) }
            return Choice(method: .hashes)
        }
    }

    private static func choice(_ times: [TransferMethod: Duration]) -> Choice {
        func cost(_ method: TransferMethod) -> Double { (times[method] ?? .zero) / .microseconds(rowCount) }
        let streamed: TransferMethod = cost(.rows) <= cost(.hashes) * rowAllowance ? .rows : .hashes
        let method = cost(.checksums) * checksumAdvantage < cost(streamed) ? TransferMethod.checksums : streamed
        let figures = TransferMethod.allCases.map { "\($0.rawValue) \(String(hundredths: cost($0))) µs" }
        return Choice(method: method, reason: "measured per row: \(figures.joined(separator: ", "))")
    }

    /// How long both servers take for some rows, at once.
    private func time(of method: TransferMethod) async throws -> Duration {
        let count = Self.rowCount
        let statements = (queries.left.probe(method, rows: count), queries.right.probe(method, rows: count))
        return try await time(
            of: method == .checksums
                ? statements : (CopyBinary.sending(statements.0), CopyBinary.sending(statements.1)),
            isCopy: method != .checksums)
    }

    private func time(of statements: (SQL, SQL), isCopy: Bool = false) async throws -> Duration {
        let start = ContinuousClock.now
        async let one: Void = Self.drain(statements.0, isCopy, sides.left.connection)
        async let two: Void = Self.drain(statements.1, isCopy, sides.right.connection)
        _ = (try await one, try await two)
        return ContinuousClock.now - start
    }

    private static func drain(_ statement: SQL, _ isCopy: Bool, _ connection: Connection) async throws {
        guard isCopy else {
            _ = try await connection.rows(statement, limit: timeout)
            return
        }
        try await connection.withCopyOut(statement, limit: timeout) { pieces in
            while try await pieces.next() != nil {}
        }
    }
}

extension String {
    /// A number with two digits behind the point.
    fileprivate init(hundredths number: Double) {
        let whole = Int((number * 100).rounded())
        let rest = String(whole % 100)
        self = "\(whole / 100).\(rest.count == 1 ? "0" : "")\(rest)"
    }
}
