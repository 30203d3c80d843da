import CheckFiles
import Checks
import Foundation
import Postgres
import Results
import ServiceLevels

/// The way of service levels: what was recorded of the checks of each objective, judged by what was known at an instant.
struct AgreementFlow {
    let project: Project
    let connection: Connection
    let schema: String
    /// The target whose measurements count.
    let targetName: String

    /// Lends `body` the results of a project.
    static func reading<Value: Sendable>(
        _ loaded: Project, target: String, _ project: ProjectArguments, _ results: ResultsArguments,
        _ body: (AgreementFlow) async throws -> Value
    ) async throws -> Value {
        try await ResultsPlace.withConnection(project, results) { connection, schema in
            do {
                return try await body(
                    AgreementFlow(project: loaded, connection: connection, schema: schema, targetName: target))
            } catch let error as PostgresError where error.sqlState?.errorClass == "22" {
                throw CommandFailure(.usage, error.message, hint: "--as-of takes a time, as PostgreSQL reads it.")
            }
        }
    }

    /// Judges agreements over a period, or over the one that an instant lies in.
    ///
    /// - Parameters:
    ///   - names: Agreements; all if empty.
    ///   - periodName: Such as `2026-10`; `nil` means the period of the agreement that the instant lies in.
    ///   - text: The instant, as PostgreSQL reads it; now if `nil`.
    /// - Returns: One for each agreement.
    /// - Throws: A ``CommandFailure`` if there is no such agreement or check, a ``PostgresError`` if nothing can be read.
    func statuses(of names: [String], in periodName: String? = nil, asOf text: String?) async throws
        -> [AgreementStatus]
    {
        let agreements = try selected(names)
        let asOf = try await ServiceLevelReader.instant(text, on: connection)
        let reader = ServiceLevelReader(connection: connection, schema: schema, target: targetName, asOf: asOf)
        let scheduled = try await reader.checks()
        let named = periodName.flatMap { Agreement.period(named: $0, zone: .utc) }
        if let periodName, named == nil {
            throw CommandFailure(
                .usage, "\"\(periodName)\" is no period",
                hint: "Write a month such as 2026-10, or a quarter such as 2026-Q4.")
        }
        let around = named ?? TimeRange(asOf, asOf)
        let zones = try await self.zones(
            Set(agreements.map(\.agreement.zone)).union(scheduled.flatMap(\.zones)), around: around, reader)
        var statuses: [AgreementStatus] = []
        for declared in agreements {
            let agreement = declared.agreement
            let zone = zones[agreement.zone] ?? .utc
            let period =
                periodName.flatMap { Agreement.period(named: $0, zone: zone) }
                ?? agreement.period(containing: asOf, zone: zone)
            guard period.from < asOf else {
                throw CommandFailure(.usage, "\(agreement.name): the period has not begun by \(asOf.minutesText)")
            }
            statuses.append(try await status(of: agreement, in: period, zone, zones, scheduled, reader, asOf))
        }
        return statuses
    }

    private func status(
        of agreement: Agreement, in period: TimeRange, _ zone: ZoneRules, _ zones: [String: ZoneRules],
        _ scheduled: [ServiceLevelReader.ScheduledCheck], _ reader: ServiceLevelReader, _ asOf: Timestamp
    ) async throws -> AgreementStatus {
        let members = try agreement.objectives.map { objective in
            try CheckSelection(objective.checks).select(from: project.checks)
        }
        let day = 86_400_000_000
        let observations = try await reader.observations(
            of: Array(Set(members.flatMap { $0.map(\.id) })).sorted(),
            in: TimeRange(
                Timestamp(microseconds: period.from.microseconds - 31 * day),
                Timestamp(microseconds: period.to.microseconds + 2 * day)))
        let plans = Dictionary(
            scheduled.map { ($0.check, SlotPlan($0.versions, zones: zones)) }, uniquingKeysWith: { first, _ in first })
        let histories = members.map { checks in
            checks.map { check in
                CheckHistory(
                    check: check.id, dataset: check.dataset.name, plan: plans[check.id] ?? SlotPlan([], zones: [:]),
                    observations: observations[check.id] ?? [])
            }
        }
        let approved = try await reader.exclusions(in: period)
        let excluded = excluded(by: approved)
        var status = AgreementStatus(
            agreement, in: period, asOf: asOf, zone: zone, members: histories
        ) { excluded.ranges[$0.check] ?? TimeRanges() }
        let checks = Set(members.flatMap { $0.map(\.id) })
        status.exclusions = approved.filter { excluded.checks[$0.id]?.isDisjoint(with: checks) == false }
        return status
    }

    /// What is excluded of each check, and the checks of each exclusion.
    private func excluded(
        by exclusions: [ApprovedExclusion]
    ) -> (ranges: [String: TimeRanges], checks: [String: Set<String>]) {
        var (ranges, checks): ([String: TimeRanges], [String: Set<String>]) = ([:], [:])
        for exclusion in exclusions {
            // What no check of the project matches any more is about none.
            let matching = (try? CheckSelection([exclusion.scope]).select(from: project.checks)) ?? []
            checks[exclusion.id] = Set(matching.map(\.id))
            for check in matching {
                ranges[check.id] = (ranges[check.id] ?? TimeRanges()).union(TimeRanges(exclusion.range))
            }
        }
        return (ranges, checks)
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

    private func selected(_ names: [String]) throws -> [DeclaredAgreement] {
        guard !project.agreements.isEmpty else {
            throw CommandFailure(
                .usage, "the project has no agreement",
                hint: "Add a file with sla:, zone: and objectives: to the project.")
        }
        return names.isEmpty
            ? project.agreements
            : try names.map { name in
                guard let one = project.agreements.first(where: { $0.agreement.name == name }) else {
                    throw CommandFailure(
                        .usage, "there is no agreement \"\(name)\"",
                        hint: Suggestion.hint(for: name, among: project.agreements.map(\.agreement.name)))
                }
                return one
            }
    }
}
