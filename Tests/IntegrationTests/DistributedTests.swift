import Catalog
import Checks
import ExactJSON
import Execution
import Foundation
import Introspection
import Planning
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// The forms for a distributed engine say the same as the ones for a single server.
struct DistributedTests {
    private static let tables: SQL = """
        CREATE TABLE parent AS SELECT i AS id, i % 2 AS g FROM generate_series(1, 60) AS i;
        INSERT INTO parent VALUES (NULL, 0), (5, 1);
        CREATE TABLE child AS
            SELECT i AS id, nullif(i % 70, 3) AS parent, nullif(i % 7, 0) AS a, nullif(i % 11, 0) AS b, 'x' || i AS t
            FROM generate_series(1, 200) AS i
        """

    private static let suite = """
        dataset: child
        key: id
        keep: all
        pii: {t: hash}
        columns:
          id: [unique, {distinct_count: {max: 10}}]
          a: [not_null, unique, {distinct_count: {max: 1}}]
          parent:
            - references: parent.id
            - {references: {to: parent.id}, nulls: fail, id: nulls}
            - {references: {to: parent.id, to_where: g = 1}, id: some}
            - {references: {to: parent.id}, where: id > 100, id: filtered}
        checks:
          - {unique: [a], nulls: fail, id: a_nulls}
          - {unique: [a, b], nulls: fail, id: pair}
          - {unique: [a, b], where: id % 2 = 0}
          - {metric: stddev(id), fail: value > 1}
          - {metric: "avg(a)", fail: value > 1}
        """

    /// What a check comes to, by statements planned as if the tables were kept so.
    private func answers(
        _ child: Distribution?, _ parent: Distribution?, on connection: Connection
    ) async throws -> [String] {
        let checks = try TestProject.checks(Self.suite)
        let names = Set(checks.flatMap { [$0.dataset.relation] + $0.kind.otherRelations })
        var catalog = try await Introspector(connection: connection).snapshot(of: names, searchPath: ["public"])
        for (name, relation) in catalog.relations {
            catalog.relations[name]?.distribution = relation.name.name == "child" ? child : parent
        }
        var context = PlanningContext(catalog: catalog)
        if child != nil { context.gatheredAggregates = ["stddev(id)"] }
        let plan = Planner.plan(checks, in: context)
        var cells: [Probe.ID: [String?]] = [:]
        for scan in plan.scans {
            var rest = try await connection.row(scan.statement(in: plan)).cells[...]
            for probe in scan.probes {
                cells[probe] = Array(rest.prefix(plan.probes[probe].columnCount))
                rest = rest.dropFirst(plan.probes[probe].columnCount)
            }
        }
        var answers: [String] = []
        for (index, planned) in plan.checks.enumerated() {
            switch planned.answer {
            case .rows(let failing, let total):
                let count = cells[failing.probe]?[failing.column] ?? ""
                var rows: [String] = []
                for fetch in RowFetchPlanner.fetches(of: plan, failing: [index: Int(count) ?? 0]) {
                    rows += try await connection.rows(fetch.statement).map { ($0[2] ?? "").filter { $0 != " " } }
                }
                let whole = total.flatMap { cells[$0.probe]?[$0.column] } ?? ""
                answers.append("\(planned.check.id) \(count)/\(whole) \(rows.sorted())")
                #expect(rows.count == Int(count), "\(planned.check.id)")
            case .value(let value): answers.append("\(planned.check.id) \(cells[value.probe]?[value.column] ?? "")")
            default: Issue.record("\(planned.check.id) is not asked")
            }
        }
        return answers
    }

