package import EmbeddedPostgres
package import Postgres
package import StructuredSQL
import Synchronization

/// One throwaway PostgreSQL per test process, with a database of its own for each test.
package enum TestServer {
    /// Starts at the first use; ends with the process, because the process holds its lifeline.
    private static let cluster = Result<EmbeddedCluster, EmbeddedClusterError> { () throws(EmbeddedClusterError) in
        try EmbeddedCluster(settings: ["max_connections": "300", "shared_buffers": "128MB", "timezone": "UTC"])
    }

    private static let counter = Mutex(0)
    /// Tests with a database at the same time: enough to keep the server busy, few enough for its connections.
    private static let turnstile = Turnstile(24)

    /// A database of a test, and how to reach it.
    package struct Database: Sendable {
        package var name: String
        package var conninfo: String

        package var settings: ConnectionSettings {
            ConnectionSettings(conninfo: conninfo, applicationName: "assay-test")
        }

        /// The same database as another role.
        package func settings(role: String) -> ConnectionSettings {
            ConnectionSettings(conninfo: conninfo.replacing("user=postgres", with: "user=\(role)"))
        }

        /// Runs statements of the test's own, several at will.
        package func execute(_ script: SQL) async throws {
            let connection = try await Connection.open(settings)
            try await connection.execute(script: script)
            await connection.close()
        }

        /// The rows of one statement.
        package func rows(_ sql: SQL) async throws -> [Row] {
            let connection = try await Connection.open(settings)
            let rows = try await connection.rows(sql)
            await connection.close()
            return rows
        }
    }

    /// Lends a fresh database to `body` and drops it afterwards.
    package static func withDatabase<Value>(_ body: (Database) async throws -> Value) async throws -> Value {
        let cluster = try cluster.get()
        let number = counter.withLock { count in
            count += 1
            return count
        }
        let name = "test_\(number)"
        await turnstile.enter()
        do {
            let value = try await withDatabase(name, on: cluster, body)
            await turnstile.leave()
            return value
        } catch {
            await turnstile.leave()
            throw error
        }
    }

    private static func withDatabase<Value>(
        _ name: String, on cluster: EmbeddedCluster, _ body: (Database) async throws -> Value
    ) async throws -> Value {
        let admin = try await Connection.open(ConnectionSettings(conninfo: cluster.conninfo()))
        try await admin.execute(script: "CREATE DATABASE \(identifier: name) TEMPLATE template0")
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(Database(name: name, conninfo: cluster.conninfo(database: name))))
        } catch {
            result = .failure(error)
        }
        try await admin.execute(script: "DROP DATABASE \(identifier: name) WITH (FORCE)")
        await admin.close()
        return try result.get()
    }

    /// A server of the test's own, for tests that stop or break it.
    package static func withServer<Value>(_ body: (EmbeddedCluster) async throws -> Value) async throws -> Value {
        let cluster = try EmbeddedCluster()
        defer { cluster.stop() }
        return try await body(cluster)
    }
}
