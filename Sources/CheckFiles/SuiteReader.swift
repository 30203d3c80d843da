import Catalog
import Checks
import StructuredSQL

/// Reads a suite: one dataset and its checks.
struct SuiteReader {
    let reader: NodeReader
    let defaults: ProjectDefaults

    static let keys = [
        "dataset", "description", "key", "time", "owner", "severity", "tags", "keep", "pii", "columns", "checks",
        "schedule", "runbook", "budget", "sample",
    ]

    func checks(of node: YAMLNode) -> [Check] {
        let entries = reader.mapping(node, of: "a suite", keys: Self.keys)
        guard let relation = reader.relation(entries["dataset"]) else {
            if entries["dataset"] == nil {
                reader.diagnostics.error(
                    at: node.location, "a suite needs a \"dataset\"", hint: "Write dataset: schema.table.")
            }
            return []
        }
        _ = reader.text(entries["description"])
        var dataset = Dataset(relation: relation)
        dataset.key = reader.texts(entries["key"]) ?? []
        dataset.time = entries["time"].flatMap { time($0.value) }
        dataset.masking = entries["pii"].map { reader.masking($0.value) } ?? [:]
        dataset.budget = entries["budget"].flatMap { budget($0.value) }
        let template = CheckReader.Template(
            dataset: dataset,
            severity: reader.aliasedWord(entries["severity"], as: Severity.self) ?? defaults.severity,
            owner: reader.text(entries["owner"]) ?? defaults.owner,
            tags: reader.texts(entries["tags"]) ?? [],
            keep: reader.rowLimit(entries["keep"]) ?? defaults.keep,
            schedule: entries["schedule"].flatMap { CommonOptions.schedule($0.value, with: reader) },
            runbook: reader.text(entries["runbook"]),
            sample: entries["sample"].flatMap { reader.sample($0) }
        )
        let checkReader = CheckReader(reader: reader, template: template)
        var checks: [Check] = []
        if let columns = entries["columns"] {
            if let entries = columns.value.entries {
                if entries.isEmpty { reader.diagnostics.error(at: columns.value.location, "\"columns\" is empty") }
                checks += entries.flatMap(checkReader.checks(under:))
            } else {
                reader.diagnostics.error(at: columns.value.location, "\"columns\" maps each column to its checks")
            }
        }
        if let list = entries["checks"] {
            if let elements = list.value.elements {
                if elements.isEmpty { reader.diagnostics.error(at: list.value.location, "\"checks\" is empty") }
                checks += elements.compactMap { checkReader.check($0, under: nil) }
            } else {
                reader.diagnostics.error(at: list.value.location, "\"checks\" must be a list")
            }
        }
        if entries["columns"] == nil, entries["checks"] == nil {
            reader.diagnostics.error(
                at: node.location, "this suite has no checks", hint: "Add \"columns:\" or \"checks:\".")
        }
        return checks
    }

    /// `budget: {cost: 500000, over: sample}`, in the unit of PostgreSQL's planner.
    private func budget(_ node: YAMLNode) -> CostLimit? {
        let entries = reader.mapping(node, of: "budget", keys: ["cost", "over"])
        let over = reader.word(entries["over"], as: OverBudget.self) ?? .refuse
        guard let entry = entries["cost"] else {
            if node.entries != nil { reader.diagnostics.error(at: node.location, "\"budget\" needs a \"cost\"") }
            return nil
        }
        guard let cost = entry.value.text.flatMap({ Double($0) }), cost > 0, cost.isFinite else {
            reader.diagnostics.error(
                at: entry.value.location, "a cost is a number greater than 0",
                hint: "It is what EXPLAIN calls cost; \"assay plan\" prints it for each statement.")
            return nil
        }
        return CostLimit(cost: cost, samples: over == .sample)
    }

    /// What becomes of a dataset that would cost too much.
    private enum OverBudget: String, CaseIterable {
        case refuse, sample
    }

    /// `time: created_at` or `time: {column: created_at, zone: UTC}`.
    private func time(_ node: YAMLNode) -> TimeColumn? {
        if let column = node.text { return TimeColumn(column: column) }
        let entries = reader.mapping(node, of: "time", keys: ["column", "zone"])
        guard let column = reader.text(entries["column"]) else {
            if entries["column"] == nil { reader.diagnostics.error(at: node.location, "\"time\" needs a \"column\"") }
            return nil
        }
        return TimeColumn(column: column, zone: reader.text(entries["zone"]))
    }
}