    @Test
    func everyFormGivesTheSameAnswers() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            let connection = try await Connection.open(database.settings)
            try await connection.execute(script: "SET search_path = ''")
            let here = try await answers(nil, nil, on: connection)
            #expect(here.count == 14)
            let large = 90 << 30
            let pairs: [(Distribution?, Distribution?)] = [
                (Distribution(.sharded(by: "parent"), colocation: 1), Distribution(.sharded(by: "id"), colocation: 1)),
                (Distribution(.sharded(by: "id"), colocation: 1), Distribution(.reference, colocation: 2)),
                (Distribution(.sharded(by: "id"), colocation: 1), Distribution(.sharded(by: "g"), colocation: 1)),
                (
                    Distribution(.sharded(by: "a"), colocation: 1),
                    Distribution(.sharded(by: "id"), colocation: 2, sizeBytes: large)
                ),
                (nil, Distribution(.sharded(by: "id"), colocation: 2)),
                (Distribution(.single, colocation: 3), Distribution(.single, colocation: 3)),
            ]
            for (child, parent) in pairs {
                #expect(try await answers(child, parent, on: connection) == here)
            }
            await connection.close()
        }
    }

    /// The settings travel as commands; a server without Citus understands them too.
    @Test
    func settingsAreSaidInTheFormThatTravels() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            _ = try await connection.rows(
                ofEach: ["BEGIN"] + SnapshotSession.spreading(AuditSettings(lockTimeout: .seconds(7))))
            let row = try await connection.row(
                """
                SELECT current_setting('TimeZone'), current_setting('lock_timeout'), current_setting('row_security'),
                    current_setting('citus.propagate_set_commands')
                """)
            #expect(row.cells == ["UTC", "7s", "off", "local"])
            await connection.close()
        }
    }

    /// On a real cluster: the same suite on distributed tables and on plain ones.
    @Test(
        .enabled(
            if: ProcessInfo.processInfo.environment["ASSAY_TEST_CITUS"] != nil,
            "needs a Citus coordinator: ASSAY_TEST_CITUS=postgresql://…"))
    func aClusterGivesTheSameAnswers() async throws {
        let conninfo = try #require(ProcessInfo.processInfo.environment["ASSAY_TEST_CITUS"])
        let settings = ConnectionSettings(conninfo: conninfo, applicationName: "assay-test")
        let schema = "assay_test_\(UInt32.random(in: 0 ... .max))"
        let connection = try await Connection.open(settings)
        let setup = "CREATE SCHEMA \(schema); SET search_path = \(schema); "
        try await connection.execute(script: SQL(quotedByServer: setup) + Self.tables)
        let checks = try TestProject.checks(
            Self.suite.replacing("dataset: child", with: "dataset: \(schema).child")
                .replacing("parent.id", with: "\(schema).parent.id"))
        func findings() async throws -> [String] {
            let audit = try await Audit.begin(settings, checks: checks, settings: AuditSettings(sampleSize: .max))
            try await audit.evaluate()
            try await audit.collectRows(into: nil)
            let results = await audit.finish()
            return results.map { result in
                let rows = result.rows.sample.map(\.compactText).sorted()
                return "\(result.check.id) \(result.outcome) \(result.failing ?? 0) \(result.value ?? "") \(rows)"
            }
        }
        do {
            let plain = try await findings()
            for (child, parent) in [("parent", "id"), ("id", "g")] {
                try await connection.execute(
                    script: SQL(
                        quotedByServer: """
                            SELECT create_distributed_table('child', '\(child)', colocate_with => 'none');
                            SELECT create_distributed_table('parent', '\(parent)', colocate_with => 'child')
                            """))
                #expect(try await findings() == plain)
                try await connection.execute(
                    script: "SELECT undistribute_table('child'); SELECT undistribute_table('parent')")
            }
            try await connection.execute(script: "SELECT create_distributed_table('child', 'id')")
            try await connection.execute(script: "SELECT create_reference_table('parent')")
            #expect(try await findings() == plain)
        } catch {
            try? await connection.execute(script: SQL(quotedByServer: "DROP SCHEMA \(schema) CASCADE"))
            throw error
        }
        try await connection.execute(script: SQL(quotedByServer: "DROP SCHEMA \(schema) CASCADE"))
        await connection.close()
    }
}
