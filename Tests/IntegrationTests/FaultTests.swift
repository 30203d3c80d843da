import CheckFiles
import Checks
import EmbeddedPostgres
import Execution
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// What cannot be evaluated is an error, says why and where, and leaves the other checks alone.
struct FaultTests {
    private static let table: SQL = """
        CREATE TABLE entries (id int, amount int, note text);
        INSERT INTO entries VALUES (1, 0, 'a'), (2, 5, 'b'), (3, NULL, '7')
        """

    /// Runs a suite of which the first check is broken, and returns its failure after seeing that the others are right.
    private func failure(
        of check: String, dataset: String = "entries", settings: AuditSettings = AuditSettings(jobs: 2),
        on database: TestServer.Database, as connection: ConnectionSettings? = nil
    ) async throws -> CheckFailure? {
        let suite = """
            dataset: \(dataset)
            checks:
              - \(check)
            """
        let healthy = "dataset: entries\nchecks: [{not_null: amount}, {expect: id > 0}, {row_count: 3}, {unique: id}]"
        let checks = try TestProject.checks(
            files: [.init(path: "broken.yaml", text: suite), .init(path: "healthy.yaml", text: healthy)])
        let audit = try await Audit.begin(connection ?? database.settings, checks: checks, settings: settings)
        try await audit.evaluate()
        let results = await audit.finish()
        #expect(results[0].outcome == .error)
        #expect(results[0].check.source == .init(file: "broken.yaml", line: 3, column: check.hasPrefix("{") ? 6 : 5))
        #expect(results.dropFirst().map(\.outcome) == [.fail, .pass, .pass, .pass])
        return results[0].failure
    }

