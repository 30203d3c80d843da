import Postgres
import StructuredSQL
import TestSupport
import Testing

struct StreamingTests {
    @Test
    func everyRowComesOnce() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let sum = try await connection.withRows(of: "SELECT i FROM generate_series(1, 10000) AS i") { rows in
                var sum = 0
                while let row = try await rows.next() { sum += try row.integer(0) }
                return sum
            }
            #expect(sum == 50_005_000)
            await connection.close()
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func leavingEarlyCancelsAndKeepsTheConnection() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let first = try await connection.withRows(of: "SELECT generate_series(1, 1000000000)") { rows in
                try await rows.next()?.integer(0)
            }
            #expect(first == 1)
            #expect(try await connection.row("SELECT 7").integer(0) == 7)
            await connection.close()
        }
    }

    @Test
    func anErrorAmongTheRowsIsNotAnEnd() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withRows(of: "SELECT 1 / (5000 - i) FROM generate_series(1, 10000) AS i") { rows in
                    while try await rows.next() != nil {}
                }
            }
            #expect(error?.sqlState == .divisionByZero)
            #expect(try await connection.row("SELECT 7").integer(0) == 7)
            await connection.close()
        }
    }

    @Test
    func anErrorOfTheConsumerComesThrough() async throws {
        struct Enough: Error {}
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            await #expect(throws: Enough.self) {
                try await connection.withRows(of: "SELECT i FROM generate_series(1, 100000) AS i") { rows in
                    _ = try await rows.next()
                    throw Enough()
                }
            }
            #expect(try await connection.row("SELECT 7").integer(0) == 7)
            await connection.close()
        }
    }

    @Test(arguments: ["text", "binary"])
    func copiesOutAndIn(format: String) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE source AS SELECT i, repeat(E'x\\t\\n\\\\', i % 5) AS t FROM generate_series(1, 5000) AS i;
                CREATE TABLE sink (LIKE source)
                """)
            let (out, back) = (
                try await Connection.open(database.settings), try await Connection.open(database.settings)
            )
            let options = SQL(quotedByServer: "(FORMAT \(format))")
            let count = try await back.withCopyIn("COPY sink FROM STDIN \(options)") { writer in
                try await out.withCopyOut("COPY source TO STDOUT \(options)") { reader in
                    while let piece = try await reader.next() { try await writer.write(piece) }
                }
            }
            #expect(count == 5000)
            let difference = try await out.rows(
                "(TABLE source EXCEPT TABLE sink) UNION ALL (TABLE sink EXCEPT TABLE source)")
            #expect(difference.isEmpty)
            await out.close()
            await back.close()
        }
    }

    @Test
    func aCopyThatIsGivenUpLeavesNothing() async throws {
        struct Enough: Error {}
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            try await connection.execute(script: "CREATE TABLE sink (i int)")
            await #expect(throws: Enough.self) {
                _ = try await connection.withCopyIn("COPY sink FROM STDIN") { writer in
                    try await writer.write(Array("1\n".utf8))
                    throw Enough()
                }
            }
            #expect(try await connection.row("SELECT count(*) FROM sink").integer(0) == 0)
            await connection.close()
        }
    }

    @Test
    func leavingACopyEarlyKeepsTheConnection() async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            let piece = try await connection.withCopyOut(
                "COPY (SELECT generate_series(1, 1000000000)) TO STDOUT"
            ) { reader in
                try await reader.next()
            }
            #expect(piece?.starts(with: Array("1\n".utf8)) == true)
            #expect(try await connection.row("SELECT 7").integer(0) == 7)
            await connection.close()
        }
    }

    @Test
    func bytesThatAreNotUTF8StayVisible() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                "CREATE DATABASE \(identifier: database.name + "_ascii") TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'"
            )
            let conninfo = database.conninfo.replacing("dbname=\(database.name)", with: "dbname=\(database.name)_ascii")
            let connection = try await Connection.open(ConnectionSettings(conninfo: conninfo))
            let row = try await connection.row("SELECT 'caf' || chr(233) || ' é ' || chr(255)")
            #expect(row[0] == "caf\\xE9 é \\xFF")
            await connection.close()
            try await database.execute("DROP DATABASE \(identifier: database.name + "_ascii")")
        }
    }
}
