import Postgres
import StructuredSQL
import TestSupport
import Testing

struct ConnectionTests {
    @Test
    func bindsTravelApartFromTheText() async throws {
        try await TestServer.withDatabase { database in
            let hostile = "'; DROP TABLE x; --\n\\ \"é😀"
            let row = try await database.rows("SELECT \(bind: hostile)::text, \(bind: nil)::int IS NULL")[0]
            #expect(row[0] == hostile)
            #expect(try row.boolean(1))
        }
    }

    @Test
    func refusesASecondStatement() async throws {
        try await TestServer.withDatabase { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.rows(SQL(quotedByServer: "SELECT 1; SELECT 2"))
            }
            #expect(error?.sqlState?.rawValue == "42601")
        }
    }

    @Test
    func errorsCarryWhatTheServerSaid() async throws {
        try await TestServer.withDatabase { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.rows("SELECT lenght('a')")
            }
            #expect(error?.kind == .server)
            #expect(error?.sqlState == .undefinedFunction)
            #expect(error?.message == "function lenght(unknown) does not exist")
            #expect(error?.position == 8)
            #expect(error?.hint?.hasPrefix("No function matches") == true)
        }
    }

    @Test
    func aValueWithANULIsRefusedAndNotCut() async throws {
        try await TestServer.withDatabase { database in
            let error = await #expect(throws: PostgresError.self) { try await database.rows("SELECT \(bind: "a\0b")") }
            #expect(error?.kind == .client)
        }
    }

    @Test
    func theConnectionIsUsableAfterAnError() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            await #expect(throws: PostgresError.self) { try await connection.rows("SELECT 1/0") }
            #expect(try await connection.row("SELECT 7").integer(0) == 7)
            await connection.close()
            let error = await #expect(throws: PostgresError.self) { try await connection.rows("SELECT 1") }
            #expect(error?.kind == .connectionLost)
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func cancellingTheTaskCancelsTheStatementAndKeepsTheConnection() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let task = Task { try await connection.rows("SELECT pg_sleep(50)") }
            try await waitUntilActive(in: database, statements: 1)
            task.cancel()
            let result = await task.result
            #expect(throws: PostgresError.self) { try result.get() }
            if case .failure(let error as PostgresError) = result { #expect(error.kind == .cancelled) }
            #expect(try await connection.row("SELECT 7").integer(0) == 7)
            await connection.close()
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func theClientsDeadlineEndsAStatementTheServerWouldLetRun() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let error = await #expect(throws: PostgresError.self) {
                try await connection.rows("SELECT pg_sleep(50)", limit: .milliseconds(200))
            }
            #expect(error?.kind == .deadline)
            #expect(try await connection.row("SELECT 7").integer(0) == 7)
            await connection.close()
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func aKilledBackendIsALostConnection() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let pid = try await connection.row("SELECT pg_backend_pid()").integer(0)
            let task = Task { try await connection.rows("SELECT pg_sleep(50)") }
            try await waitUntilActive(in: database, statements: 1)
            _ = try await database.rows("SELECT pg_terminate_backend(\(bind: pid)::int)")
            let result = await task.result
            if case .failure(let error as PostgresError) = result {
                #expect(error.endsSession)
            } else {
                Issue.record("the statement outlived its backend")
            }
        }
    }

    @Test
    func preparedStatementsRunWithOtherValues() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let double = try await connection.prepare("SELECT 2 * \(bind: nil)::int", name: "double")
            #expect(try await connection.rows(double, binds: ["4"])[0][0] == "8")
            #expect(try await connection.rows(double, binds: [nil])[0][0] == nil)
            let description = try await connection.describe("SELECT 1 AS one, now() AS \(identifier: "Now")")
            #expect(description.columnNames == ["one", "Now"])
            await connection.close()
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func noticesAreKept() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            try await connection.execute(script: "DROP TABLE IF EXISTS nothing_here")
            #expect(await connection.takeNotices().contains { $0.contains("nothing_here") })
            #expect(await connection.takeNotices().isEmpty)
            await connection.close()
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func fortyWaitingConnectionsDoNotBlockThePool() async throws {
        try await TestServer.withDatabase { database in
            let clock = ContinuousClock()
            let start = clock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        let connection = try await Connection.open(database.settings)
                        _ = try await connection.rows("SELECT pg_sleep(1)")
                        await connection.close()
                    }
                }
                try await group.waitForAll()
            }
            // One after the other they would take 40 s; on the cooperative pool of two cores, 20 s.
            #expect(clock.now - start < .seconds(15))
        }
    }

    /// Waits until so many statements of the test's own sessions run in the database.
    private func waitUntilActive(in database: TestServer.Database, statements: Int) async throws {
        for _ in 0..<500 {
            let count = try await database.rows(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = \(bind: database.name) AND state = 'active' AND query LIKE '%pg_sleep%'
                    AND pid <> pg_backend_pid()
                """)[0].integer(0)
            if count >= statements { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("no statement started")
    }
}