    @Test
    func tableMissing() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let failure = try await failure(of: "{not_null: id}", dataset: "entrys", on: database)
            #expect(failure?.sqlState == "42P01")
            #expect(failure?.message == "relation \"entrys\" does not exist")
        }
    }

    @Test
    func columnMissing() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let declared = try await failure(of: "{not_null: amuont}", on: database)
            #expect(declared?.sqlState == "42703")
            #expect(declared?.hint == "Did you mean \"amount\"?")
            let inExpression = try await failure(of: "{expect: 'id > 0 and amuont > 1'}", on: database)
            #expect(inExpression?.sqlState == "42703")
            #expect(inExpression?.location == .init(file: "broken.yaml", line: 3, column: 26))
        }
    }

    @Test
    func permissionDenied() async throws {
        try await TestServer.withDatabase { database in
            let role = "reader_\(database.name)"
            try await database.execute(Self.table)
            try await database.execute(
                """
                CREATE TABLE secrets (id int);
                CREATE ROLE \(identifier: role) LOGIN;
                GRANT SELECT ON entries TO \(identifier: role)
                """)
            let failure = try await failure(
                of: "{not_null: id}", dataset: "secrets", on: database, as: database.settings(role: role))
            #expect(failure?.sqlState == "42501")
            #expect(failure?.hint == "GRANT SELECT ON \"public\".\"secrets\" TO \"\(role)\"; and USAGE on its schema.")
            try await database.execute("DROP OWNED BY \(identifier: role); DROP ROLE \(identifier: role)")
        }
    }

    @Test
    func rowLevelSecurityThatHidesRows() async throws {
        try await TestServer.withDatabase { database in
            let role = "reader_\(database.name)"
            try await database.execute(Self.table)
            try await database.execute(
                """
                CREATE TABLE tenants (id int);
                INSERT INTO tenants VALUES (NULL);
                ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
                CREATE ROLE \(identifier: role) LOGIN;
                GRANT SELECT ON entries, tenants TO \(identifier: role)
                """)
            let failure = try await failure(
                of: "{not_null: id}", dataset: "tenants", on: database, as: database.settings(role: role))
            #expect(failure?.sqlState == "42501")
            #expect(failure?.message.contains("row-level security") == true)
            #expect(failure?.hint?.contains("BYPASSRLS") == true)
            try await database.execute("DROP OWNED BY \(identifier: role); DROP ROLE \(identifier: role)")
        }
    }

    @Test
    func divisionByZeroInOneOfManyFusedChecks() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let failure = try await failure(of: "{expect: 10 / amount > 1}", on: database)
            #expect(failure?.sqlState == "22012")
            #expect(failure?.hint?.contains("nullif") == true)
        }
    }

    @Test
    func wrongRegexAndWrongCast() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            #expect(try await failure(of: "{matches: {column: note, regex: '(a'}}", on: database)?.sqlState == "2201B")
            #expect(try await failure(of: "{expect: note::int > 1}", on: database)?.sqlState == "22P02")
            #expect(try await failure(of: "{in_range: {column: id, min: abc}}", on: database)?.sqlState == "22P02")
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func statementTimeout() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let settings = AuditSettings(jobs: 2, statementTimeout: .seconds(2))
            let failure = try await failure(
                of: "{expect: pg_sleep(30) is not null}", settings: settings, on: database)
            #expect(failure?.sqlState == "57014")
            #expect(failure?.hint?.contains("statement_timeout (2s)") == true)
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func aLockThatAnotherSessionHolds() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            try await database.execute("CREATE TABLE locked (id int)")
            let holder = try await Connection.open(database.settings)
            try await holder.execute(script: "BEGIN; LOCK TABLE locked IN ACCESS EXCLUSIVE MODE")
            let settings = AuditSettings(jobs: 2, lockTimeout: .milliseconds(200))
            let failure = try await failure(of: "{not_null: id}", dataset: "locked", settings: settings, on: database)
            #expect(failure?.sqlState == "55P03")
            await holder.close()
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func aBackendThatIsKilledIsReplacedOnce() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            // Kills its own backend: once per attempt, so that both attempts die and only this check is lost.
            let failure = try await failure(
                of:
                    "{metric: 'count(*) FILTER (WHERE pg_terminate_backend(pg_backend_pid()))', where: id = 1, fail: value > 5}",
                on: database)
            #expect(failure?.hint?.contains("connection to the server was lost") == true)
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func theServerGoingAwayMidRunMakesErrorsAndNoVerdicts() async throws {
        try await TestServer.withServer { server in
            let settings = ConnectionSettings(conninfo: server.conninfo())
            let setup = try await Connection.open(settings)
            try await setup.execute(script: Self.table)
            await setup.close()
            let checks = try TestProject.checks(
                "dataset: entries\nchecks: [{not_null: amount}, {expect: pg_sleep(30) is not null}, {unique: id}]")
            let audit = try await Audit.begin(settings, checks: checks, settings: AuditSettings(jobs: 1))
            let running = Task { try await audit.evaluate() }
            try await Task.sleep(for: .milliseconds(300))
            server.stop()
            try await running.value
            let results = await audit.finish()
            #expect(results.map(\.outcome) == [.error, .error, .error])
            #expect(results.allSatisfy { $0.failure?.hint != nil })
        }
    }

    @Test
    func aReadOnlyRunCannotWriteEvenThroughAFunction() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            try await database.execute(
                """
                CREATE FUNCTION public.sneak() RETURNS boolean LANGUAGE sql VOLATILE AS
                    'DELETE FROM public.entries RETURNING true'
                """)
            let failure = try await failure(of: "{expect: public.sneak()}", on: database)
            #expect(failure?.sqlState == "25006")
            #expect(try await database.rows("SELECT count(*) FROM entries")[0].integer(0) == 3)
        }
    }

    @Test
    func valuesOfPersonalColumnsStayOutOfErrors() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                "CREATE TABLE people (id int, email text); INSERT INTO people VALUES (1, 'canary@example.com')")
            let checks = try TestProject.checks(
                "dataset: people\npii: {email: hash}\nchecks: [{expect: email::int > 0}]")
            let failure = try await TestProject.run(checks, on: database)[0].failure
            #expect(failure?.sqlState == "22P02")
            #expect(failure?.message.contains("canary") == false)
        }
    }
}
