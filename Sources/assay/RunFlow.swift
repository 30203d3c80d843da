import Catalog
import CheckFiles
import Checks
import ExactJSON
import Execution
import Foundation
import Planning
import Postgres
import Results

/// The way of a run: evaluate, record, hand over.
///
/// Used by `run` and `demo`.
struct RunFlow: Sendable {
    /// What the caller decided.
    struct Request: Sendable {
        var targetName: String
        var target: ConnectionSettings
        var checks: [Check]
        var settings: AuditSettings
        /// Where to record; `nil` means nowhere.
        var results: (settings: ConnectionSettings, schema: String)?
        /// Where earlier runs are recorded, whether this one is or not; `nil` where no place is known.
        var history: (settings: ConnectionSettings, schema: String)?
        var parameters: [String: String] = [:]
        var window: (from: String, to: String)?
        var slot: String?
        /// All checks of the project.
        var project: [Check] = []
        /// The project's agreements, as they are recorded.
        var agreements: [String: JSONValue] = [:]
        var trigger: RunRecord.Trigger = .manual
        var projectRevision: String?
    }

    /// What came of it.
    struct Outcome: Sendable {
        var run: RunRecord
        /// Why the run is not in the results schema, although it should be.
        var recordingError: String?
        var recordingHint: String?

        /// The exit status, by the order of the contract.
        func status(failsOnWarning: Bool) -> ExitStatus {
            if run.count(of: .error) > 0 { return .notEvaluated }
            if recordingError != nil { return .notRecorded }
            if run.count(of: .fail) > 0 || (failsOnWarning && run.count(of: .warn) > 0) { return .failed }
            return .success
        }
    }

    let request: Request
    let progress: ProgressReporter
    let failsOnWarning: Bool

    func run() async throws -> Outcome {
        // The way to the results is long enough to be gone while the audit begins.
        async let resultsConnection = openResults()
        let audit: Audit
        do {
            audit = try await Audit.begin(
                request.target, checks: request.checks, settings: request.settings,
                parameterValues: request.parameters, window: request.window, slot: request.slot,
                past: { await self.past(of: request.window.map { [$0] } ?? [], in: $0) },
                observer: progress.handle)
        } catch let error as PostgresError where error.kind != .cancelled {
            return await unreachable(error, resultsConnection)
        }
        var record = self.record(of: audit)
        var outcome = Outcome(run: record)
        let recorder = await openRecorder(resultsConnection, for: record, audit: audit, outcome: &outcome)
        do {
            let runID = record.id
            // The lease is kept until everything is written, or another run would take this one for dead.
            outcome = try await withThrowingTaskGroup(of: Void.self) { group in
                var outcome = outcome
                if recorder != nil { group.addTask { await keepLease(of: [runID]) } }
                try await audit.evaluate()
                if let recorder { await self.record(audit, with: recorder, &outcome) }
                group.cancelAll()
                return outcome
            }
            try Task.checkCancellation()
            if !outcome.run.isRecorded {
                if recorder == nil || outcome.recordingError != nil { try await audit.collectRows(into: nil) }
                record.results = await audit.finish()
                record.finishedAt = finishTime(record)
                record.warnings = progress.warnings
                outcome.run = record
            }
            await recorder?.close()
            return outcome
        } catch {
            _ = await audit.finish()
            if let recorder {
                record.finishedAt = finishTime(record)
                // The run's own task is cancelled: what must still be said is said in a fresh one.
                let cancelled = record
                await Task { await end(cancelled, with: recorder, as: Interruption.status) }.value
                await recorder.close()
            }
            throw error
        }
    }

    /// What earlier runs recorded, for the checks that compare with it.
    func past(
        of windows: [(from: String, to: String)], in capabilities: ServerCapabilities
    ) async -> PlanningContext.PastAccess {
        guard request.checks.contains(where: { ($0.kind as? any PastKind)?.need != nil }) else { return .known([:]) }
        guard let history = request.history else {
            return .unavailable(
                CheckFailure(
                    .plan, "it compares with earlier runs, and none are recorded",
                    hint: "Add results: {target: …, schema: assay} to assay.yaml, or name a database with --results."))
        }
        do {
            let connection = try await Connection.open(history.settings)
            let reader = PastReader(
                connection: connection, schema: history.schema, target: request.targetName,
                database: capabilities.database)
            let past = try await reader.past(for: request.checks, windows: windows, slot: request.slot)
            await connection.close()
            return .known(past)
        } catch {
            return .unavailable(
                CheckFailure(
                    .plan, "earlier runs could not be read: \(error.message)", sqlState: error.sqlState?.rawValue,
                    hint: error.hint))
        }
    }

