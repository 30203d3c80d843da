import Foundation

/// A throwaway PostgreSQL in a temporary directory, reachable by a Unix socket only.
///
/// A small shell process supervises the server and waits on a pipe that this process holds: when the pipe closes, because
/// ``stop()`` was called or because this process died in whatever way, the supervisor stops the server and removes the
/// directory. PostgreSQL refuses to run as root; then the supervisor runs as another user.
package final class EmbeddedCluster: Sendable {
    /// Directory of the socket.
    package let directory: String
    /// `@unchecked`: both are used by ``stop()`` only, which the lock lets in once.
    private struct Supervisor: @unchecked Sendable {
        var process: Process
        var lifeline: Pipe
    }

    private let supervisor: Supervisor
    private let stopLock = NSLock()

    /// Creates the cluster and waits until it takes connections.
    ///
    /// Server settings besides the ones for speed come as `["max_connections": "200"]`.
    package init(settings: [String: String] = [:]) throws(EmbeddedClusterError) {
        let binaries = try ServerBinaries.find()
        let process = Process()
        let lifeline = Pipe()
        let output = Pipe()
        let options = settings.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
        let script = String(decoding: PackageResources.supervise_sh, as: UTF8.self)
        let command = ["/bin/sh", "-c", script, "assay-postgres", binaries.directory] + options
        // In a session of its own, or a key pressed in the terminal would end the supervisor before its work is done.
        let detached = FileManager.default.isExecutableFile(atPath: "/usr/bin/setsid") ? ["setsid"] : []
        if getuid() == 0 {
            let user = getpwnam("postgres") != nil ? "postgres" : "nobody"
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = detached + ["runuser", "-u", user, "--"] + command
        } else {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = detached + command
        }
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardInput = lifeline
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            throw EmbeddedClusterError("a throwaway PostgreSQL could not be started: \(error.localizedDescription)")
        }
        let answer = Self.firstLine(of: output.fileHandleForReading)
        guard let answer, answer.hasPrefix("ready ") else {
            try? lifeline.fileHandleForWriting.close()
            process.waitUntilExit()
            throw EmbeddedClusterError("a throwaway PostgreSQL could not be started: \(answer ?? "no answer")")
        }
        directory = String(answer.dropFirst("ready ".count))
        supervisor = Supervisor(process: process, lifeline: lifeline)
    }

    deinit {
        stop()
    }

    /// libpq connection string for a database of the cluster.
    package func conninfo(database: String = "postgres") -> String {
        "host=\(directory) user=postgres dbname=\(database)"
    }

    /// Stops the server, waits for it, and removes its directory; further calls do nothing.
    package func stop() {
        stopLock.lock()
        defer { stopLock.unlock() }
        guard supervisor.process.isRunning else { return }
        try? supervisor.lifeline.fileHandleForWriting.close()
        supervisor.process.waitUntilExit()
    }

    private static func firstLine(of handle: FileHandle) -> String? {
        var bytes: [UInt8] = []
        while let byte = try? handle.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            bytes.append(byte)
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}

/// Why there is no throwaway PostgreSQL.
package struct EmbeddedClusterError: Error, CustomStringConvertible {
    package var message: String

    init(_ message: String) {
        self.message = message
    }

    package var description: String { message }
}
