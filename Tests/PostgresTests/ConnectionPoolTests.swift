import Postgres
import StructuredSQL
import TestSupport
import Testing

struct ConnectionPoolTests {
    @Test(.timeLimit(.minutes(3)))
    func lendsAtMostSoManyAndReplacesBrokenOnes() async throws {
        try await TestServer.withDatabase { database in
            let settings = database.settings
            let first = try await Connection.open(settings)
            let pool = ConnectionPool(maximum: 3, first: first) { try await Connection.open(settings) }
            let pids = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await pool.withConnection { connection in
                            try await connection.row("SELECT pg_backend_pid() FROM pg_sleep(0.02)").integer(0)
                        }
                    }
                }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }
            #expect((1...3).contains(pids.count))

            try await pool.withConnection { connection in await connection.close() }
            let answer = try await pool.withConnection { try await $0.row("SELECT 7").integer(0) }
            #expect(answer == 7)
            await pool.close()
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func aCancelledWaiterLeavesTheQueue() async throws {
        try await TestServer.withDatabase { database in
            let settings = database.settings
            let pool = ConnectionPool(maximum: 1, first: try await Connection.open(settings)) {
                try await Connection.open(settings)
            }
            try await pool.withConnection { _ in
                let waiter = Task { try await pool.withConnection { _ in true } }
                try await Task.sleep(for: .milliseconds(50))
                waiter.cancel()
                await #expect(throws: CancellationError.self) { try await waiter.value }
            }
            #expect(try await pool.withConnection { try await $0.row("SELECT 7").integer(0) } == 7)
            await pool.close()
        }
    }
}
