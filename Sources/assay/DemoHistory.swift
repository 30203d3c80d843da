import CheckFiles
import Checks
import ExactJSON
import Postgres
import Results
import ServiceLevels
import StructuredSQL

/// Ninety days of the sample checks, up to the end of October 2025: what went wrong, and what people did about it.
struct DemoHistory {
    let project: Project
    let connection: Connection
    let schema: String
    let target: String

    /// The month that is reported, and when it is.
    static let period = "2025-10"
    static let reportedAt = "2025-11-04T08:00:00Z"
    /// An instant before the month is over.
    static let lookedAt = "2025-10-28T11:30:00Z"

    private static let hour = 3_600_000_000
    private static let first = "2025-08-03"
    private static let days = 90

    private static let checks = [
        "shop.orders.fresh", "shop.orders.row_count.per_day", "shop.orders.amount.in_range",
        "shop.orders.customer_id.references",
        "shop.orders.status.accepted_values", "shop.payments.fresh", "shop.payments.order_id.references",
    ]

    /// What happened to which checks, from one hour to another.
    private struct Trouble {
        var check: String?
        var outcome: Outcome?
        var from: String
        var to: String

        init(_ check: String?, _ outcome: Outcome?, _ from: String, _ to: String) {
            (self.check, self.outcome, self.from, self.to) = (check, outcome, from, to)
        }
    }

    private static let troubles = [
        Trouble("shop.orders.amount.in_range", .fail, "2025-08-19T02", "2025-08-19T05"),
        Trouble("shop.orders.customer_id.references", .fail, "2025-09-04T14", "2025-09-04T15"),
        Trouble("shop.payments.fresh", .fail, "2025-09-12T01", "2025-09-12T09"),
        Trouble("shop.orders.fresh", .fail, "2025-09-27T22", "2025-09-28T12"),
        // The nightly load broke: two checks saw it, one hour apart.
        Trouble("shop.orders.fresh", .fail, "2025-10-06T04", "2025-10-06T11"),
        Trouble("shop.orders.row_count.per_day", .fail, "2025-10-06T05", "2025-10-06T12"),
        // The runner stood still; then the warehouse did not answer.
        Trouble(nil, nil, "2025-10-13T15", "2025-10-13T20"),
        Trouble(nil, .error, "2025-10-21T03", "2025-10-21T05"),
        Trouble("shop.orders.status.accepted_values", .fail, "2025-10-14T09", "2025-10-14T10"),
        // A move that was announced.
        Trouble("shop.orders.fresh", .fail, "2025-10-18T22", "2025-10-19T03"),
        // The night in which clocks were put back.
        Trouble("shop.orders.amount.in_range", .fail, "2025-10-25T22", "2025-10-26T04"),
        Trouble("shop.payments.fresh", .fail, "2025-10-29T07", "2025-10-29T08"),
        // It is still going on when the month is over.
        Trouble("shop.payments.order_id.references", .fail, "2025-10-31T20", "2025-11-01T00"),
    ]

    /// Records the history.
    ///
    /// - Throws: A ``PostgresError`` if it cannot be written.
    func record() async throws {
        let importing = MeasurementImport(connection: connection, schema: schema)
        let lines = lines()
        let week = Self.checks.count * 24 * 7
        for start in stride(from: 0, to: lines.count, by: week) {
            _ = try await importing.record(
                Array(lines[start..<min(lines.count, start + week)]), of: target, assay: Version.text)
        }
        _ = try await connection.rows(ofEach: [endOfSchedules, try promises()] + exclusions + events)
    }

    // MARK: Measurements

