import Postgres
import StructuredSQL
import TestSupport
import Testing

struct SecretTests {
    private static let canary = "Canary!7"

    @Test(arguments: [
        "host=/nowhere password=\(canary) dbname=x", "postgresql://user:\(canary)@localhost:1/x",
        "postgresql://user:\(canary)@nowhere@localhost:1/x", "postgresql://user:\(canary)%ZZ@localhost/x",
        "host=localhost password = \(canary) nonsense", "postgres://u:\(canary)@[::1:5/x",
    ])
    func passwordsStayOutOfErrorsAndDescriptions(conninfo: String) async {
        let settings = ConnectionSettings(conninfo: conninfo)
        #expect(!"\(settings)".contains(Self.canary))
        let error = await #expect(throws: PostgresError.self) { try await Connection.open(settings) }
        #expect(error?.kind == .connect)
        #expect(!String(describing: error).contains(Self.canary))
    }

    @Test
    func aWrongPasswordIsNotRepeated() async throws {
        try await TestServer.withDatabase { database in
            let conninfo =
                database.conninfo.replacing("user=postgres", with: "user=nobody_here") + " password=\(Self.canary)"
            let error = await #expect(throws: PostgresError.self) {
                try await Connection.open(ConnectionSettings(conninfo: conninfo))
            }
            #expect(error?.message.contains("nobody_here") == true)
            #expect(!String(describing: error).contains(Self.canary))
        }
    }
}
