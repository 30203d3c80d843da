import Foundation

/// Finds PostgreSQL's own client programs.
///
/// Debian's `psql` on PATH is a script that looks for the right version first; the floor is the program itself.
enum ClientPrograms {
    /// Path of a program, or its name if only PATH may know it.
    static func path(of name: String) -> String {
        let versioned = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: versioned)) ?? []
        return versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }
            .map { "\(versioned)/\($0)/bin/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) } ?? name
    }
}
