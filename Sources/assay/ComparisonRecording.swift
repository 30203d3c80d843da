import Comparison
import ExactJSON
import Foundation
import Postgres
import Reporting
import Results

/// Records what comparisons came to, and says how often each was made.
struct ComparisonRecording {
    let settings: ConnectionSettings
    let schema: String
    /// Where the project is.
    let directory: String

    /// Differing rows that are recorded, at most.
    private static let rowCount = 20

    /// Records each of them, and notes in it how often it was compared.
    ///
    /// - Throws: A ``PostgresError`` if the results schema cannot be reached or written.
    func record(_ reports: inout [ComparisonReport]) async throws(PostgresError) {
        let connection = try await Connection.open(settings)
        do throws(PostgresError) {
            let state = try await Migrator(connection: connection, schema: schema).state()
            if let problem = state.problem(of: schema) {
                throw PostgresError(.client, problem.message, hint: problem.hint)
            }
            let ledger = ComparisonLedger(connection: connection, schema: schema)
            for index in reports.indices {
                let look = try await ledger.record(
                    Self.record(of: reports[index]), assay: Version.text,
                    revision: ProjectRevision.current(in: directory), host: ProcessInfo.processInfo.hostName)
                if case .model(var result) = reports[index], result.takenAt != nil {
                    result.look = look
                    reports[index] = .model(result)
                }
            }
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    private static func record(of report: ComparisonReport) -> ComparisonRecord {
        let document = report.document
        let body = JSONValue.object(document.members.filter { $0.name != "sample" })
        let sample = JSONValue.array(Array((document["sample"]?.elements ?? []).prefix(rowCount)))
        let (task, definition): (String, JSONValue) =
            switch report {
            case .diff(let result): ("diff", result.diff.definition)
            case .model(let result): (result.comparison.task.rawValue, result.comparison.definition)
            }
        var record = ComparisonRecord(
            id: RunIdentifier.new(), name: report.declaredName, task: task, definition: definition,
            verdict: report.verdict, reasons: report.reasons, body: body, sample: sample)
        switch report {
        case .diff(let result): record.observedAt = result.takenAt
        case .model(let result):
            record.observedAt = result.takenAt
            record.championVersion = result.comparison.champion.version
            record.challengerVersion = result.comparison.challenger.version
        }
        return record
    }
}
