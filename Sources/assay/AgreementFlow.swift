import CheckFiles
import Checks
import Foundation
import Postgres
import Results
import ServiceLevels
import StructuredSQL

/// The way of service levels: what was promised and what was recorded of its checks, judged by what was known at an instant.
struct AgreementFlow {
    /// How much is asked for.
    enum Detail {
        /// What there is to know now.
        case status
        /// Earlier periods, changes and restatements, too.
        case report
    }

    let project: Project
    let connection: Connection
    let schema: String
    /// The target whose measurements count.
    let targetName: String
    var source = ObservationReader.Source.rollups
    /// When everything was committed that says it was known then; `nil` where nobody waited for that.
    var settledAt: Timestamp?

    /// Lends `body` the results of a project, as they are at one instant.
    ///
    /// - Parameters:
    ///   - loaded: The project.
    ///   - target: The target whose measurements count.
    ///   - project: Where the project is.
    ///   - results: Where its results are.
    ///   - settles: Whether that instant waits for what is being recorded, so that the same can be read again.
    ///   - body: Is lent the flow.
    /// - Returns: What `body` returns.
    /// - Throws: A ``CommandFailure`` if there are no results, and what `body` throws.
    static func reading<Value: Sendable>(
        _ loaded: Project, target: String, _ project: ProjectArguments, _ results: ResultsArguments,
        settles: Bool = false, _ body: (AgreementFlow) async throws -> Value
    ) async throws -> Value {
        try await ResultsPlace.withConnection(project, results) { connection, schema in
            do {
                let settled = settles ? try await ServiceLevelReader.settledInstant(on: connection) : nil
                if settled?.isSettled == false {
                    Console.note(
                        "assay: transactions of before are still open; what they record makes a later revision")
                }
                // Marks, roll-ups and measurements must be of one snapshot.
                try await connection.execute(script: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                var flow = AgreementFlow(
                    project: loaded, connection: connection, schema: schema, targetName: target)
                flow.settledAt = settled?.instant
                return try await body(flow)
            } catch let error as PostgresError where error.sqlState?.errorClass == "22" {
                throw CommandFailure(.usage, error.message, hint: "--as-of takes a time, as PostgreSQL reads it.")
            }
        }
    }

    /// Judges agreements over a period, or over the one that an instant lies in.
    ///
    /// - Parameters:
    ///   - names: Agreements, also such as the project has no more; all of the project if empty.
    ///   - periodName: Such as `2026-10`; `nil` means the period of the agreement that the instant lies in.
    ///   - text: The instant, as PostgreSQL reads it; now if `nil`.
    ///   - detail: How much is asked for.
    /// - Returns: One for each agreement.
    /// - Throws: A ``CommandFailure`` if there is no such agreement or check, a ``PostgresError`` if nothing can be read.
    func statuses(
        of names: [String], in periodName: String? = nil, asOf text: String?, detail: Detail
    ) async throws -> [AgreementStatus] {
        let asOf = try await ServiceLevelReader.instant(text, on: connection)
        let recorded = try await AgreementLedger(connection: connection, schema: schema).versions(asOf: asOf)
        let agreements = try selected(names, recorded)
        let reader = ServiceLevelReader(connection: connection, schema: schema, asOf: asOf)
        let scheduled = try await reader.checks()
        let named = periodName.flatMap { Agreement.period(named: $0, zone: .utc) }
        if let periodName, named == nil {
            throw CommandFailure(
                .usage, "\"\(periodName)\" is no period",
                hint: "Write a month such as 2026-10, or a quarter such as 2026-Q4.")
        }
        let around = named ?? TimeRange(asOf, asOf)
        let zones = try await self.zones(
            Set(agreements.map { $0.last(before: around.to).agreement.zone }).union(scheduled.flatMap(\.zones)),
            around: around, reader)
        let known = KnownChecks(project: project, scheduled: scheduled, zones: zones)
        var statuses: [AgreementStatus] = []
        for versions in agreements {
            let agreement = versions.last(before: around.to).agreement
            let zone = zones[agreement.zone] ?? .utc
            let period =
                periodName.flatMap { Agreement.period(named: $0, zone: zone) }
                ?? agreement.period(containing: asOf, zone: zone)
            guard period.from < asOf else {
                throw CommandFailure(.usage, "\(agreement.name): the period has not begun by \(asOf.minutesText)")
            }
            // The periods before it, oldest first, where a report shows them.
            let earlier = detail == .report ? agreement.periods(before: period, zone: zone) : []
            let span = TimeRange((earlier.first ?? period).from, period.to)
            let judge = PeriodJudge(
                flow: self, versions: versions, zone: zone, asOf: asOf, detail: detail, known: known, span: span,
                exclusions: try await reader.exclusions(in: span))
            statuses.append(try await judge.status(in: period, after: earlier))
        }
        return statuses
    }

    private func zones(
        _ names: Set<String>, around range: TimeRange, _ reader: ServiceLevelReader
    ) async throws -> [String: ZoneRules] {
        do {
            return try await reader.zones(names, around: range)
        } catch  where error.sqlState?.errorClass == "22" {
            throw CommandFailure(.usage, error.message, hint: "Zones have IANA names, such as Europe/Berlin.")
        }
    }

    /// What agreements said when; what was never recorded says what its file says.
    private func selected(_ names: [String], _ recorded: [String: [AgreementVersion]]) throws -> [AgreementVersions] {
        guard !project.agreements.isEmpty || !names.isEmpty else {
            throw CommandFailure(
                .usage, "the project has no agreement",
                hint: "Add a file with sla:, zone: and objectives: to the project.")
        }
        return try (names.isEmpty ? project.agreements.map(\.agreement.name) : names).map { name in
            let declared = project.agreements.first { $0.agreement.name == name }?.agreement
            if let known = recorded[name], let versions = AgreementVersions(known) {
                if let declared { noteChange(of: declared, since: known) }
                return versions
            }
            guard let declared else {
                let all = project.agreements.map(\.agreement.name) + recorded.keys
                throw CommandFailure(
                    .usage, "there is no agreement \"\(name)\"", hint: Suggestion.hint(for: name, among: all))
            }
            return AgreementVersions(always: try project.version(of: declared, from: Timestamp(microseconds: 0)))
        }
    }

    /// Says that a file was changed since the last run: what is not recorded is not promised yet.
    private func noteChange(of declared: Agreement, since known: [AgreementVersion]) {
        guard let last = known.last, let now = try? project.version(of: declared, from: last.from),
            now.sha256 != last.sha256
        else { return }
        Console.note(
            "assay: the file of \(declared.name) says something else than was recorded \(last.from.minutesText); "
                + "it holds from the next recorded run on")
    }
}
