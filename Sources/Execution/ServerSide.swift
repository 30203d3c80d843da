import Checks
import Comparison
import Postgres
import StructuredSQL

/// A server of one side of a comparison: connections that all see one snapshot.
struct ServerSide: Sendable {
    /// The one that exported the snapshot; it reads what the side is.
    let connection: Connection
    /// For streams, and for rows while streams are read: apart, so that neither waits for the other.
    let streams: ConnectionPool
    let fetching: ConnectionPool
    let takenAt: Timestamp
    let reader: SideReader
    private let server: ConnectionSettings
    private let settings: AuditSettings

    static func open(
        _ server: ConnectionSettings, _ context: TableDiffRunner.Context, searchPath: [String]
    ) async throws -> ServerSide {
        var own = context.settings
        own.searchPath = searchPath
        let settings = own
        let connection = try await Connection.open(server)
        do {
            let (snapshot, _) = try await SnapshotSession.begin(on: connection, settings: settings, exports: true)
            try await WindowError.requireInstants(context.window, slot: nil, on: connection)
            let pools = (0..<2).map { _ in
                ConnectionPool(maximum: max(1, settings.jobs)) {
                    let connection = try await Connection.open(server)
                    do {
                        try await SnapshotSession.join(snapshot, on: connection, settings: settings)
                    } catch {
                        await connection.close()
                        throw error
                    }
                    return connection
                }
            }
            return ServerSide(
                connection: connection, streams: pools[0], fetching: pools[1], takenAt: snapshot.takenAt,
                reader: SideReader(connection: connection, searchPath: searchPath), server: server, settings: settings)
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Opens both sides, or neither.
    static func open(
        _ left: ConnectionSettings, _ right: ConnectionSettings, _ context: TableDiffRunner.Context
    ) async throws -> (left: ServerSide, right: ServerSide) {
        async let one = open(left, context, searchPath: context.settings.searchPath)
        async let two = open(right, context, searchPath: context.rightSearchPath)
        do {
            return (try await one, try await two)
        } catch {
            await (try? one)?.close()
            await (try? two)?.close()
            throw error
        }
    }

    func close() async {
        await streams.close()
        await fetching.close()
        await connection.close()
    }

    /// Lends a connection that sees what is there now.
    func withPresent<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        let connection = try await Connection.open(server)
        do {
            _ = try await SnapshotSession.begin(on: connection, settings: settings, exports: false)
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Which database of which server it is: a target's name may stand for another one tomorrow.
    var place: String {
        get async throws {
            let row = try await connection.row(
                """
                SELECT pg_catalog.current_database(), pg_catalog.inet_server_addr()::pg_catalog.text,
                    pg_catalog.inet_server_port()::pg_catalog.text,
                    (SELECT oid::pg_catalog.text FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
                """)
            let version = await connection.serverVersion
            return (row.cells.map { $0 ?? "" } + [String(version)]).joined(separator: " ")
        }
    }

    /// How far the instants of two snapshots are apart, by the servers' clocks.
    func gap(to other: ServerSide) -> String {
        "\(abs(takenAt.microseconds - other.takenAt.microseconds) / 1000) ms"
    }
}
