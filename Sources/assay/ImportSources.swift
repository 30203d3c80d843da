import CheckFiles
import ExactJSON
import Foundation
import Importing

/// Reads the files of another tool.
struct ImportSources {
    var sources: [ImportSource] = []
    /// Files that could not be read, each with the reason.
    var problems: [(path: String, message: String)] = []

    /// Larger files are no project's of a person; a manifest may be large.
    private static let maximumBytes = 256 << 20

    /// - Throws: A ``CommandFailure`` if there is no such file or directory.
    init(at path: String, of tool: ImportTool) throws {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw CommandFailure(.usage, "there is no \(path)")
        }
        let root = URL(filePath: path).standardizedFileURL
        guard isDirectory.boolValue else {
            read(root, as: root.lastPathComponent, of: tool)
            return
        }
        let walker = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey])
        var files: [(url: URL, path: String)] = []
        while let url = walker?.nextObject() as? URL {
            let relative = String(
                url.standardizedFileURL.path(percentEncoded: false).dropFirst(root.path(percentEncoded: false).count)
            )
            .drop { $0 == "/" }
            let skipped = ["dbt_packages", "node_modules", ".git", "logs", "compiled", "run"]
            if relative.split(separator: "/").contains(where: { skipped.contains(String($0)) }) { continue }
            if tool.takes(String(relative)) { files.append((url, String(relative))) }
        }
        for file in files.sorted(by: { $0.path < $1.path }) { read(file.url, as: file.path, of: tool) }
    }

    private mutating func read(_ url: URL, as path: String, of tool: ImportTool) {
        guard let data = try? Data(contentsOf: url), data.count <= Self.maximumBytes else {
            return problems.append((path, "it cannot be read, or is larger than 256 MiB"))
        }
        let text = String(decoding: data, as: UTF8.self)
        switch url.pathExtension.lowercased() {
        case "sql": sources.append(ImportSource(path: path, content: .text(text)))
        case "json":
            do {
                sources.append(ImportSource(path: path, content: .document(try JSONValue(parsing: text))))
            } catch {
                problems.append((path, "it is not JSON"))
            }
        default:
            do {
                let file = SourceFile(path: path, text: text)
                let values =
                    tool.hasSeveralDocuments ? try YAMLText.documents(of: file) : [try YAMLText.value(of: file)]
                sources += values.map { ImportSource(path: path, content: .document($0)) }
            } catch {
                problems.append((path, "line \(error.line): \(error.message)"))
            }
        }
    }
}

/// Tools and standards of which checks, or promises about them, can be imported.
enum ImportTool: String, CaseIterable {
    case dbt, soda, odcs, gx, openslo

    /// Whether a YAML file may have several documents in it.
    var hasSeveralDocuments: Bool { self == .openslo }

    /// Whether a file of a project may have checks in it, by its path.
    func takes(_ path: String) -> Bool {
        let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
        switch self {
        case .dbt:
            if path.hasPrefix("target/") { return path == "target/manifest.json" }
            return ["yml", "yaml"].contains(ending)
                || ending == "sql" && path.hasPrefix("tests/") && !path.hasPrefix("tests/generic/")
        case .soda: return ["yml", "yaml"].contains(ending)
        case .odcs, .openslo: return ["yml", "yaml", "json"].contains(ending)
        case .gx: return ending == "json"
        }
    }

    func project(from sources: [ImportSource]) -> ImportedProject {
        switch self {
        case .dbt: DbtImporter.project(from: sources)
        case .soda: SodaImporter.project(from: sources)
        case .odcs: OdcsImporter.project(from: sources)
        case .gx: GxImporter.project(from: sources)
        case .openslo: OpenSLOImporter.project(from: sources)
        }
    }
}
