import Foundation
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// Whole commands against golden files: a directory per case.
///
/// `command` is a shell script that calls `$ASSAY`; `setup.sql` fills a database of the case's own, `$DSN` reaches it, and
/// the rows of `after.sql` come behind the command's output. `stdout`, `stderr` and `status` are what must come. With
/// ASSAY_UPDATE_GOLDEN=1 in the environment they are written instead; then read the difference. What several cases use is a
/// link into `Fixtures`.
struct CaseTests {
    private static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Cases")

    static let names: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }()

    // Cases wait for each other, and for the other suites.
    @Test(.timeLimit(.minutes(10)), arguments: names)
    func printsWhatItShould(name: String) async throws {
        let directory = Self.directory.appendingPathComponent(name)
        try await TestServer.withDatabase { database in
            let setup = directory.appendingPathComponent("setup.sql")
            if let script = try? String(contentsOf: setup, encoding: .utf8) {
                try await database.execute(SQL(quotedByServer: script))
            }
            var result = try run(in: directory, conninfo: database.conninfo)
            let after = directory.appendingPathComponent("after.sql")
            if let query = try? String(contentsOf: after, encoding: .utf8) {
                let rows = try await database.rows(SQL(quotedByServer: query))
                result.stdout += rows.map { $0.cells.map { $0 ?? "NULL" }.joined(separator: " | ") + "\n" }.joined()
            }
            try compare(result.stdout, with: directory.appendingPathComponent("stdout"))
            try compare(result.stderr, with: directory.appendingPathComponent("stderr"))
            try compare("\(result.status)\n", with: directory.appendingPathComponent("status"))
        }
    }

    @Test
    func thereAreCases() {
        #expect(Self.names.count >= 10)
    }

    private struct CommandResult {
        var stdout: String
        var stderr: String
        var status: Int32
    }

    private func run(in directory: URL, conninfo: String) throws -> CommandResult {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("assay-case-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let (out, err) = (scratch.appendingPathComponent("out"), scratch.appendingPathComponent("err"))
        for url in [out, err] { _ = FileManager.default.createFile(atPath: url.path, contents: nil) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["command"]
        process.currentDirectoryURL = directory
        process.environment = [
            "ASSAY": try Self.executable().path, "DSN": conninfo, "SCRATCH": scratch.path, "PATH": "/usr/bin:/bin",
            "COLUMNS": "100", "LANG": "C.UTF-8",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        try process.run()
        process.waitUntilExit()
        return CommandResult(
            stdout: normalized(try String(contentsOf: out, encoding: .utf8), conninfo, scratch),
            stderr: normalized(try String(contentsOf: err, encoding: .utf8), conninfo, scratch),
            status: process.terminationStatus)
    }

    /// The program beside the tests' own.
    private static func executable() throws -> URL {
        let own = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let candidate = own.deletingLastPathComponent().appendingPathComponent("assay")
        guard FileManager.default.isExecutableFile(atPath: candidate.path) else { throw MissingExecutable() }
        return candidate
    }

    private struct MissingExecutable: Error {}

    /// The text without what differs from run to run.
    private func normalized(_ text: String, _ conninfo: String, _ scratch: URL) -> String {
        text
            .replacing(conninfo, with: "<dsn>")
            .replacing(scratch.path, with: "<scratch>")
            .replacing(#/test_\d+/#, with: "<database>")
            .replacing(#/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?Z/#, with: "<time>")
            .replacing(#/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/#, with: "<run>")
            .replacing(#/as run [0-9a-f]{8}/#, with: "as run <run>")
            .replacing(#/PostgreSQL \d+(\.\d+)?/#, with: "PostgreSQL <version>")
            .replacing(#/\bin \d+(\.\d+)? m?s\b/#, with: "in <duration>")
            .replacing(#/(costs?) \d{1,3}(,?\d{3})*\b/#) { "\($0.output.1) <n>" }
            .replacing(#/(planning|execution) [0-9.]+ m?s/#) { "\($0.output.1) <duration>" }
            .replacing(#/, [0-9.]+ m?s one after/#, with: ", <duration> one after")
            .replacing(
                #/[0-9,]+ blocks? from cache, [0-9,]+ from outside/#, with: "<n> blocks from cache, <n> from outside"
            )
            .replacing(#/"(duration|cost)_ms": ?[0-9.]+/#) { "\"\($0.output.1)_ms\": <ms>" }
            .replacing(#/"project_revision": ?("[0-9a-f]{40}"|null)/#, with: "\"project_revision\": <revision>")
            .replacing(#/time="[0-9.]+"/#, with: "time=\"<seconds>\"")
    }

    private func compare(_ actual: String, with golden: URL) throws {
        if ProcessInfo.processInfo.environment["ASSAY_UPDATE_GOLDEN"] == "1" {
            try Data(actual.utf8).write(to: golden)
        }
        let expected = try String(contentsOf: golden, encoding: .utf8)
        guard actual != expected else { return }
        let (left, right) = (expected.components(separatedBy: "\n"), actual.components(separatedBy: "\n"))
        let first = zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }
        let line = first.map(\.offset) ?? min(left.count, right.count)
        Issue.record(
            """
            \(golden.path):\(line + 1) differs
            expected: \(line < left.count ? left[line] : "<end>")
            actual:   \(line < right.count ? right[line] : "<end>")
            """)
    }
}