    // MARK: Recording

    /// A connection to the results server; `nil` if nothing is to be recorded.
    private func openResults() async -> Result<Connection, PostgresError>? {
        guard let results = request.results else { return nil }
        do throws(PostgresError) {
            return .success(try await Connection.open(results.settings))
        } catch {
            return .failure(error)
        }
    }

    private func openRecorder(
        _ connection: Result<Connection, PostgresError>?, for record: RunRecord, audit: Audit, outcome: inout Outcome
    ) async -> Recorder? {
        guard let results = request.results, let connection else { return nil }
        do {
            let recorder = Recorder(connection: try connection.get(), schema: results.schema)
            let abandoned = try await recorder.start(
                record, database: audit.capabilities.database, role: audit.capabilities.role,
                host: ProcessInfo.processInfo.hostName)
            if abandoned > 0 {
                let runs = abandoned == 1 ? "an earlier run" : "\(abandoned) earlier runs"
                progress.handle(.warning("\(runs) died without a word; marked abandoned"))
            }
            return recorder
        } catch {
            note(error, in: &outcome)
            return nil
        }
    }

    private func record(_ audit: Audit, with recorder: Recorder, _ outcome: inout Outcome, withRows: Bool = true) async
    {
        let initial = outcome.run
        let finished = FinishedRun()
        do {
            // Rows that explain a value are shown, and not recorded.
            let keepsRows = await audit.keepsRows
            if !keepsRows { try await audit.collectRows(into: nil) }
            try await recorder.record(initial, keepsRows: keepsRows) { sink in
                try await audit.collectRows(into: withRows ? sink : nil)
            } finish: {
                var run = initial
                run.results = await audit.conclude()
                if !withRows { run.results = run.results.map(\.withoutRecordedRows) }
                run.finishedAt = finishTime(run)
                run.warnings = progress.warnings
                run.isRecorded = true
                await finished.set(run)
                let status = Outcome(run: run).status(failsOnWarning: failsOnWarning)
                return (run, Int(status.rawValue))
            }
            if let run = await finished.run { outcome.run = run }
            _ = await audit.finish()
        } catch {
            guard !Task.isCancelled else { return }
            if withRows, ["22", "54"].contains((error as? PostgresError)?.sqlState?.errorClass) {
                // A row that the results schema cannot hold must not cost the run its measurements.
                progress.handle(
                    .warning("the failing rows could not be recorded: \((error as? PostgresError)?.message ?? "")"))
                return await record(audit, with: recorder, &outcome, withRows: false)
            }
            note(error, in: &outcome)
            await end(initial, with: recorder, as: .notRecorded)
        }
    }

    /// Ends a run that has no measurements: it must not look as if it were still running.
    ///
    /// If the recorder's connection is what broke, a new one says so.
    func end(_ run: RunRecord, with recorder: Recorder, as status: ExitStatus) async {
        let exitCode = Int(status.rawValue)
        if (try? await recorder.cancel(run, exitCode: exitCode)) != nil { return }
        guard let results = request.results, let connection = try? await Connection.open(results.settings) else {
            return
        }
        let other = Recorder(connection: connection, schema: results.schema)
        try? await other.cancel(run, exitCode: exitCode)
        await other.close()
    }

    private func note(_ error: any Error, in outcome: inout Outcome) {
        let known = error as? PostgresError
        let code = known?.sqlState.map { " (SQLSTATE \($0.rawValue))" } ?? ""
        outcome.recordingError = "\(known?.message ?? "\(error)")\(code)"
        outcome.recordingHint = known?.hint
    }

