import ArgumentParser
import Catalog
import CheckFiles
import Checks
import Execution
import Foundation
import Reporting
import StructuredSQL

/// `assay baseline`: writes down what relations are.
struct BaselineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "Write down what relations are now, for schema_unchanged: {against: baseline}.",
        discussion: """
            Writes one file beside the suite of each dataset that has such a check, in place of an older one, and says \
            what changed. Commit it: then a change of the schema is agreed to by whoever reviews the change of the file.
            """)

    @OptionGroup var selection: SelectionArguments
    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments

    func run() async throws {
        let directory = try ProjectDirectory.find(project.directory)
        let loaded = try directory.load()
        let checks = try CheckSelection(selection.selectors, directory: directory.path).select(from: loaded.checks)
            .filter { ($0.kind as? SchemaUnchanged)?.needsBaseline == true }
        guard !checks.isEmpty else {
            throw CommandFailure(
                .usage, "no selected check compares with a baseline",
                hint: "Add {schema_unchanged: {against: baseline}} to a suite's checks.")
        }
        let server = try TargetResolver(project: loaded, arguments: target).target()
        let audit = try await OneShot.audit(server, checks, loaded.defaults, usesProofs: true)
        let schemas = audit.schemas
        _ = await audit.finish()
        var taken = Set(loaded.baselinePaths.values)
        for check in checks {
            let dataset = check.dataset
            guard let schema = schemas[dataset.name] else {
                throw CommandFailure(.notEvaluated, "relation \"\(dataset.name)\" does not exist")
            }
            let path =
                loaded.baselinePaths[dataset.relation] ?? Self.path(for: dataset, beside: check.source.file, taken)
            taken.insert(path)
            try write(schema, of: dataset, to: "\(directory.path)/\(path)")
        }
    }

    private func write(_ schema: RelationSchema, of dataset: Dataset, to path: String) throws {
        guard let old = dataset.schemaBaseline else {
            try save(schema.baseline(of: dataset.name), at: path)
            return Console.write("\(path): written, \(NumberText.plural(schema.columns.count, "column"))\n")
        }
        let changes = SchemaChange.changes(from: old, to: schema)
        guard !changes.isEmpty else { return Console.write("\(path): nothing has changed\n") }
        try save(schema.baseline(of: dataset.name), at: path)
        Console.write("\(path): \(NumberText.plural(changes.count, "change"))\n")
        for change in changes { Console.write("  \(TerminalText.harmless(change.text))\n") }
    }

    private func save(_ text: String, at path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(.usage, "\(path) cannot be written: \(error.localizedDescription)")
        }
    }

    /// `shop/orders.yaml` has `shop/orders.baseline.yaml` beside it.
    ///
    /// Where another dataset's has that name, it has the dataset's name in it.
    private static func path(for dataset: Dataset, beside suite: String, _ taken: Set<String>) -> String {
        let stem = suite.lastIndex(of: ".").map { String(suite[..<$0]) } ?? suite
        let path = "\(stem).baseline.yaml"
        guard taken.contains(path) else { return path }
        let name = String(dataset.name.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "-" })
        return "\(stem).\(name).baseline.yaml"
    }
}
