import ArgumentParser
import CheckFiles
import Checks
import ExactJSON
import Foundation
import Postgres
import Results

/// `assay record`: measurements that were made elsewhere.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Record measurements of the project's checks that were made elsewhere.",
        discussion: """
            A line of JSON for each:

              {"check": "shop.orders.fresh", "outcome": "pass", "observed_at": "2026-10-01T06:00:10Z", "trigger": "scheduled",
               "slot": "2026-10-01T06:00:00Z", "good": 1000, "total": 1000}

            Besides check, outcome and observed_at all may be left out. The owner of the results schema may also say \
            "recorded_at": when it became known. Recording the same lines again adds nothing.
            """)

    @Argument(help: ArgumentHelp("File with the lines; - is standard input.", valueName: "file"), completion: .file())
    var file: String

    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments
    @OptionGroup var results: ResultsArguments

    func run() async throws {
        let loaded = try ProjectDirectory.find(project.directory).load()
        let resolver = TargetResolver(project: loaded, arguments: target)
        let name = try resolver.target().name
        let (lines, saysWhenKnown) = try read(checks: loaded.checks)
        let count = try await ResultsPlace.withConnection(project, results) { connection, schema in
            let importing = MeasurementImport(connection: connection, schema: schema)
            if saysWhenKnown, try await !importing.isOwner() {
                throw CommandFailure(
                    .usage, "only the owner of the results schema may say when something became known",
                    hint: "Leave \"recorded_at\" out.")
            }
            do {
                return try await importing.record(lines, of: name, assay: Version.text)
            } catch let error as PostgresError where ["22", "23"].contains(error.sqlState?.errorClass) {
                throw CommandFailure(.usage, "\(file): \(error.message)")
            }
        }
        Console.write(
            "recorded \(count) of \(lines.count) measurements\(count < lines.count ? "; the others were there" : "")\n")
    }

    /// The measurements with what is known of their checks, and whether one says when it became known.
    private func read(checks: [Check]) throws -> (lines: [JSONValue], saysWhenKnown: Bool) {
        let data =
            file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
        guard let data else { throw CommandFailure(.usage, "\(file) cannot be read") }
        let byID = Dictionary(checks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var lines: [JSONValue] = []
        var saysWhenKnown = false
        let texts = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (number, text) in texts.enumerated() where !text.allSatisfy(\.isWhitespace) {
            let place = "\(file):\(number + 1)"
            guard let json = try? JSONValue(parsing: String(text)), let id = json["check"]?.string else {
                throw CommandFailure(.usage, "\(place): this is no measurement", hint: "assay record --help shows one.")
            }
            guard let check = byID[id] else {
                throw CommandFailure(
                    .usage, "\(place): there is no check \"\(id)\"",
                    hint: Suggestion.hint(for: id, among: Array(byID.keys)))
            }
            for name in ["outcome", "observed_at"] where json[name]?.string == nil {
                throw CommandFailure(.usage, "\(place): there is no \"\(name)\"")
            }
            for (name, words) in [
                ("outcome", Outcome.allCases.map(\.rawValue)), ("trigger", RunRecord.Trigger.allCases.map(\.rawValue)),
            ] {
                guard let word = json[name]?.string, !words.contains(word) else { continue }
                throw CommandFailure(
                    .usage, "\(place): \"\(word)\" is no \(name)",
                    hint: "Choose one of: \(words.joined(separator: ", ")).")
            }
            if json["recorded_at"] != nil { saysWhenKnown = true }
            lines.append(
                .object(
                    json.members + MeasurementImport.members(of: check)
                        + [
                            .init("trigger", json["trigger"] ?? .string("manual"))
                        ].filter { member in json[member.name] == nil }))
        }
        guard !lines.isEmpty else { throw CommandFailure(.usage, "\(file) has no measurement") }
        return (lines, saysWhenKnown)
    }
}

extension MeasurementImport {
    /// What a line says of its check.
    static func members(of check: Check) -> [JSONValue.Member] {
        [
            .init("check_id", .string(check.id)), .init("dataset", .string(check.dataset.name)),
            .init("kind", .string(check.kindName)), .init("columns", .array(check.columns.map(JSONValue.string))),
            .init("severity", .string(check.severity.rawValue)), .init("dimension", .string(check.dimension.rawValue)),
            .init("owner", .string(ifPresent: check.owner)), .init("tags", .array(check.tags.map(JSONValue.string))),
            .init("sha256", .string(Digest.sha256(check.definition))),
            .init("definition", (try? JSONValue(parsing: check.definition)) ?? .null),
            .init("schedule", .string(ifPresent: check.schedule?.text)),
        ]
    }
}
