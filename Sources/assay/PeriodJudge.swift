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
    /// The time of which anything is shown.
    let span: TimeRange
    /// Approved, of all checks, in that time.
    let exclusions: [ApprovedExclusion]

    /// An objective with what it promised in parts of a period.
    private typealias Promised = (objective: Objective, parts: [AgreementVersions.Part])

    /// The agreement's service levels.
    ///
    /// - Parameters:
    ///   - period: The last one of the span.
    ///   - earlier: The ones before it that are shown, oldest first.
    /// - Returns: What the agreement came to.
    /// - Throws: A ``PostgresError`` if nothing can be read.
    func status(in period: TimeRange, after earlier: [TimeRange]) async throws -> AgreementStatus {
        let last = versions.last(before: period.to)
        let objectives = versions.objectives(in: period)
        var agreement = last.agreement
        agreement.objectives = objectives.map(\.objective)
        let before = earlier.map { (period: $0, objectives: versions.objectives(in: $0)) }
        let all = objectives + before.flatMap(\.objectives)
        func members(_ promised: [Promised]) -> Set<String> { Set(promised.flatMap { $0.parts.flatMap(\.members) }) }
        let ids = members(all)
        let histories = try await histories(
            of: ids.sorted(), counting: members(all.filter { $0.objective.method == .rows }), period)
        let scopes = exclusions.map { (exclusion: $0, checks: known.selected(by: $0.scope, among: ids)) }
        let excluded = Self.excluded(scopes)
        var status = AgreementStatus(
            agreement, in: period, asOf: asOf, zone: zone,
            versions: objectives.map { Self.versions($0.parts, histories) }
        ) { excluded[$0.check] ?? TimeRanges() }
        status.definition = last.sha256
        status.exclusions = scopes.filter {
            !$0.exclusion.range.intersection(period).isEmpty && !$0.checks.isEmpty
        }.map(\.exclusion)
        status.addEarlier(
            before.filter { $0.period.from < asOf }.map { period, objectives in
                (period, judged(objectives, in: period, histories, excluded))
            })
        let events = try await IncidentLedger(
            connection: flow.connection, schema: flow.schema, target: flow.targetName
        ).events(asOf: asOf)
        status.attach(events)
        if detail == .report {
            let known = TimeRange(period.from, min(period.to, asOf))
            let changes = try await evidence.changes(in: known).filter { ids.contains($0.name) }
            status.changes = (versions.changes(in: known) + changes).sorted { $0.at < $1.at }
        }
        return status
    }

    /// Only the objectives of a period: what else there is to know of it stands in its own report.
    private func judged(
        _ objectives: [Promised], in period: TimeRange, _ histories: [String: CheckHistory],
        _ excluded: [String: TimeRanges]
    ) -> [ObjectiveResult] {
        let agreement = versions.last(before: period.to).agreement
        let judge = ObjectiveJudge(
            period: period, asOf: asOf, zone: zone, hours: agreement.hours?.instants(in: period, zone: zone)
        ) { excluded[$0.check] ?? TimeRanges() }
        return objectives.map { objective, parts in
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
        of ids: [String], counting: Set<String>, _ period: TimeRange
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
    private static func excluded(
        _ scopes: [(exclusion: ApprovedExclusion, checks: Set<String>)]
    ) -> [String: TimeRanges] {
        var ranges: [String: TimeRanges] = [:]
        for (exclusion, checks) in scopes {
            for id in checks { ranges[id] = (ranges[id] ?? TimeRanges()).union(TimeRanges(exclusion.range)) }
        }
        return ranges
    }
}
