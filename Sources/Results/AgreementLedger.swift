package import Checks
package import ExactJSON
package import Postgres
package import ServiceLevels
import StructuredSQL

extension AgreementVersion {
    /// The document that is recorded; the same text for the same promise.
    package var json: JSONValue {
        [
            "sla": .string(agreement.name), "description": .string(ifPresent: agreement.description),
            "consumer": .string(ifPresent: agreement.consumer), "owner": .string(ifPresent: agreement.owner),
            "period": .string(agreement.period.text), "zone": .string(agreement.zone),
            "hours": agreement.hours.map { hours in
                [
                    "business": .string(hours.text),
                    "holidays": .array(hours.holidays.map(\.text).sorted().map(JSONValue.string)),
                ]
            } ?? .null,
            "key_datasets": .array(agreement.keyDatasets.map(JSONValue.string)),
            "objectives": .array(
                zip(agreement.objectives, members).map { one, members in
                    [
                        "slo": .string(one.name), "checks": .array(one.checks.map(JSONValue.string)),
                        "target": .string(one.target.decimal), "method": .string(one.method.rawValue),
                        "unknown": .string(one.unknown.rawValue), "coverage": .string(one.coverage.decimal),
                        "slice": .number(String(one.slice.microseconds)),
                        "slice_target": .string(one.sliceTarget.decimal),
                        "burn": .object(one.burnAlerts.map { .init(String($0.hours), .number(String($0.factor))) }),
                        "members": .array(members.map(JSONValue.string)),
                    ]
                }),
        ]
    }

    /// The digest of the document.
    package var sha256: String { Digest.sha256(json.compactText) }

    /// Reads what ``json`` says; `nil` where it is something else.
    ///
    /// - Parameters:
    ///   - json: A document.
    ///   - from: When it began to hold.
    ///   - role: Who recorded it.
    init?(_ json: JSONValue, from: Timestamp, role: String) {
        func texts(_ value: JSONValue?) -> [String] { (value?.elements ?? []).compactMap(\.string) }
        func share(_ value: JSONValue?) -> TargetShare? { value?.string.flatMap { TargetShare($0) } }
        guard let name = json["sla"]?.string, let period = json["period"]?.string.flatMap(Agreement.Period.init)
        else { return nil }
        var agreement = Agreement(name: name, period: period, zone: json["zone"]?.string ?? "UTC")
        agreement.description = json["description"]?.string
        agreement.consumer = json["consumer"]?.string
        agreement.owner = json["owner"]?.string
        agreement.keyDatasets = texts(json["key_datasets"])
        if let hours = json["hours"], let text = hours["business"]?.string {
            agreement.hours = BusinessHours(text, holidays: Set(texts(hours["holidays"]).compactMap { CivilDate($0) }))
        }
        var members: [[String]] = []
        for one in json["objectives"]?.elements ?? [] {
            guard let name = one["slo"]?.string, let target = share(one["target"]),
                let method = one["method"]?.string.flatMap(Objective.Method.init),
                let unknown = one["unknown"]?.string.flatMap(UnknownPolicy.init), let coverage = share(one["coverage"]),
                let slice = one["slice"]?.integer, let sliceTarget = share(one["slice_target"])
            else { return nil }
            var objective = Objective(
                name, checks: texts(one["checks"]), target: target, method: method, unknown: unknown,
                coverage: coverage, slice: .microseconds(slice), sliceTarget: sliceTarget)
            objective.burnAlerts = (one["burn"]?.members ?? []).compactMap { member in
                Int(member.name).flatMap { hours in
                    member.value.integer.map { BurnAlert(hours: hours, factor: $0) }
                }
            }.sorted { $0.hours < $1.hours }
            agreement.objectives.append(objective)
            members.append(texts(one["members"]))
        }
        self.init(agreement, members: members, from: from, role: role)
    }
}

/// What agreements said when.
package struct AgreementLedger: Sendable {
    private let connection: Connection
    private let schema: String

    package init(connection: Connection, schema: String) {
        self.connection = connection
        self.schema = schema
    }

    /// The versions of every agreement that was ever recorded, oldest first.
    ///
    /// - Parameter asOf: What was recorded later does not exist.
    /// - Returns: By the name of the agreement.
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func versions(asOf: Timestamp) async throws(PostgresError) -> [String: [AgreementVersion]] {
        let rows = try await connection.rows(
            """
            SELECT name, body, (extract(epoch FROM valid_from) * 1000000)::pg_catalog.int8, role
            FROM \(identifier: schema, "agreement_version")
            WHERE recorded_at <= \(bind: asOf.text)::pg_catalog.timestamptz ORDER BY valid_from, id
            """)
        var versions: [String: [AgreementVersion]] = [:]
        for row in rows {
            let from = Timestamp(microseconds: try row.integer(2))
            guard let json = try? JSONValue(parsing: try row.text(1)),
                let version = AgreementVersion(json, from: from, role: try row.text(3))
            else { throw PostgresError(.client, "the recorded agreement \"\(try row.text(0))\" cannot be read") }
            versions[try row.text(0), default: []].append(version)
        }
        return versions
    }
}
