import Checks
import Postgres
import Results
import ServiceLevels

/// Reads what was seen of checks, some at a time: a year of a thousand checks need not be in memory as text.
struct HistoryLoader {
    let connection: Connection
    let schema: String
    let target: String
    let asOf: Timestamp
    var source = ObservationReader.Source.rollups

    /// Days of checks that are read at a time.
    private static let batch = 40_000

    /// The checks with their results.
    ///
    /// - Parameters:
    ///   - ids: Of checks.
    ///   - known: What is known of them besides.
    ///   - range: Of which slots are asked about; what came late is read, too.
    ///   - counting: Checks of which rows are counted.
    /// - Returns: By check.
    /// - Throws: A ``PostgresError`` if nothing can be read.
    func histories(
        of ids: [String], _ known: KnownChecks, in range: TimeRange, counting: Set<String> = []
    ) async throws -> [String: CheckHistory] {
        let reader = ObservationReader(
            connection: connection, schema: schema, target: target, asOf: asOf, source: source)
        // Nothing is known before it was seen; a day more is for clocks that are ahead.
        let read = TimeRange(
            range.from,
            Timestamp(
                microseconds: min(
                    range.to.microseconds + ObjectiveJudge.lookAhead, asOf.microseconds + 86_400_000_000)))
        let lookBack = Timestamp(microseconds: range.from.microseconds - ObjectiveJudge.lookBack)
        // A day is one run or a few, or as many measurements.
        let batch = source == .rollups ? Self.batch : Self.batch / 50
        let size = max(5, batch / (read.length / 86_400_000_000 + 1))
        var histories: [String: CheckHistory] = [:]
        for start in stride(from: 0, to: ids.count, by: size) {
            let part = ids[start..<min(ids.count, start + size)].map(known.history)
            let requests = part.map { history in
                ObservationReader.Request(
                    check: history.check, grid: history.plan.grid(in: TimeRange(lookBack, read.to)),
                    needsRows: counting.contains(history.check))
            }
            let results = try await reader.results(of: requests, in: read)
            for var history in part {
                history.results = results[history.check] ?? []
                histories[history.check] = history
            }
        }
        return histories
    }
}
