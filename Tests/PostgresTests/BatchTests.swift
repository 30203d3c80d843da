import Postgres
import StructuredSQL
import TestSupport
import Testing

struct BatchTests {
    @Test
    func eachStatementSucceedsOrFailsForItself() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let answers = try await connection.batch(["SELECT 1", "SELECT 1/0", "SELECT \(bind: "x")::text, 2"])
            #expect(answers.count == 3)
            #expect(try answers[0].rows.get().first?.cells == ["1"])
            #expect(throws: PostgresError.self) { try answers[1].rows.get() }
            #expect(try answers[2].rows.get().first?.cells == ["x", "2"])
            #expect(try await connection.row("SELECT 3").integer(0) == 3)
        }
    }

    /// The first statement is through in time, but answered only with the one that is not.
    @Test
    func aDeadlineIsOneGroupsDeadline() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let answers = try await connection.batch(
                groups: [["SELECT 1", "SELECT pg_catalog.pg_sleep(60)", "SELECT 2"], ["SELECT 3"]],
                limit: .milliseconds(300))
            let outcomes = answers.map { answer in
                switch answer.rows {
                case .success(let rows): rows.first?[0] ?? ""
                case .failure(let error): "\(error.kind)"
                }
            }
            #expect(outcomes == ["1", "deadline", "server", "3"])
            #expect(try await connection.row("SELECT 4").integer(0) == 4)
        }
    }

    @Test
    func aSessionMayEndWithinAGroup() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let answers = try await connection.batch(
                groups: [
                    ["SELECT 1", "SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())", "SELECT 2"],
                    ["SELECT 3"],
                ])
            #expect(answers.count == 2)
            #expect(try answers[0].rows.get().first?[0] == "1")
            #expect(await !connection.isUsable)
        }
    }

    @Test
    func aBatchAfterAStreamHasAllItsRows() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let count = try await connection.withRows(of: "SELECT generate_series(1, 300)") { rows in
                var count = 0
                while try await rows.next() != nil { count += 1 }
                return count
            }
            #expect(count == 300)
            let answers = try await connection.rows(ofEach: ["SELECT generate_series(1, 3)", "SELECT 4"])
            #expect(answers.map { $0.map { $0[0] } } == [["1", "2", "3"], ["4"]])
        }
    }

    /// What was sent behind an error, in one group with it, was not looked at; the next group is.
    @Test
    func anErrorSpoilsTheRestOfItsGroup() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let answers = try await connection.batch(
                groups: [["SELECT 1", "SELECT 1/0", "SELECT 2", "SELECT 3"], ["SELECT 4", "SELECT 5"]])
            let outcomes = answers.map { answer in
                switch answer.rows {
                case .success(let rows): rows.first?[0] ?? ""
                case .failure(let error): error.sqlState?.rawValue ?? error.message
                }
            }
            #expect(outcomes == ["1", "22012", "25P02", "25P02", "4", "5"])
            #expect(try await connection.row("SELECT 6").integer(0) == 6)
        }
    }

    @Test
    func aSavepointKeepsAFailureFromTheNextStatement() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            _ = try await connection.rows(ofEach: ["BEGIN", "SAVEPOINT here"])
            let answers = try await connection.batch([
                "SELECT 1/0", "ROLLBACK TO SAVEPOINT here", "SELECT pg_catalog.set_config('work_mem', '1MB', true)",
                "ROLLBACK TO SAVEPOINT here", "SHOW work_mem",
            ])
            #expect(try answers[4].rows.get().first?[0] == "4MB")
        }
    }

    @Test
    func moreThanTheSocketsHoldGoesBothWaysAtOnce() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let text = String(repeating: "0123456789", count: 100_000)
            let statements: [SQL] = (0..<20).map { _ in "SELECT \(bind: text)::text" }
            let answers = try await connection.batch(statements)
            #expect(try answers.allSatisfy { try $0.rows.get().first?[0]?.utf8.count == text.utf8.count })
        }
    }

    @Test
    func theAnswerThatEndedTheSessionIsTheLast() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let answers = try await connection.batch([
                "SELECT 1", "SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())", "SELECT 2",
            ])
            #expect(answers.count == 2)
            guard case .failure(let error)? = answers.last?.rows else {
                Issue.record("no error")
                return
            }
            #expect(error.endsSession)
            #expect(await !connection.isUsable)
        }
    }

    @Test
    func cancellingTheTaskEndsTheWholeBatch() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let task = Task {
                try await connection.batch(["SELECT pg_catalog.pg_sleep(60)", "SELECT pg_catalog.pg_sleep(60)"])
            }
            try await Task.sleep(for: .milliseconds(200))
            task.cancel()
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.kind == .cancelled)
        }
    }

    @Test
    func aDeadlineIsOneStatements() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let answers = try await connection.batch(
                ["SELECT pg_catalog.pg_sleep(60)", "SELECT 1"], limit: .milliseconds(500))
            guard case .failure(let error)? = answers.first?.rows else {
                Issue.record("no error")
                return
            }
            #expect(error.kind == .deadline)
            #expect(try answers.last?.rows.get().first?[0] == "1")
        }
    }

    @Test
    func anErrorOfAnotherServerDoesNotEndTheSession() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let error = await #expect(throws: PostgresError.self) {
                try await connection.rows(
                    SQL(quotedByServer: "DO $$ BEGIN RAISE 'a worker is gone' USING ERRCODE = '08006'; END $$"))
            }
            #expect(error?.sqlState?.rawValue == "08006")
            #expect(error?.endsSession == false)
            #expect(await connection.isUsable)
        }
    }
}
