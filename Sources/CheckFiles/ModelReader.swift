import Catalog
import Checks
import Comparison
import StructuredSQL

/// Reads a comparison of a challenger with a champion.
struct ModelReader {
    static let keys = [
        "compare", "description", "task", "key", "truth", "champion", "challenger", "threshold", "primary",
        "guardrails",
        "coverage", "confidence", "cluster", "min_rows", "where",
    ]

    let reader: NodeReader

    /// The comparison; `nil` after noting what is wrong.
    func comparison(_ node: YAMLNode) -> ModelComparison? {
        let entries = reader.mapping(node, of: "a comparison of models", keys: Self.keys)
        guard let nameEntry = entries[DiffReader.key], let name = reader.text(nameEntry) else { return nil }
        reader.requireIdentifier(name, at: nameEntry.value.location)
        guard let task = reader.word(required("task", entries, node), as: ModelComparison.Task.self),
            let key = reader.texts(required("key", entries, node)), !key.isEmpty,
            let truth = input("truth", column: "label", entries, node),
            let champion = input("champion", column: "score", entries, node),
            let challenger = input("challenger", column: "score", entries, node),
            let primaryEntry = required("primary", entries, node), let primary = criterion(primaryEntry.value, task)
        else { return nil }
        var comparison = ModelComparison(
            name: name, task: task, key: key, truth: truth, champion: champion, challenger: challenger,
            primary: primary,
            source: nameEntry.keyLocation)
        comparison.description = reader.text(entries["description"])
        comparison.cluster = reader.text(entries["cluster"])
        if let text = reader.text(entries["threshold"]) { comparison.threshold = text }
        if let entry = entries["threshold"], share(entry, percentOnly: false) == nil { return nil }
        comparison.coverage = share(entries["coverage"]) ?? comparison.coverage
        if let confidence = share(entries["confidence"]) {
            if !(0.5..<1).contains(confidence), let entry = entries["confidence"] {
                reader.diagnostics.error(
                    at: entry.value.location, "\"confidence\" lies between 50% and 100%, such as 95%")
            }
            comparison.confidence = confidence
        }
        comparison.minimumRows = reader.count(entries["min_rows"]) ?? comparison.minimumRows
        if let list = entries["guardrails"] {
            guard let elements = list.value.elements else {
                reader.diagnostics.error(at: list.value.location, "\"guardrails\" must be a list")
                return nil
            }
            comparison.guardrails = elements.compactMap { criterion($0, task, isGuardrail: true) }
            if comparison.guardrails.count < elements.count { return nil }
        }
        if primary.by.isEmpty == false {
            reader.diagnostics.error(at: primaryEntry.value.location, "\"by\" belongs to guardrails")
        }
        if let filter = reader.expression(entries["where"]) {
            let own = comparison.truth.side.filter
            comparison.truth.side.filter = own.map { "(\(filter)) AND (\($0))" } ?? filter
        }
        return comparison
    }

    private func required(
        _ name: String, _ entries: [String: YAMLNode.Entry], _ node: YAMLNode
    ) -> YAMLNode.Entry? {
        if entries[name] == nil {
            reader.diagnostics.error(at: node.location, "a comparison of models needs \"\(name)\"")
        }
        return entries[name]
    }

    private func input(
        _ name: String, column: String, _ entries: [String: YAMLNode.Entry], _ node: YAMLNode
    ) -> ModelInput? {
        guard let entry = required(name, entries, node) else { return nil }
        let keys = reader.mapping(
            entry.value, of: "\"\(name)\"",
            keys: ["target", "dataset", "query", "where", column] + (name == "truth" ? [] : ["version"]))
        guard let side = DiffReader(reader: reader).side(keys, of: name, at: entry.keyLocation) else { return nil }
        guard let column = reader.text(keys[column]) else {
            if keys[column] == nil {
                reader.diagnostics.error(at: entry.keyLocation, "\"\(name)\" does not say which column: \(column): …")
            }
            return nil
        }
        return ModelInput(side: side, column: column, version: reader.text(keys["version"]))
    }

    private func criterion(_ node: YAMLNode, _ task: ModelComparison.Task, isGuardrail: Bool = false) -> Criterion? {
        let keys = reader.mapping(
            node, of: isGuardrail ? "a guardrail" : "\"primary\"",
            keys: isGuardrail ? ["metric", "margin", "by"] : ["metric", "margin", "goal"])
        guard let entry = keys["metric"], let metric = reader.word(entry, as: ModelMetric.self) else {
            if keys["metric"] == nil { reader.diagnostics.error(at: node.location, "there is no \"metric\"") }
            return nil
        }
        guard metric.task == task else {
            reader.diagnostics.error(
                at: entry.value.location, "\(metric.rawValue) is no metric of \(task.rawValue)",
                hint: "There are \(ModelMetric.all(of: task).map(\.rawValue).joined(separator: ", ")).")
            return nil
        }
        guard metric.isDecidable else {
            reader.diagnostics.error(
                at: entry.value.location,
                "a difference of \(metric.rawValue) has no interval, so nothing can be decided by it",
                hint: "It is printed; decide by one of "
                    + ModelMetric.all(of: task).filter(\.isDecidable).map(\.rawValue).joined(separator: ", ") + ".")
            return nil
        }
        var criterion = Criterion(metric: metric, by: reader.texts(keys["by"]) ?? [])
        if let margin = keys["margin"] {
            guard let text = reader.text(margin), let number = Double(text), number.isFinite, number >= 0 else {
                reader.diagnostics.error(at: margin.value.location, "\"margin\" is a number, 0 or more")
                return nil
            }
            criterion.margin = number
        }
        if isGuardrail {
            criterion.goal = .nonInferiority
        } else if let goal = keys["goal"] {
            guard let word = reader.word(goal, as: Criterion.Goal.self) else { return nil }
            criterion.goal = word
        }
        return criterion
    }

    /// `0.99` or `99%`.
    private func share(_ entry: YAMLNode.Entry?, percentOnly: Bool = false) -> Double? {
        guard let entry, let text = reader.text(entry) else { return nil }
        let isPercent = text.hasSuffix("%")
        guard let number = Double(text.filter { $0 != "%" && $0 != " " }), (0...(isPercent ? 100 : 1)).contains(number)
        else {
            reader.diagnostics.error(
                at: entry.value.location, "\"\(entry.key)\" is a share between 0 and 1, or a percentage such as 99%")
            return nil
        }
        return isPercent ? number / 100 : number
    }
}
