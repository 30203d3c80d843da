import Foundation

/// Where the programs of a PostgreSQL server are on this machine.
struct ServerBinaries {
    var directory: String

    /// The newest server that is installed: what `pg_config` names, else the places where packages put it.
    static func find() throws(EmbeddedClusterError) -> ServerBinaries {
        let manager = FileManager.default
        var candidates: [String] = []
        let roots = ["/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt", "/usr"]
        if let versions = try? manager.contentsOfDirectory(atPath: roots[0]) {
            let newestFirst = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }
            candidates += newestFirst.map { "\(roots[0])/\($0)/bin" }
        }
        if let path = ProcessInfo.processInfo.environment["PATH"] {
            candidates += path.split(separator: ":").map(String.init)
        }
        candidates += ["\(roots[1])/bin", "\(roots[2])/postgresql/bin", "\(roots[3])/bin"]
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
