import Catalog
package import Checks
import ExactJSON
import Planning
import Postgres
import StructuredSQL

/// Takes failing rows as they come, from several statements at once.
package typealias RowSink = @Sendable (KeptRows) async throws -> Void

/// Runs the second pass: brings the failing rows, keeps a few, hands all of them on.
struct RowCollector: Sendable {
    let plan: Plan
    let pool: ConnectionPool
    let settings: AuditSettings
    let translator: FailureTranslator
    let observer: RunObserver

    /// - Parameters:
    ///   - failing: Failing rows by position of the check.
    ///   - addresses: Where failing rows are, by probe.
    ///   - sink: Takes every kept row; its errors end the pass.
    /// - Returns: What was kept, by position of the check.
    /// - Throws: `CancellationError`, or what the sink throws.
    func collect(
        failing: [Int: Int], addresses: [Probe.ID: RowAddresses], sink: RowSink?
    ) async throws -> [Int: FailingRows] {
        let fetches = RowFetchPlanner.fetches(of: plan, failing: failing, addresses: addresses)
        observer(.fetching(statements: fetches.count))
        return try await concurrently(fetches, atMost: settings.jobs) { try await run($0, sink: sink) }
            .reduce(into: [:]) { result, kept in result.merge(kept) { _, new in new } }
    }

    private func run(_ fetch: RowFetch, sink: RowSink?) async throws -> [Int: FailingRows] {
        let kept = KeptSoFar(checks: fetch.wanted.map(\.check))
        let start = ContinuousClock.now
        do {
            try await pool.withConnection { connection in
                do {
                    // How long it takes depends on who takes the rows; the wait for each piece is bounded instead.
                    var preparing = [SnapshotSession.rewinding, SnapshotSession.setting("statement_timeout", "0")]
                    // Handing over few rows costs helpers nothing, whatever the estimates expect.
                    if fetch.findsFew { preparing.append(SnapshotSession.setting("parallel_tuple_cost", "0")) }
                    _ = try await connection.rows(ofEach: preparing)
                    try await stream(fetch, on: connection, into: kept, sink: sink)
                } catch {
                    if (error as? PostgresError)?.endsSession != true { try? await SnapshotSession.rewind(connection) }
                    throw error
                }
                try await SnapshotSession.rewind(connection)
            }
        } catch let failure as SinkFailure {
            throw failure.underlying
        } catch let error as PostgresError {
            if error.kind == .cancelled { throw CancellationError() }
            for (check, _) in fetch.wanted {
                let planned = plan.checks[check]
                let failure = translator.failure(
                    error, phase: .rows, statement: fetch.statement, relation: planned.relation?.name,
                    hidesValues: !planned.check.dataset.masking.isEmpty)
                let code = failure.sqlState.map { " (SQLSTATE \($0))" } ?? ""
                kept.rows[check]?.problem = "its rows could not be fetched: \(failure.message)\(code)"
            }
        }
        let cost = (ContinuousClock.now - start) / max(1, fetch.wanted.count)
        for (check, _) in fetch.wanted { kept.rows[check]?.cost = cost }
        observer(.fetched(dataset: fetch.dataset, rows: kept.rows.values.reduce(0) { $0 + $1.keptCount }))
        return kept.rows
    }

    /// What one statement has brought so far; counted as it goes, so that rows that went on are never forgotten.
    private final class KeptSoFar {
        var rows: [Int: FailingRows]

        init(checks: [Int]) {
            rows = Dictionary(uniqueKeysWithValues: checks.map { ($0, FailingRows()) })
        }
    }

    /// An error of whoever takes the rows, which says nothing about the server they come from.
    private struct SinkFailure: Error {
        var underlying: any Error
    }

    private func stream(
        _ fetch: RowFetch, on connection: Connection, into kept: KeptSoFar, sink: RowSink?
    ) async throws {
        var reader = RowReader(
            fetch: fetch, checks: plan.checks.map(\.check.id), holdsAnyBytes: await connection.holdsAnyBytes)
        // COPY takes no parameters; every value is in the text as a quoted literal.
        let copy: SQL = "COPY (\(SQL(quotedByServer: fetch.statement.literalText))) TO STDOUT (FORMAT binary)"
        try await connection.withCopyOut(copy, limit: settings.clientLimit) { pieces in
            while let bytes = try await pieces.next() {
                let rows = try reader.rows(in: bytes)
                for entry in rows.entries where entry.ordinal <= settings.sampleSize {
                    kept.rows[entry.check]?.sample.append(try value(rows.text(entry.row), of: entry.check))
                }
                do {
                    try await sink?(rows)
                } catch {
                    throw SinkFailure(underlying: error)
                }
                for entry in rows.entries { kept.rows[entry.check]?.keptCount = entry.ordinal }
            }
        }
    }

    private func value(_ text: String, of check: Int) throws(PostgresError) -> JSONValue {
        do {
            return try JSONValue(parsing: text)
        } catch {
            throw PostgresError(.client, "a failing row of \(plan.checks[check].check.id) is not JSON")
        }
    }
}
