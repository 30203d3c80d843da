import Catalog
import Checks
import ExactJSON
import Execution
import Introspection
import Planning
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// Days on which clocks change, in zones that do it in different ways.
///
/// Of 2026, by the IANA database: Berlin and New York an hour, Lord Howe half an hour, Santiago at midnight, so that one
/// day has none. Hours are what lies between one local midnight and the next.
struct ClockChangeTests {
    /// A zone, a day on which clocks change, and how many half hours it has.
    struct Change: Sendable, CustomTestStringConvertible {
        var zone: String
        var day: String
        var halfHours: Int

        var testDescription: String { "\(zone) \(day)" }
    }

    static let changes = [
        Change(zone: "Europe/Berlin", day: "2026-03-29", halfHours: 46),
        Change(zone: "Europe/Berlin", day: "2026-10-25", halfHours: 50),
        Change(zone: "America/New_York", day: "2026-03-08", halfHours: 46),
        Change(zone: "America/New_York", day: "2026-11-01", halfHours: 50),
        Change(zone: "America/Santiago", day: "2026-09-06", halfHours: 46),
        Change(zone: "America/Santiago", day: "2026-04-04", halfHours: 50),
        Change(zone: "Australia/Lord_Howe", day: "2026-10-04", halfHours: 47),
        Change(zone: "Australia/Lord_Howe", day: "2026-04-05", halfHours: 49),
    ]

    /// A row for every half hour from two days before to two days after, as an instant, on the local clock, and its day.
    private static func script(_ change: Change) -> SQL {
        """
        CREATE TABLE feed AS
        SELECT at, at AT TIME ZONE \(bind: change.zone) AS local, (at AT TIME ZONE \(bind: change.zone))::date AS day
        FROM generate_series((\(bind: change.day)::date - 2)::timestamp AT TIME ZONE \(bind: change.zone),
            (\(bind: change.day)::date + 3)::timestamp AT TIME ZONE \(bind: change.zone) - interval '30 minutes', '30 minutes') AS at;
        CREATE INDEX ON feed (at)
        """
    }

    private func result(
        _ check: String, _ change: Change, column: String = "at", on database: TestServer.Database,
        window: (from: String, to: String)? = nil
    ) async throws -> CheckResult {
        let suite = "dataset: feed\nkeep: all\ntime: {column: \(column), zone: \(change.zone)}\nchecks: [\(check)]"
        return try await TestProject.run(TestProject.checks(suite), on: database, window: window)[0]
    }

    @Test(arguments: changes)
    func everyPeriodHasDataWhetherTheDayIsShortOrLong(change: Change) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.script(change))
            for column in ["at", "local", "day"] {
                let days = try await result(
                    "{sequence_without_gaps: {every: day}}", change, column: column, on: database)
                #expect(days.failing == 0 && days.total == 5, "\(column)")
            }
            let hours = try await result("{sequence_without_gaps: {every: hour}}", change, on: database)
            #expect(hours.failing == 0)
            // A missing day is one period, a missing hour of a day with a change is one, too.
            try await database.execute("DELETE FROM feed WHERE day = \(bind: change.day)::date")
            let missing = try await result("{sequence_without_gaps: {every: day}}", change, on: database)
            #expect(missing.rows.sample.map(\.compactText) == [#"{"missing":"\#(change.day)T00:00:00"}"#])
        }
    }

    @Test(arguments: changes)
    func aWindowOfADayHasTheHoursOfTheDay(change: Change) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.script(change))
            let bounds = try await database.rows(
                """
                SELECT (\(bind: change.day)::timestamp AT TIME ZONE \(bind: change.zone))::text,
                    ((\(bind: change.day)::date + 1)::timestamp AT TIME ZONE \(bind: change.zone))::text
                """)[0]
            let window = (from: bounds[0] ?? "", to: bounds[1] ?? "")
            for column in ["at", "day"] {
                let count = try await result(
                    "{row_count: {min: 1}}", change, column: column, on: database, window: window)
                #expect(count.value == "\(change.halfHours)", "\(column)")
            }
            let perDay = try await result(
                "{row_count: {equals: \(change.halfHours), per: day}}", change, on: database, window: window)
            #expect(perDay.failing == 0 && perDay.total == 1)
            // What the local clock shows twice is in the window both times; what it never shows is not there.
            let local = try await result("{row_count: {min: 1}}", change, column: "local", on: database, window: window)
            #expect(local.value == "\(change.halfHours)")
        }
    }

    /// Asked as of noon on the day of the change: 06:00 is as far from midnight as the clock makes it.
    @Test(arguments: changes)
    func aDeadlineIsATimeOnTheLocalClock(change: Change) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.script(change))
            let expected = try await database.rows(
                """
                SELECT count(*) FROM feed WHERE local::date = \(bind: change.day)::date AND local::time < '06:00'
                    AND at < (\(bind: change.day)::date + time '06:00') AT TIME ZONE \(bind: change.zone)
                """)[0][0]
            let checks = try TestProject.checks(
                "dataset: feed\ntime: {column: at, zone: \(change.zone)}\nchecks: [{loaded_by: '06:00'}]")
            let connection = try await Connection.open(database.settings)
            let catalog = try await Introspector(connection: connection).snapshot(
                of: [RelationName(schema: nil, name: "feed")], searchPath: ["public"])
            await connection.close()
            let noon: SQL = "((\(bind: change.day)::date + time '12:00') AT TIME ZONE \(bind: change.zone))"
            let plan = Planner.plan(checks, in: PlanningContext(catalog: catalog, now: noon))
            let value = try await database.rows(plan.scans[0].statement(in: plan))[0][0]
            #expect(value == expected)
            #expect(try await database.rows("SELECT count(*) FROM feed WHERE local::time < '06:00'")[0][0] != value)
        }
    }

    @Test
    func aLocalTimeWithoutAZoneIsRefused() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute("CREATE TABLE feed (local timestamp, day date)")
            for check in ["{fresh: 1h}", "{retention: 1d}", "{loaded_by: '08:00'}", "{not_in_future: local}"] {
                let checks = try TestProject.checks("dataset: feed\ntime: local\nchecks: [\(check)]")
                let result = try await TestProject.run(checks, on: database)[0]
                #expect(result.outcome == .error && result.failure?.hint?.contains("zone") == true, "\(check)")
            }
        }
    }
}
