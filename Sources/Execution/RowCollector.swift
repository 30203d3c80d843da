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

    /// Failing rows by position of the check.
    let failing: [Int: Int]
    /// Where failing rows are, by probe.
    let addresses: [Probe.ID: RowAddresses]
    /// Conditions on the rows that are wanted, by position of the check.
    let selections: [Int: SQL]
    /// Checks whose value is to be explained: whether it is too great, and the rows of which group it is about.
    let evidence: [Int: (isTooGreat: Bool, selection: SQL?)]
    /// Ids of all checks of the plan.
    private let checks: [String]

    init(
        plan: Plan, pool: ConnectionPool, settings: AuditSettings, translator: FailureTranslator,
        observer: @escaping RunObserver, failing: [Int: Int], addresses: [Probe.ID: RowAddresses],
        selections: [Int: SQL], evidence: [Int: (isTooGreat: Bool, selection: SQL?)]
    ) {
        self.plan = plan
        self.pool = pool
        self.settings = settings
        self.translator = translator
        self.observer = observer
        self.failing = failing
        self.addresses = addresses
        self.selections = selections
        self.evidence = evidence
        checks = plan.checks.map(\.check.id)
    }

    /// - Parameter sink: Takes every kept row; its errors end the pass.
    /// - Returns: What was kept, by position of the check.
    /// - Throws: `CancellationError`, or what the sink throws.
    func collect(into sink: RowSink?) async throws -> [Int: FailingRows] {
        let fetches =
            RowFetchPlanner.fetches(
                of: plan, failing: failing, addresses: addresses, selections: selections)
            + evidence.sorted { $0.key < $1.key }.compactMap { check, wanted in
                RowFetchPlanner.evidence(
                    for: check, isTooGreat: wanted.isTooGreat, selection: wanted.selection, in: plan)
            }
        observer(.fetching(statements: fetches.count))
        return try await concurrently(fetches, atMost: settings.jobs) { try await run($0, sink: sink) }
            .reduce(into: [:]) { result, kept in result.merge(kept) { _, new in new } }
    }

    private func run(_ fetch: RowFetch, sink: RowSink?) async throws -> [Int: FailingRows] {
        let kept = KeptSoFar(checks: fetch.wanted.map(\.check))
        let start = ContinuousClock.now
        do {
            try await pool.withConnection { connection in
                try await prepare(fetch, on: connection)
                try await stream(fetch, on: connection, into: kept, sink: sink)
            }
        } catch is RowsMoved {
            // Nothing has come yet: the rows are looked for as if nobody knew where they are.
            let failing = self.failing.filter { check, _ in fetch.wanted.contains { $0.check == check } }
            var kept: [Int: FailingRows] = [:]
            for fetch in RowFetchPlanner.fetches(of: plan, failing: failing, selections: selections) {
                kept.merge(try await run(fetch, sink: sink)) { _, new in new }
            }
            return kept
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

    /// The table was written anew since its rows were noted.
    private struct RowsMoved: Error {}

    /// Goes back to the session's settings, whatever the statement before left, and makes the fetch's own.
    private func prepare(_ fetch: RowFetch, on connection: Connection) async throws {
        // How long it takes depends on who takes the rows; the wait for each piece is bounded instead.
        var statements = [SnapshotSession.rewinding, SnapshotSession.setting("statement_timeout", "0")]
        // Handing over few rows costs helpers nothing, whatever the estimates expect.
        if fetch.findsFew { statements.append(SnapshotSession.setting("parallel_tuple_cost", "0")) }
        if let assumption = fetch.assumption { statements.append(assumption.question) }
        let answers = try await connection.rows(ofEach: statements)
        if let assumption = fetch.assumption, answers.last?.first?[0] != assumption.answer { throw RowsMoved() }
    }

    private func stream(
        _ fetch: RowFetch, on connection: Connection, into kept: KeptSoFar, sink: RowSink?
    ) async throws {
        var reader = RowReader(fetch: fetch, checks: checks, holdsAnyBytes: await connection.holdsAnyBytes)
        try await connection.withCopyOut(CopyBinary.sending(fetch.statement), limit: settings.clientLimit) { pieces in
            while let bytes = try await pieces.next() {
                let rows = try reader.rows(in: bytes)
                for entry in rows.entries where entry.ordinal <= settings.sampleSize {
                    kept.rows[entry.check]?.sample.append(try value(rows.text(entry.row), of: entry.check))
                }
                // Rows that explain a value do not fail, and are not recorded.
                guard !fetch.isEvidence else { continue }
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