    /// Says every 20 s that the run is alive, on a connection of its own: the other one is in a transaction.
    func keepLease(of runIDs: [String]) async {
        guard let results = request.results else { return }
        var recorder: Recorder?
        while (try? await Task.sleep(for: .seconds(20))) != nil {
            if recorder == nil, let connection = try? await Connection.open(results.settings) {
                recorder = Recorder(connection: connection, schema: results.schema)
            }
            do {
                try await recorder?.renewLease(of: runIDs)
            } catch {
                progress.handle(.warning("the run's lease could not be renewed: \(error.message)"))
                await recorder?.close()
                recorder = nil
            }
        }
        await recorder?.close()
    }

    // MARK: The run's own facts

    func record(of audit: Audit) -> RunRecord {
        record(
            server: audit.capabilities.product, at: audit.snapshot.takenAt, snapshot: audit.consistency,
            schemas: audit.schemas)
    }

    private func record(
        server: String, at instant: Timestamp, snapshot: RunRecord.Consistency, schemas: [String: RelationSchema] = [:]
    ) -> RunRecord {
        var record = RunRecord(
            id: RunIdentifier.new(), target: request.targetName, server: server, startedAt: instant,
            observedAt: instant, snapshot: snapshot, trigger: request.trigger, assayVersion: Version.text,
            definitionsSHA256: definitionsDigest)
        record.window = request.window
        // A slot is on a whole minute, so that runs of every quarter of an hour are evenly spaced.
        let minute = 60_000_000
        record.slot =
            request.slot == "now"
            ? Timestamp(microseconds: instant.microseconds / minute * minute).text : request.slot
        record.projectRevision = request.projectRevision
        record.schemas = schemas
        record.project = request.project
        record.agreements = request.agreements
        return record
    }

    private let begun = ContinuousClock.now

    /// The server's time at the start and the time that has passed since: one clock, whatever this machine's says.
    func finishTime(_ record: RunRecord) -> Timestamp {
        record.startedAt.advanced(by: ContinuousClock.now - begun)
    }

    var definitionsDigest: String {
        // A value of a parameter is part of what a check asks.
        let lines =
            request.checks.map { "\($0.id)\t\($0.definition)" }.sorted()
            + request.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return Digest.sha256(lines.joined(separator: "\n"))
    }

    /// Without a server nothing is known of the data, and every check says so.
    private func unreachable(
        _ error: PostgresError, _ resultsConnection: Result<Connection, PostgresError>?
    ) async -> Outcome {
        let now = Timestamp(microseconds: Int(Date().timeIntervalSince1970 * 1_000_000))
        var record = record(server: "unreachable", at: now, snapshot: .none)
        let failure = CheckFailure(
            .plan, error.message, sqlState: error.sqlState?.rawValue,
            hint: error.hint
                ?? "The server of target \"\(request.targetName)\" cannot be reached; nothing was evaluated.")
        record.results = request.checks.map { check in
            var result = CheckResult(check: check, outcome: .error)
            result.failure = failure
            return result
        }
        var outcome = Outcome(run: record)
        await recordUnreachable(&outcome, resultsConnection)
        return outcome
    }

    /// An outage is a measurement too: where the results are elsewhere, it is recorded.
    private func recordUnreachable(
        _ outcome: inout Outcome, _ connection: Result<Connection, PostgresError>?
    ) async {
        guard let results = request.results, let connection else { return }
        do {
            let recorder = Recorder(connection: try connection.get(), schema: results.schema)
            let run = outcome.run
            _ = try await recorder.start(run, database: "", role: "", host: ProcessInfo.processInfo.hostName)
            try await recorder.record(
                run, keepsRows: false, rows: { _ in }, finish: { (run, Int(ExitStatus.notEvaluated.rawValue)) })
            await recorder.close()
            outcome.run.isRecorded = true
        } catch {
            note(error, in: &outcome)
        }
    }
}

/// Carries the finished run out of the transaction that recorded it.
private actor FinishedRun {
    private(set) var run: RunRecord?

    func set(_ run: RunRecord) {
        self.run = run
    }
}

extension CheckResult {
    /// The result with its rows on show only: the ledger must not count rows that it does not have.
    fileprivate var withoutRecordedRows: CheckResult {
        guard rows.keptCount > 0 else { return self }
        var result = self
        result.rows.keptCount = 0
        result.rows.problem = "the results schema cannot hold the failing rows of this run"
        return result
    }
}
