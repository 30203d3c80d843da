import CheckFiles
import Checks
import Foundation
import Postgres

/// Picks the server a command talks to, and puts the environment into its connection string.
struct TargetResolver {
    let project: Project
    let arguments: TargetArguments

    /// A server to talk to.
    struct Resolved {
        var name: String
        var settings: ConnectionSettings
        var searchPath: [String]
        /// How psql reaches it, as one word of a shell: the string of the file, where `${NAME}` is still a name.
        var psqlTarget: String
    }

    func target() throws -> Resolved {
        if let conninfo = arguments.connection {
            return Resolved(
                name: arguments.target ?? "connection", settings: settings(conninfo), searchPath: [],
                psqlTarget: "\"…\"")
        }
        guard let name = arguments.target ?? project.defaults.target ?? only else {
            if project.targets.isEmpty {
                // libpq's own defaults: PG* variables, a service, the local socket.
                return Resolved(name: "default", settings: settings(""), searchPath: [], psqlTarget: "")
            }
            throw CommandFailure(
                .usage, "which target? assay.yaml has \(project.targets.keys.sorted().joined(separator: ", "))",
                hint: "Name one with --target, or set defaults: {target: …}.")
        }
        return try target(named: name)
    }

    func target(named name: String) throws -> Resolved {
        guard let target = project.targets[name] else {
            throw CommandFailure(
                .usage, "unknown target \"\(name)\"",
                hint: Suggestion.hint(for: name, among: project.targets.keys)
                    ?? "assay.yaml has \(project.targets.keys.sorted().joined(separator: ", ")).")
        }
        let conninfo = try Self.expand(target.connection, at: "\(target.location)")
        return Resolved(
            name: name, settings: settings(conninfo), searchPath: target.searchPath ?? [],
            psqlTarget: "\"\(Self.withoutSecrets(target.connection))\"")
    }

    /// Where results go; `nil` if the project names no place.
    func results(given: String?) throws -> (settings: ConnectionSettings, schema: String)? {
        let schema = project.results?.schema ?? "assay"
        if let given { return (settings(given), schema) }
        guard let results = project.results else { return nil }
        if let name = results.target { return (try target(named: name).settings, schema) }
        let conninfo = try Self.expand(results.connection ?? "", at: "\(results.location)")
        return (settings(conninfo), schema)
    }

    private var only: String? { project.targets.count == 1 ? project.targets.keys.first : nil }

    private func settings(_ conninfo: String) -> ConnectionSettings {
        ConnectionSettings(conninfo: conninfo, applicationName: "assay/\(Version.text)")
    }

    /// Replaces `${NAME}` by the environment's value; an unset name is a mistake, not an empty text.
    private static func expand(_ text: String, at place: String) throws -> String {
        var missing: String?
        let expanded = text.replacing(#/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/#) { match in
            let name = String(match.output.1)
            guard let value = ProcessInfo.processInfo.environment[name] else {
                missing = missing ?? name
                return ""
            }
            return value
        }
        if let missing {
            throw CommandFailure(
                .usage, "\(place): the environment has no \(missing)", hint: "export \(missing)=\"host=… dbname=…\"")
        }
        guard !expanded.contains("${"), !expanded.allSatisfy(\.isWhitespace) else {
            throw CommandFailure(
                .usage, "\(place): the connection is empty or has an unclosed ${",
                hint: "An empty one would reach whatever server libpq finds first.")
        }
        return expanded
    }

    /// A literal password in a file is the user's choice; repeating it in output is not.
    private static func withoutSecrets(_ conninfo: String) -> String {
        conninfo
            .replacing(#/password\s*=\s*('[^']*'|\S+)/#, with: "password=…")
            .replacing(#/(://[^:/@\s]+):[^@\s]+@/#) { "\($0.output.1):…@" }
    }
}
