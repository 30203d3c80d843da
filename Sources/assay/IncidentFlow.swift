import CheckFiles
import Checks
import Postgres
import Results
import ServiceLevels

/// The way of incidents: times in which a check failed that has a schedule, whether an agreement has it or not.
struct IncidentFlow {
    let flow: AgreementFlow

    /// How many days back an incident is looked for by its name; further only where it is not found.
    private static let daysOfNames = [400, 3660]

    /// Incidents that were open at any time in the last days, by dataset and by when they began.
    ///
    /// - Parameter days: How many.
    /// - Returns: The incidents with what people did and said.
    /// - Throws: A ``PostgresError`` if nothing can be read.
    func incidents(days: Int) async throws -> [Incident] {
        let now = try await ServiceLevelReader.instant(nil, on: flow.connection)
        let reader = ServiceLevelReader(connection: flow.connection, schema: flow.schema, asOf: now)
        let scheduled = try await reader.checks()
        let range = TimeRange(Timestamp(microseconds: now.microseconds - days * 86_400_000_000), now)
        let zones = try await reader.zones(Set(scheduled.flatMap(\.zones)), around: range)
        let loader = HistoryLoader(
            connection: flow.connection, schema: flow.schema, target: flow.targetName, asOf: now)
        let histories = try await loader.histories(
            of: scheduled.map(\.check), KnownChecks(project: flow.project, scheduled: scheduled, zones: zones),
            in: range)
        let events = Dictionary(
            grouping: try await IncidentLedger(
                connection: flow.connection, schema: flow.schema, target: flow.targetName
            ).events(asOf: now), by: \.check)
        let key = Set(flow.project.agreements.flatMap(\.agreement.keyDatasets))
        return histories.values.flatMap { history in
            let timeline = StateTimeline(history.results, in: range, asOf: now)
            return history.incidents(
                timeline, in: range, asOf: now, isKey: key.contains(history.dataset), downtime: \.length
            )
            .map { incident in
                var incident = incident
                incident.attach(events[history.check] ?? [], until: now)
                return incident
            }
        }.sorted { ($0.dataset, $0.failure.firstBad, $0.check) < ($1.dataset, $1.failure.firstBad, $1.check) }
    }

    /// The incident that an id, its beginning, or a check names: of a check the last one.
    ///
    /// - Parameter name: As a person wrote it.
    /// - Returns: The incident.
    /// - Throws: A ``CommandFailure`` if there is none, or more than one.
    func incident(named name: String) async throws -> Incident {
        var found: [Incident] = []
        for days in Self.daysOfNames where found.isEmpty && !name.isEmpty {
            let all = try await incidents(days: days)
            let last = all.filter { $0.check == name }.max { $0.failure.firstBad < $1.failure.firstBad }
            found = last.map { [$0] } ?? all.filter { $0.id.hasPrefix(name.lowercased()) }
        }
        guard let incident = found.first, found.count == 1 else {
            throw CommandFailure(
                .usage, "\(found.isEmpty ? "no incident" : "more than one incident") is called \"\(name)\"",
                hint: "List them with: assay incident list")
        }
        return incident
    }
}
