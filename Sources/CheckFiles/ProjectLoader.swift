import Catalog
import Checks
import Comparison
import Dispatch
import ServiceLevels
import StructuredSQL
import Synchronization

/// Makes a project from its files: all checks that can be read, and all mistakes.
package enum ProjectLoader {
    /// Name of the file that says where data and results are.
    package static let projectFileName = "assay.yaml"

    /// Reads `files` in any order.
    package static func load(_ files: [SourceFile]) -> Project {
        let diagnostics = DiagnosticCollector()
        var project = Project(
            targets: [:], results: nil, owners: [:], defaults: ProjectDefaults(), checks: [], diagnostics: [])
        let sorted = files.sorted { $0.path < $1.path }
        for file in sorted {
            guard let spot = file.text.firstIndex(of: "\0") else { continue }
            let start = SourceLocation(file: file.path, line: 1)
            diagnostics.error(at: start.advanced(over: file.text[..<spot]), "the file has a NUL character in it")
        }
        for file in sorted where file.path == projectFileName {
            let reader = NodeReader(file: file, diagnostics: diagnostics)
            if let root = root(of: reader) { ProjectReader(reader: reader).read(root, into: &project) }
        }
        var baselines: [BaselineReader.Baseline] = []
        var holidays: [String: Set<CivilDate>] = [:]
        let others = sorted.filter { $0.path != projectFileName }
        for file in read(others, defaults: project.defaults) {
            project.checks += file.checks
            baselines += file.baselines
            project.diffs += file.diffs
            if !file.models.isEmpty { project.modelFamilies.append(file.models) }
            project.agreements += file.agreements
            holidays.merge(file.holidays) { $0.union($1) }
            diagnostics.append(file.diagnostics)
        }
        AgreementReader.attach(holidays, to: &project.agreements, diagnostics)
        reportDuplicates(of: "agreements", project.agreements.map { ($0.agreement.name, $0.source) }, to: diagnostics)
        attach(baselines, to: &project.checks, diagnostics)
        for baseline in baselines { project.baselinePaths[baseline.relation] = baseline.location.file }
        project.masking = shareMasking(among: &project.checks, diagnostics)
        reportDuplicates(
            of: "comparisons",
            project.diffs.map { ($0.name, $0.source) } + project.modelFamilies.map { ($0[0].name, $0[0].source) },
            to: diagnostics)
        reportDuplicates(project.checks, to: diagnostics)
        reportOwners(project, to: diagnostics)
        let filesByPath = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        project.diagnostics = diagnostics.diagnostics
            .map { diagnostic in
                var diagnostic = diagnostic
                diagnostic.sourceLine = filesByPath[diagnostic.location.file]?.line(diagnostic.location.line)
                return diagnostic
            }
            .sorted { $0.location < $1.location }
        return project
    }

    /// What one file holds, and what is wrong with it.
    private struct FileContents: Sendable {
        var checks: [Check] = []
        var baselines: [BaselineReader.Baseline] = []
        var diffs: [TableDiff] = []
        var models: [ModelComparison] = []
        var agreements: [DeclaredAgreement] = []
        /// Days by the path of the file that lists them.
        var holidays: [String: Set<CivilDate>] = [:]
        var diagnostics: [Diagnostic] = []
    }

    /// Reads files side by side: a large project has thousands.
    private static func read(_ files: [SourceFile], defaults: ProjectDefaults) -> [FileContents] {
        let contents = Mutex([FileContents](repeating: FileContents(), count: files.count))
        let pieces = min(files.count, 8)
        DispatchQueue.concurrentPerform(iterations: pieces) { piece in
            for index in stride(from: piece, to: files.count, by: pieces) {
                let diagnostics = DiagnosticCollector()
                var read = read(files[index], defaults: defaults, diagnostics)
                read.diagnostics = diagnostics.diagnostics
                let contentsOfFile = read
                contents.withLock { $0[index] = contentsOfFile }
            }
        }
        return contents.withLock { $0 }
    }

    private static func read(
        _ file: SourceFile, defaults: ProjectDefaults, _ diagnostics: DiagnosticCollector
    ) -> FileContents {
        guard !file.isSQL else {
            let reader = SQLCheckReader(file: file, diagnostics: diagnostics, defaults: defaults)
            return FileContents(checks: reader.check().map { [$0] } ?? [])
        }
        let reader = NodeReader(file: file, diagnostics: diagnostics)
        guard let root = root(of: reader) else { return FileContents() }
        let isSuite = root.entries?.contains { $0.key == "dataset" } ?? false
        let keys = Set(isSuite ? [] : root.entries?.map(\.key) ?? [])
        if keys.contains(DiffReader.key) {
            guard keys.isDisjoint(with: ["task", "truth", "champion", "challenger"]) else {
                return FileContents(models: ModelReader(reader: reader).comparisons(root))
            }
            return FileContents(diffs: DiffReader(reader: reader).diff(root).map { [$0] } ?? [])
        }
        if keys.contains(AgreementReader.key) {
            return FileContents(agreements: AgreementReader(reader: reader).agreement(root).map { [$0] } ?? [])
        }
        if keys == [AgreementReader.holidayKey], let entry = root.entries?.first {
            return FileContents(holidays: [file.path: AgreementReader(reader: reader).holidays(entry)])
        }
        if !isSuite, root.entries?.contains(where: { $0.key == BaselineReader.key }) == true {
            return FileContents(baselines: BaselineReader(reader: reader).baseline(root).map { [$0] } ?? [])
        }
        return FileContents(checks: SuiteReader(reader: reader, defaults: defaults).checks(of: root))
    }

    /// Gives checks the baselines of their datasets; which one it is belongs to what a check asks.
    private static func attach(
        _ baselines: [BaselineReader.Baseline], to checks: inout [Check], _ diagnostics: DiagnosticCollector
    ) {
        var byName: [RelationName: BaselineReader.Baseline] = [:]
        for baseline in baselines {
            guard let other = byName.updateValue(baseline, forKey: baseline.relation) else { continue }
            diagnostics.error(
                at: baseline.location, "\(baseline.relation) has two baselines; the other one is at \(other.location)")
        }
        let wanted = Set(
            checks.filter { ($0.kind as? SchemaUnchanged)?.needsBaseline == true }.map(\.dataset.relation))
        for baseline in baselines where !wanted.contains(baseline.relation) {
            diagnostics.warning(
                at: baseline.location, "no check compares \(baseline.relation) with this baseline",
                hint: Suggestion.hint(for: baseline.relation.description, among: wanted.map(\.description)))
        }
        for index in checks.indices {
            guard let kind = checks[index].kind as? SchemaUnchanged, kind.needsBaseline,
                let baseline = byName[checks[index].dataset.relation]
            else { continue }
            checks[index].dataset.schemaBaseline = baseline.schema
            checks[index].definition = checks[index].definition(with: baseline.schema)
        }
    }

    private static func root(of reader: NodeReader) -> YAMLNode? {
        do throws(YAMLSyntaxError) {
            if let root = try YAMLNode.parse(reader.file) { return root }
            // A project may leave everything to the command line; a suite without checks is a mistake.
            if reader.file.path != projectFileName {
                reader.diagnostics.error(at: SourceLocation(file: reader.file.path, line: 1), "the file is empty")
            }
        } catch {
            reader.diagnostics.error(at: error.location, error.message, hint: error.hint)
        }
        return nil
    }

    /// Tells every check what other files call personal in its dataset, whichever checks are selected later.
    ///
    /// Two rules for one column are one too many.
    private static func shareMasking(
        among checks: inout [Check], _ diagnostics: DiagnosticCollector
    ) -> [RelationName: [String: MaskingRule]] {
        var rules: [RelationName: [String: MaskingRule]] = [:]
        var reported: Set<String> = []
        for check in checks {
            for (column, rule) in check.dataset.masking.sorted(by: { $0.key < $1.key }) {
                let known = rules[check.dataset.relation]?[column]
                if let known, known != rule, reported.insert("\(check.source.file) \(column)").inserted {
                    diagnostics.error(
                        at: check.source,
                        "pii says \(rule.rawValue) for column \"\(column)\" of \(check.dataset.name), and \(known.rawValue) elsewhere",
                        hint: "Say it once, in the dataset's suite.")
                }
                rules[check.dataset.relation, default: [:]][column] = rule
            }
        }
        for index in checks.indices {
            checks[index].dataset.maskingElsewhere = rules[checks[index].dataset.relation] ?? [:]
        }
        return rules
    }

    private static func reportDuplicates(
        of what: String, _ named: [(name: String, source: SourceLocation)], to diagnostics: DiagnosticCollector
    ) {
        var first: [String: SourceLocation] = [:]
        for one in named.sorted(by: { $0.source < $1.source }) {
            guard let other = first.updateValue(one.source, forKey: one.name) else { continue }
            diagnostics.error(at: one.source, "two \(what) are called \"\(one.name)\"; the other one is at \(other)")
        }
    }

    private static func reportDuplicates(_ checks: [Check], to diagnostics: DiagnosticCollector) {
        var first: [String: SourceLocation] = [:]
        for check in checks {
            if let other = first.updateValue(check.source, forKey: check.id) {
                diagnostics.error(
                    at: check.source, "two checks have the id \"\(check.id)\"; the other one is at \(other)",
                    hint: "Give one of them an \"id\".")
                first[check.id] = other
            }
        }
    }

    /// An owner nobody knows cannot be told; where no owners are listed, any name will do.
    private static func reportOwners(_ project: Project, to diagnostics: DiagnosticCollector) {
        guard !project.owners.isEmpty else { return }
        var reported: Set<String> = []
        for check in project.checks {
            guard let owner = check.owner, project.owners[owner] == nil, reported.insert(owner).inserted else {
                continue
            }
            diagnostics.error(
                at: check.source, "owner \"\(owner)\" is not listed in assay.yaml",
                hint: Suggestion.hint(for: owner, among: project.owners.keys))
        }
    }
}
