import Foundation

/// Where the programs of a PostgreSQL server are on this machine.
struct ServerBinaries {
    var directory: String

    /// The newest server of Debian's packages, else one on PATH, else the usual places of other systems.
    static func find() throws(EmbeddedClusterError) -> ServerBinaries {
        let manager = FileManager.default
        var candidates: [String] = []
        let versioned = "/usr/lib/postgresql"
        if let versions = try? manager.contentsOfDirectory(atPath: versioned) {
            let newestFirst = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }
            candidates += newestFirst.map { "\(versioned)/\($0)/bin" }
        }
        if let path = ProcessInfo.processInfo.environment["PATH"] {
            candidates += path.split(separator: ":").map(String.init)
        }
        candidates += ["/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql/bin"]
        let found = candidates.first { directory in
            ["postgres", "initdb", "pg_isready"].allSatisfy { manager.isExecutableFile(atPath: "\(directory)/\($0)") }
        }
        guard let found else {
            throw EmbeddedClusterError(
                "no PostgreSQL server is installed here; on Debian and Ubuntu: apt-get install postgresql")
        }
        return ServerBinaries(directory: found)
    }
}
