import Checks
import ServiceLevels
import StructuredSQL

/// The options every check takes beside its kind.
struct CommonOptions {
    static let keys = [
        "id", "name", "description", "where", "warn", "fail", "severity", "dimension", "tags", "owner", "keep",
        "columns", "nulls", "enabled", "on_empty", "schedule", "runbook", "sample", "group_by",
    ]

    /// Sets what the entries say on `check`; thresholds follow the kind's rules.
    static func apply(_ entries: [String: YAMLNode.Entry], to check: inout Check, with reader: NodeReader) {
        for option in type(of: check.kind).definition.optionsWithoutEffect {
            guard let entry = entries[option] else { continue }
            reader.diagnostics.error(at: entry.keyLocation, "\"\(option)\" changes nothing about \(check.kindName)")
        }
        check.name = reader.text(entries["name"]) ?? check.name
        check.description = reader.text(entries["description"]) ?? check.description
        check.filter = reader.expression(entries["where"])
        check.severity = reader.aliasedWord(entries["severity"], as: Severity.self) ?? check.severity
        check.dimension = reader.aliasedWord(entries["dimension"], as: Dimension.self) ?? check.dimension
        for tag in reader.texts(entries["tags"]) ?? [] where !check.tags.contains(tag) { check.tags.append(tag) }
        check.owner = reader.text(entries["owner"]) ?? check.owner
        check.keep = reader.rowLimit(entries["keep"]) ?? check.keep
        check.keptColumns = reader.texts(entries["columns"])
        check.nulls = reader.word(entries["nulls"], as: NullPolicy.self) ?? check.nulls
        check.isEnabled = reader.boolean(entries["enabled"]) ?? check.isEnabled
        check.onEmpty = reader.word(entries["on_empty"], as: EmptyPolicy.self) ?? check.onEmpty
        check.runbook = reader.text(entries["runbook"]) ?? check.runbook
        check.groupBy = reader.texts(entries["group_by"]) ?? []
        if let entry = entries["group_by"], (check.kind as? any BaselineKind)?.baseline.recorded != nil {
            reader.diagnostics.error(
                at: entry.keyLocation, "what runs record is not by group, so \(check.kindName) could never be judged",
                hint: "Leave group_by out, or compare with a baseline in the database.")
        }
        if let entry = entries["sample"] { check.sample = reader.sample(entry) ?? check.sample }
        if let entry = entries["schedule"] { check.schedule = schedule(entry.value, with: reader) ?? check.schedule }
        applyThresholds(entries, to: &check, with: reader)
    }

    private static func applyThresholds(
        _ entries: [String: YAMLNode.Entry], to check: inout Check, with reader: NodeReader
    ) {
        let quantities = check.kind.quantities
        let warn = reader.threshold(entries["warn"], allowing: quantities)
        let fail = reader.threshold(entries["fail"], allowing: quantities)
        check.warn = warn
        if let own = check.kind.ownThreshold {
            if let entry = entries["fail"] {
                reader.diagnostics.error(
                    at: entry.keyLocation,
                    "the bounds of \(check.kindName) and \"fail\" are two thresholds for one level",
                    hint: "Drop one of them.")
            }
            check.fail = own
        } else {
            // A single level given stands alone.
            check.fail = entries["fail"] != nil ? fail : entries["warn"] != nil ? nil : check.kind.defaultThreshold
            if entries["fail"] == nil, entries["warn"] == nil, check.fail == nil {
                reader.diagnostics.error(
                    at: check.source, "\(check.kindName) has no threshold, so it could never fail",
                    hint: "Add fail: value not between 20 and 60, or warn.")
            }
        }
        if let warn, let fail = check.fail, warn == fail, let entry = entries["warn"] {
            reader.diagnostics.warning(at: entry.keyLocation, "warn and fail are the same, so this check never warns")
        }
    }

    static func schedule(_ node: YAMLNode, with reader: NodeReader) -> Schedule? {
        let entries = reader.mapping(node, of: "a schedule", keys: ["every", "cron", "zone", "grace"])
        let grace = reader.duration(entries["grace"]) ?? .zero
        switch (entries["every"], entries["cron"]) {
        case (let every?, nil):
            if let zone = entries["zone"] {
                reader.diagnostics.error(at: zone.keyLocation, "\"zone\" belongs to \"cron\"")
            }
            guard let period = reader.duration(every) else { return nil }
            if period == .zero {
                reader.diagnostics.error(at: every.value.location, "\"every\" must be longer than nothing")
            }
            return Schedule(rhythm: .every(period), grace: grace)
        case (nil, let cron?):
            guard let text = reader.text(cron) else { return nil }
            guard CronExpression(text) != nil else {
                reader.diagnostics.error(
                    at: cron.value.location, "\"\(text)\" is no cron expression that ever comes true",
                    hint: "It has five fields, minute hour day month weekday, such as 0 6 * * mon-fri.")
                return nil
            }
            return Schedule(rhythm: .cron(text, zone: reader.text(entries["zone"])), grace: grace)
        default:
            reader.diagnostics.error(at: node.location, "a schedule has either \"every\" or \"cron\"")
            return nil
        }
    }
}
