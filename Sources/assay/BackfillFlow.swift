import Catalog
import Checks
import Execution
import Foundation
import Postgres
import Results

/// The way of a backfill: steps of a window, many at a time, each recorded as a run of its own.
///
/// What is recorded is done: interrupted, it goes on behind it. A part of the steps is there as a whole, or not at all.
struct BackfillFlow: Sendable {
    /// The run that all steps have in common, without a window.
    let flow: RunFlow
    /// Steps to evaluate, each a window.
    let steps: [(from: String, to: String)]
    /// Does steps again that are done.
    let repeats: Bool

    /// Steps evaluated and recorded together, in one snapshot.
    private static let stepsPerPart = 32

    /// What came of the steps.
    struct Outcome: Sendable {
        var runs: [RunRecord] = []
        /// Steps that were done before.
        var doneBefore = 0
        /// Of those, steps that failed.
        var failedBefore = 0
        var recordingError: String?
        var recordingHint: String?
    }

    /// Evaluates what is left to do; `report` takes the runs of each part when they are through.
    func run(report: @Sendable ([RunRecord]) -> Void) async throws -> Outcome {
        var outcome = Outcome()
        let recorder = try await openRecorder(&outcome)
        guard outcome.recordingError == nil else { return outcome }
        var remaining = steps
        if let recorder, !repeats {
            let done = try await recorder.ledger.finished(
                target: flow.request.targetName, definitionsSHA256: flow.definitionsDigest, among: steps)
            remaining = steps.enumerated().filter { done[$0.offset] == nil }.map(\.element)
            outcome.doneBefore = done.count
            outcome.failedBefore = done.values.count { $0 != 0 }
        }
        do {
            for start in stride(from: 0, to: remaining.count, by: Self.stepsPerPart) {
                let part = Array(remaining[start..<min(start + Self.stepsPerPart, remaining.count)])
                let runs = try await run(part, recorder: recorder?.recorder, &outcome)
                outcome.runs += runs
                report(runs)
                if outcome.recordingError != nil { break }
            }
        } catch {
            await recorder?.recorder.close()
            throw error
        }
        await recorder?.recorder.close()
        return outcome
    }

    private func openRecorder(_ outcome: inout Outcome) async throws -> (recorder: Recorder, ledger: BackfillLedger)? {
        guard let results = flow.request.results else { return nil }
        do {
            let connection = try await Connection.open(results.settings)
            let state = try await Migrator(connection: connection, schema: results.schema).state()
            if let problem = state.problem(of: results.schema) {
                (outcome.recordingError, outcome.recordingHint) = (problem.message, problem.hint)
                await connection.close()
                return nil
            }
            return (
                Recorder(connection: connection, schema: results.schema),
                BackfillLedger(connection: connection, schema: results.schema)
            )
        } catch {
            (outcome.recordingError, outcome.recordingHint) = (error.message, error.hint)
            return nil
        }
    }

    private func run(
        _ part: [(from: String, to: String)], recorder: Recorder?, _ outcome: inout Outcome
    ) async throws -> [RunRecord] {
        let request = flow.request
        let audit = try await Audit.begin(
            request.target, checks: request.checks, settings: request.settings, parameterValues: request.parameters,
            steps: part, past: { await flow.past(of: part, in: $0) }, observer: flow.progress.handle)
        let records = part.map { step in
            var record = flow.record(of: audit)
            record.window = step
            return record
        }
        do {
            guard let recorder else {
                try await audit.evaluate()
                try await audit.collectRows(into: nil)
                return finished(records, with: await audit.finish())
            }
            let done = FinishedRuns()
            _ = try await recorder.start(
                records, database: audit.capabilities.database, role: audit.capabilities.role,
                host: ProcessInfo.processInfo.hostName)
            try await withThrowingTaskGroup(of: Void.self) { group in
                // The leases are kept until everything is written, or another run would take these for dead.
                group.addTask { await flow.keepLease(of: records.map(\.id)) }
                try await audit.evaluate()
                try await recorder.record(records, keepsRows: await audit.keepsRows) { sink in
                    try await audit.collectRows(into: sink)
                } finish: {
                    let runs = finished(records, with: await audit.conclude(), isRecorded: true)
                    await done.set(runs)
                    return runs.map { run in
                        let status = RunFlow.Outcome(run: run).status(failsOnWarning: flow.failsOnWarning)
                        return (run, Int(status.rawValue))
                    }
                }
                group.cancelAll()
            }
            _ = await audit.finish()
            return await done.runs
        } catch {
            let results = finished(records, with: await audit.finish())
            if let recorder {
                // The task may be cancelled: what must still be said is said in a fresh one.
                let status = Task.isCancelled ? Interruption.status : .notRecorded
                await Task { for record in records { await flow.end(record, with: recorder, as: status) } }.value
            }
            guard let error = error as? PostgresError, error.kind != .cancelled, recorder != nil else { throw error }
            (outcome.recordingError, outcome.recordingHint) = (error.message, error.hint)
            return results
        }
    }

    /// The runs with their part of the results, which come step by step.
    private func finished(_ records: [RunRecord], with results: [CheckResult], isRecorded: Bool = false) -> [RunRecord]
    {
        let count = results.count / max(1, records.count)
        return records.enumerated().map { step, record in
            var record = record
            record.results = Array(results[step * count..<(step + 1) * count])
            record.finishedAt = flow.finishTime(record)
            record.warnings = flow.progress.warnings
            record.isRecorded = isRecorded
            return record
        }
    }
}

/// Carries the finished runs out of the transaction that recorded them.
private actor FinishedRuns {
    private(set) var runs: [RunRecord] = []

    func set(_ runs: [RunRecord]) {
        self.runs = runs
    }
}
