import ExactJSON
import Foundation
import Results

/// A folder of reports: what was written is never overwritten, and each manifest holds the digest of the one before it.
struct ReportFolder {
    /// What one revision of a period's report was made of.
    struct Manifest: Sendable, Hashable {
        var period: String
        /// From 1; a later one has what became known since.
        var revision: Int
        /// From 1, in the order in which reports were written.
        var number = 1
        var agreements: [String]
        /// As PostgreSQL writes it: what was recorded later does not exist.
        var asOf: String
        var target: String
        var assayVersion: String
        /// SHA-256 of what each agreement said last, by its name.
        var definitions: [String: String] = [:]
        /// Ids of the exclusions that count.
        var exclusions: [String] = []
        /// SHA-256 of what all figures are counted from.
        var inputs = ""
        /// SHA-256 by name of file, in the order of names.
        var files: [(name: String, digest: String)]
        /// The SHA-256 of the manifest that was written before it.
        var previous: String?

        static func == (one: Self, two: Self) -> Bool { one.text == two.text }

        func hash(into hasher: inout Hasher) { hasher.combine(text) }

        var text: String {
            let document: JSONValue = [
                "number": .number(String(number)), "period": .string(period), "revision": .number(String(revision)),
                "agreements": .array(agreements.map(JSONValue.string)), "as_of": .string(asOf),
                "target": .string(target), "assay_version": .string(assayVersion),
                "definitions": .object(definitions.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }),
                "exclusions": .array(exclusions.map(JSONValue.string)), "inputs": .string(inputs),
                "files": .object(files.map { .init($0.name, .string($0.digest)) }),
                "previous": .string(ifPresent: previous),
            ]
            return document.indentedText + "\n"
        }

        /// Reads what ``text`` says; `nil` where it is something else.
        init?(_ text: String) {
            guard let json = try? JSONValue(parsing: text), let number = json["number"]?.integer,
                let period = json["period"]?.string, let revision = json["revision"]?.integer,
                let asOf = json["as_of"]?.string,
                let target = json["target"]?.string, let version = json["assay_version"]?.string
            else { return nil }
            (self.number, self.period, self.revision) = (number, period, revision)
            (self.asOf, self.target, assayVersion) = (asOf, target, version)
            for member in json["definitions"]?.members ?? [] { definitions[member.name] = member.value.string }
            exclusions = (json["exclusions"]?.elements ?? []).compactMap(\.string)
            inputs = json["inputs"]?.string ?? ""
            agreements = (json["agreements"]?.elements ?? []).compactMap(\.string)
            files = (json["files"]?.members ?? []).map { ($0.name, $0.value.string ?? "") }
            previous = json["previous"]?.string
        }

        init(
            period: String, revision: Int, agreements: [String], asOf: String, target: String, assayVersion: String
        ) {
            (self.period, self.revision, self.agreements) = (period, revision, agreements)
            (self.asOf, self.target, self.assayVersion) = (asOf, target, assayVersion)
            files = []
        }

        var fileName: String { ReportFolder.name(period, revision, "manifest.json") }
        var digest: String { Digest.sha256(text) }
    }

    let path: String

    static func name(_ period: String, _ revision: Int, _ ending: String) -> String {
        "sla-\(period)\(revision > 1 ? ".r\(revision)" : "").\(ending)"
    }

    /// The manifests of the folder, in the order in which they were written.
    ///
    /// - Throws: A ``CommandFailure`` if one cannot be read.
    func manifests() throws -> [Manifest] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter {
            $0.hasPrefix("sla-") && $0.hasSuffix(".manifest.json")
        }
        return try names.map { name in
            guard let text = text(of: name), let manifest = Manifest(text) else {
                throw CommandFailure(.usage, "\(path)/\(name) is no manifest of a report")
            }
            return manifest
        }.sorted { ($0.number, $0.fileName) < ($1.number, $1.fileName) }
    }

    func text(of name: String) -> String? {
        FileManager.default.contents(atPath: "\(path)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a report as the next revision of its period, unless the last one has the same figures.
    ///
    /// - Parameters:
    ///   - manifest: Without files, revision and what came before.
    ///   - texts: What to write, by the ending of the file.
    ///   - endings: All that is asked for.
    ///   - prints: What is made of the texts and not the same each time, alike; made only when something is written.
    /// - Returns: The manifest; `nil` where nothing has changed.
    /// - Throws: A ``CommandFailure`` if nothing can be written.
    func write(
        _ manifest: Manifest, _ texts: [(ending: String, text: String)], endings: [String],
        prints: () throws -> [(ending: String, data: Data)]
    ) throws -> Manifest? {
        let earlier = try manifests()
        let last = earlier.last { $0.period == manifest.period }
        var manifest = manifest
        manifest.revision = (last?.revision ?? 0) + 1
        if let last {
            let isSame = texts.allSatisfy { ending, text in
                let before = self.text(of: Self.name(last.period, last.revision, ending)) ?? ""
                return Self.withoutInstant(before, last.asOf) == Self.withoutInstant(text, manifest.asOf)
            }
            let isThere = endings.allSatisfy { ending in
                last.files.contains { $0.name == Self.name(last.period, last.revision, ending) }
            }
            if isSame, isThere { return nil }
        }
        manifest.number = (earlier.last?.number ?? 0) + 1
        manifest.previous = earlier.last?.digest
        let files = texts.map { (ending: $0.ending, data: Data($0.text.utf8)) } + (try prints())
        manifest.files = files.map { ending, data in
            (Self.name(manifest.period, manifest.revision, ending), Digest.sha256(data))
        }.sorted { $0.name < $1.name }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (ending, data) in files {
            try RunOutput.write(data, to: "\(path)/\(Self.name(manifest.period, manifest.revision, ending))")
        }
        try RunOutput.write(manifest.text, to: "\(path)/\(manifest.fileName)")
        return manifest
    }

    /// A report without the instant as of which it was made: that alone is no other figure.
    private static func withoutInstant(_ text: String, _ instant: String) -> String {
        let seconds = instant.prefix(19).replacing("T", with: " ")
        return text.replacing(instant, with: "").replacing(seconds, with: "")
            .replacing(seconds.replacing(":", with: "&#58;"), with: "")
    }

    /// What of the folder is not as its manifests say: files that are gone or changed, and links of the chain that do not hold.
    func problems() throws -> [String] {
        let all = try manifests()
        var problems: [String] = []
        for (index, manifest) in all.enumerated() {
            for (name, digest) in manifest.files {
                guard let data = FileManager.default.contents(atPath: "\(path)/\(name)") else {
                    problems.append("\(name) is gone")
                    continue
                }
                if Digest.sha256(data) != digest { problems.append("\(name) is not what was written") }
            }
            let before = index > 0 ? all[index - 1] : nil
            if manifest.number != (before?.number ?? 0) + 1 || manifest.previous != before?.digest {
                problems.append(
                    "\(manifest.fileName) does not follow \(before?.fileName ?? "nothing"): a manifest was changed, added or taken away"
                )
            }
        }
        return problems
    }
}