    private func lines() -> [JSONValue] {
        let known = Dictionary(project.checks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let start = (CivilDate(Self.first)?.days ?? 0) * 24
        let planned = (start..<start + Self.days * 24).flatMap { hour -> [JSONValue] in
            let slot = Timestamp(microseconds: hour * Self.hour)
            return Self.checks.compactMap { id in known[id].flatMap { line($0, slot) } }
        }
        // The broken load was repaired, and its hours were looked at again in November.
        let repaired = known["shop.orders.fresh"].map { check in
            (4..<11).map { hour in
                let slot = Timestamp(microseconds: ((CivilDate("2025-10-06")?.days ?? 0) * 24 + hour) * Self.hour)
                let seen = Timestamp(microseconds: ((CivilDate("2025-11-02")?.days ?? 0) * 24 + 10) * Self.hour)
                return Self.line(check, .pass, slot, observed: seen, finished: seen, trigger: .backfill)
            }
        }
        return planned + (repaired ?? [])
    }

    private func line(_ check: Check, _ slot: Timestamp) -> JSONValue? {
        let hour = String(slot.text.prefix(13))
        let trouble = Self.troubles.first {
            ($0.check ?? check.id) == check.id && $0.from <= hour && hour < $0.to
        }
        if let trouble, trouble.outcome == nil { return nil }
        let seen = slot.advanced(by: .seconds(40))
        // One night everything took longer than it may.
        let isSlow = hour == "2025-10-09T06"
        return Self.line(
            check, trouble?.outcome ?? .pass, slot, observed: seen,
            finished: seen.advanced(by: .seconds(isSlow ? 2400 : 8)), trigger: .scheduled)
    }

    private static func line(
        _ check: Check, _ outcome: Outcome, _ slot: Timestamp, observed: Timestamp, finished: Timestamp,
        trigger: RunRecord.Trigger
    ) -> JSONValue {
        // About 90 orders an hour, of a table that is looked at as a whole.
        let total = 90 * (slot.microseconds / hour % 24 + 30)
        let members: [JSONValue.Member] = [
            .init("outcome", .string(outcome.rawValue)), .init("trigger", .string(trigger.rawValue)),
            .init("slot", .string(slot.text)), .init("observed_at", .string(observed.text)),
            .init("finished_at", .string(finished.text)), .init("recorded_at", .string(finished.text)),
        ]
        let rows: [JSONValue.Member] =
            outcome.isConclusive
            ? [
                .init("good", .number(String(outcome == .fail ? total - 45 : total))),
                .init("total", .number(String(total))),
            ] : []
        return .object(MeasurementImport.members(of: check) + members + rows)
    }

    // MARK: What was promised and decided

    /// Behind the history nothing was due, until somebody runs checks.
    private var endOfSchedules: SQL {
        """
        INSERT INTO \(identifier: schema, "schedule_version") (check_id, dataset, severity, owner, tags, schedule, valid_from, recorded_at)
        SELECT check_id, dataset, severity, owner, tags, NULL, '2025-11-01 00:00+00', '2025-11-01 00:00+00'
        FROM \(identifier: schema, "schedule_version")
        """
    }

    /// More was promised from the middle of October on.
    private func promises() throws -> SQL {
        let versions = try project.agreements.flatMap { declared -> [(AgreementVersion, String)] in
            let now = try project.version(of: declared.agreement, from: Timestamp(microseconds: 0))
            var before = now
            for index in before.agreement.objectives.indices
            where before.agreement.objectives[index].name == "revenue-correct" {
                before.agreement.objectives[index].target = TargetShare(numerator: 98, denominator: 100)
            }
            return [(before, "2025-08-01 00:00+02"), (now, "2025-10-16 00:00+02")]
        }
        let document = JSONValue.array(
            versions.map { version, from in
                [
                    "name": .string(version.agreement.name), "sha256": .string(version.sha256), "body": version.json,
                    "valid_from": .string(from),
                ]
            })
        return """
            INSERT INTO \(identifier: schema, "agreement_version") (name, sha256, body, valid_from, recorded_at)
            SELECT v.name, v.sha256, v.body, v.valid_from, v.valid_from
            FROM pg_catalog.jsonb_to_recordset(\(bind: document.compactText)::pg_catalog.jsonb)
                AS v (name text, sha256 text, body jsonb, valid_from timestamptz)
            ORDER BY v.valid_from
            """
    }

    /// A move of the warehouse that was approved before, and a change that was approved afterwards.
    private var exclusions: [SQL] {
        let (move, status) = ("01994a10-0000-7000-8000-000000000017", "0199e6c0-0000-7000-8000-000000000023")
        return [
            """
            INSERT INTO \(identifier: schema, "exclusion")
                (exclusion_id, scope, window_from, window_to, reason, ticket, requested_by, recorded_at)
            VALUES (\(bind: move), 'shop.*', '2025-10-18 21:00+00', '2025-10-19 04:00+00', 'the warehouse moves to the new server', 'OPS-17',
                    'mara', '2025-10-10 09:00+00'),
                (\(bind: status), 'shop.orders.status.*', '2025-10-14 08:30+00', '2025-10-14 10:30+00',
                    'a new status was rolled out before the check knew it', 'SHOP-231', 'jonas', '2025-10-15 08:00+00')
            """,
            """
            INSERT INTO \(identifier: schema, "exclusion_decision") (exclusion_id, decision, actor, recorded_at)
            VALUES (\(bind: move), 'approved', 'eve', '2025-10-13 12:00+00'), (\(bind: status), 'approved', 'eve', '2025-10-16 07:00+00')
            """,
        ]
    }

    /// What people did about the broken load, and about the night of the clocks.
    private var events: [SQL] {
        [
            """
            INSERT INTO \(identifier: schema, "incident_event")
                (target, check_id, first_bad, kind, actor, reason, link, impact_started_at, recorded_at)
            SELECT \(bind: target), e.* FROM (VALUES
                ('shop.orders.fresh', timestamptz '2025-10-06 04:00:40+00', 'notified', 'pager', 'finance-data by phone', NULL, NULL::timestamptz,
                    timestamptz '2025-10-06 04:02+00'),
                ('shop.orders.fresh', '2025-10-06 04:00:40+00', 'acknowledged', 'mara', NULL, NULL, NULL,
                    '2025-10-06 04:25+00'),
                ('shop.orders.fresh', '2025-10-06 04:00:40+00', 'resolved', 'mara', 'the load was started again', NULL, NULL, '2025-10-06 10:40+00'),
                ('shop.orders.fresh', '2025-10-06 04:00:40+00', 'postmortem', 'jonas', 'a disk of the loader was full',
                    'https://wiki.example.com/postmortems/2025-10-06', '2025-10-06 03:10+00', '2025-10-08 13:00+00'),
                ('shop.orders.row_count.per_day', '2025-10-06 05:00:40+00', 'acknowledged', 'mara', 'the same load', NULL, NULL, '2025-10-06 05:20+00'),
                ('shop.orders.amount.in_range', '2025-10-25 22:00:40+00', 'acknowledged', 'jonas', NULL, NULL, NULL, '2025-10-25 22:50+00'),
                ('shop.payments.fresh', '2025-10-29 07:00:40+00', 'noted', 'jonas', 'the provider was late; nothing is lost', NULL, NULL,
                    '2025-10-29 09:00+00')
            ) AS e (check_id, first_bad, kind, actor, reason, link, impact_started_at, recorded_at)
            """
        ]
    }
}
