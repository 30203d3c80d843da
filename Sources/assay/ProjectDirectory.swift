import CheckFiles
import Foundation
import Reporting

/// The project on disk: found, read, and its mistakes told.
struct ProjectDirectory {
    /// The directory, as the user would type it, without a slash at its end.
    var path: String
    var files: [SourceFile]

    /// Finds the project: the given directory, else the nearest `assay.yaml` in `.` or `./checks` or above.
    static func find(_ given: String?) throws -> ProjectDirectory {
        if let given {
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: given, isDirectory: &isDirectory), isDirectory.boolValue else {
                throw CommandFailure(
                    .usage, "there is no directory \"\(given)\"", hint: "--checks names the directory with assay.yaml.")
            }
            return try read(given.count > 1 && given.hasSuffix("/") ? String(given.dropLast()) : given)
        }
        for candidate in ["checks", "."] where exists("\(candidate)/\(ProjectLoader.projectFileName)") {
            return try read(candidate)
        }
        var above = ".."
        for _ in 0..<32 {
            if exists("\(above)/\(ProjectLoader.projectFileName)") { return try read(above) }
            if exists("\(above)/checks/\(ProjectLoader.projectFileName)") { return try read("\(above)/checks") }
            above += "/.."
        }
        throw CommandFailure(
            .usage, "no assay.yaml here, in ./checks or above",
            hint: "Name the project's directory with --checks, or see one at work: assay demo.")
    }

    /// Loads the project; prints every mistake, and ends the command if one is an error.
    func load() throws -> Project { try load(files) }

    /// Loads targets, owners and defaults only: who reads results does not need every check.
    func loadSettings() throws -> Project {
        try load(files.filter { $0.path == ProjectLoader.projectFileName })
    }

    private func load(_ files: [SourceFile]) throws -> Project {
        let project = ProjectLoader.load(files)
        guard !project.diagnostics.isEmpty else { return project }
        let style = Console.errorStyle
        let prefix = path == "." || path.isEmpty ? "" : path + "/"
        Console.writeError(DiagnosticText(project.diagnostics, style: style, directory: prefix).text)
        guard project.hasErrors else { return project }
        let count = project.diagnostics.count { $0.level == .error }
        throw CommandFailure(.usage, "\(count) mistake\(count == 1 ? "" : "s") in the project's files; nothing was run")
    }

    private static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    private static func read(_ directory: String) throws -> ProjectDirectory {
        var files: [SourceFile] = []
        var visited: Set<String> = []
        try collect("", in: directory, &files, &visited)
        return ProjectDirectory(path: directory, files: files)
    }

    /// Reads a directory and those below it, links included; what cannot be read is a mistake, never left out.
    private static func collect(
        _ place: String, in directory: String, _ files: inout [SourceFile], _ visited: inout Set<String>
    ) throws {
        let path = place.isEmpty ? directory : "\(directory)/\(place)"
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard visited.insert(resolved).inserted else { return }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: resolved) else {
            throw CommandFailure(.usage, "the directory \"\(path)\" cannot be read")
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            let inner = place.isEmpty ? name : "\(place)/\(name)"
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(directory)/\(inner)", isDirectory: &isDirectory) else {
                throw CommandFailure(.usage, "\(directory)/\(inner) is a link to nothing")
            }
            if isDirectory.boolValue {
                try collect(inner, in: directory, &files, &visited)
            } else if [".yaml", ".yml", ".sql"].contains(where: name.lowercased().hasSuffix) {
                files.append(try read(inner, in: directory))
            }
        }
    }

    private static func read(_ name: String, in directory: String) throws -> SourceFile {
        let path = "\(directory)/\(name)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.usage, "\(path) cannot be read")
        }
        guard data.count <= SourceFile.maximumBytes else {
            throw CommandFailure(
                .usage, "\(path) is larger than 1 MiB", hint: "A check file is written by a person; split it.")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw CommandFailure(.usage, "\(path) is not UTF-8 text")
        }
        let withoutMark = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        guard data.contains(UInt8(ascii: "\r")) else { return SourceFile(path: name, text: withoutMark) }
        return SourceFile(path: name, text: withoutMark.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
    }
}
