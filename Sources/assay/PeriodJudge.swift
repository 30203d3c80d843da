import Checks
import Results
import ServiceLevels

/// Judges one agreement over a period, and over the ones before it where a report shows them.
struct PeriodJudge {
    let flow: AgreementFlow
    let versions: AgreementVersions
    let zone: ZoneRules
    let asOf: Timestamp
    let detail: AgreementFlow.Detail
    let known: KnownChecks
    /// Approved, of all checks.
    let exclusions: [ApprovedExclusion]

    /// The time of which anything is shown.
    static func span(
        of agreement: Agreement, _ period: TimeRange, _ zone: ZoneRules, _ detail: AgreementFlow.Detail
    ) -> TimeRange {
        let first = detail == .report ? agreement.periods(before: period, zone: zone).first : nil
        return TimeRange((first ?? period).from, period.to)
    }

    /// The agreement's service levels.
    func status(in period: TimeRange) async throws -> AgreementStatus {
        var agreement = versions.last(before: period.to).agreement
        let earlier = detail == .report ? agreement.periods(before: period, zone: zone) : []
        let objectives = versions.objectives(in: period)
        agreement.objectives = objectives.map(\.objective)
        let all = [period] + earlier
        let ids = Set(all.flatMap { versions.objectives(in: $0) }.flatMap { $0.parts.flatMap(\.members) })
        let counting = Set(
            all.flatMap { versions.objectives(in: $0) }.filter { $0.objective.method == .rows }
                .flatMap { $0.parts.flatMap(\.members) })
        let histories = try await histories(
            of: ids.sorted(), counting: counting, in: Self.span(of: agreement, period, zone, detail), period)
        let excluded = excluded(of: ids)
        var status = AgreementStatus(
            agreement, in: period, asOf: asOf, zone: zone,
            versions: objectives.map { Self.versions($0.parts, histories) }
        ) { excluded[$0.check] ?? TimeRanges() }
        status.definition = versions.last(before: period.to).sha256
        status.exclusions = exclusions.filter { one in
            !one.range.intersection(period).isEmpty && ids.contains { known.selects(one.scope, $0) }
        }
        status.addEarlier(earlier.filter { $0.from < asOf }.map { ($0, judgedObjectives($0, histories, excluded)) })
        let events = try await IncidentLedger(
            connection: flow.connection, schema: flow.schema, target: flow.targetName
        ).events(asOf: asOf)
        status.attach(events)
        if detail == .report {
            let evidence = evidence
            let changes = try await evidence.changes(in: TimeRange(period.from, min(period.to, asOf)))
            status.changes =
                (versions.changes(in: TimeRange(period.from, min(period.to, asOf)))
                + changes.filter { ids.contains($0.name) }).sorted { $0.at < $1.at }
        }
        return status
    }

    /// Only the objectives of a period: what else there is to know of it stands in its own report.
    private func judgedObjectives(
        _ period: TimeRange, _ histories: [String: CheckHistory], _ excluded: [String: TimeRanges]
    ) -> [ObjectiveResult] {
        let agreement = versions.last(before: period.to).agreement
        let judge = ObjectiveJudge(
            period: period, asOf: asOf, zone: zone, hours: agreement.hours?.instants(in: period, zone: zone)
        ) { excluded[$0.check] ?? TimeRanges() }
        return versions.objectives(in: period).map { objective, parts in
            judge.judge(objective, Self.versions(parts, histories))
        }
    }

    private static func versions(
        _ parts: [AgreementVersions.Part], _ histories: [String: CheckHistory]
    ) -> [ObjectiveVersion] {
        parts.map { part in
            ObjectiveVersion(
                range: part.range, target: part.target, members: part.members.compactMap { histories[$0] })
        }
    }

    private var evidence: EvidenceReader {
        EvidenceReader(connection: flow.connection, schema: flow.schema, target: flow.targetName, asOf: asOf)
    }

    /// The checks with what was seen of them, and in a report what was made afterwards.
    private func histories(
        of ids: [String], counting: Set<String>, in span: TimeRange, _ period: TimeRange
    ) async throws -> [String: CheckHistory] {
        let loader = HistoryLoader(
            connection: flow.connection, schema: flow.schema, target: flow.targetName, asOf: asOf, source: flow.source)
        var histories = try await loader.histories(of: ids, known, in: span, counting: counting)
        guard detail == .report else { return histories }
        let definitions = try await evidence.definitions(of: ids, in: period)
        let restatements = try await evidence.restatements(in: span)
        for id in ids {
            histories[id]?.definition = definitions[id]
            histories[id]?.restatements = restatements[id] ?? []
        }
        return histories
    }

    /// What is excluded of each check.
    private func excluded(of ids: Set<String>) -> [String: TimeRanges] {
        var ranges: [String: TimeRanges] = [:]
        for exclusion in exclusions {
            for id in ids where known.selects(exclusion.scope, id) {
                ranges[id] = (ranges[id] ?? TimeRanges()).union(TimeRanges(exclusion.range))
            }
        }
        return ranges
    }
}
