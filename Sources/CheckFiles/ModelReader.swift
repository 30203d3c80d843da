import Catalog
import Checks
import Comparison
import StructuredSQL

/// Reads a comparison of challengers with a champion.
struct ModelReader {
    static let keys = [
        "compare", "description", "task", "key", "truth", "champion", "challenger", "challengers", "threshold",
        "primary", "guardrails", "coverage", "confidence", "cluster", "weight", "order", "horizon", "query", "k",
        "min_rows", "where",
    ]

    let reader: NodeReader

    /// The comparison with each challenger; none after noting what is wrong.
    func comparisons(_ node: YAMLNode) -> [ModelComparison] {
        let entries = reader.mapping(node, of: "a comparison of models", keys: Self.keys)
        guard let nameEntry = entries[DiffReader.key], let name = reader.text(nameEntry) else { return [] }
        reader.requireIdentifier(name, at: nameEntry.value.location)
        guard let task = reader.word(required("task", entries, node), as: ModelComparison.Task.self),
            let key = reader.texts(required("key", entries, node)), !key.isEmpty
        else { return [] }
        // What is wrong in each of them is said at once.
        let champion = required("champion", entries, node).flatMap {
            input($0.value, "champion", task, at: $0.keyLocation)
        }
        let truth = truth(entries, task, champion, node)
        let challengers = challengers(entries, task, node)
        let primaryEntry = required("primary", entries, node)
        guard let primaryEntry, let primary = criterion(primaryEntry.value, task), let champion, let truth,
            !challengers.isEmpty
        else { return [] }
        var comparison = ModelComparison(
            name: name, task: task, key: key, truth: truth, champion: champion, challenger: challengers[0],
            primary: primary, source: nameEntry.keyLocation)
        comparison.description = reader.text(entries["description"])
        guard readRows(entries, task, &comparison), readRules(entries, task, &comparison) else { return [] }
        if !primary.by.isEmpty {
            reader.diagnostics.error(at: primaryEntry.value.location, "\"by\" belongs to guardrails")
        }
        if let filter = reader.expression(entries["where"]) {
            let own = comparison.truth.side.filter
            comparison.truth.side.filter = own.map { "(\(filter)) AND (\($0))" } ?? filter
        }
        comparison.challengerCount = challengers.count
        return challengers.map { challenger in
            var one = comparison
            one.challenger = challenger
            return one
        }
    }

    // MARK: Inputs

    private func truth(
        _ entries: [String: YAMLNode.Entry], _ task: ModelComparison.Task, _ champion: ModelInput?, _ node: YAMLNode
    ) -> ModelInput? {
        guard task == .unlabeled else {
            guard let entry = required("truth", entries, node) else { return nil }
            return input(entry.value, "truth", task, at: entry.keyLocation)
        }
        if let entry = entries["truth"] {
            reader.diagnostics.error(at: entry.keyLocation, "with a \"truth\" the task is not unlabeled")
            return nil
        }
        return champion
    }

    private func challengers(
        _ entries: [String: YAMLNode.Entry], _ task: ModelComparison.Task, _ node: YAMLNode
    ) -> [ModelInput] {
        guard let list = entries["challengers"] else {
            guard let entry = required("challenger", entries, node) else { return [] }
            return input(entry.value, "challenger", task, at: entry.keyLocation).map { [$0] } ?? []
        }
        guard entries["challenger"] == nil, let elements = list.value.elements, !elements.isEmpty else {
            reader.diagnostics.error(
                at: list.keyLocation, "\"challengers\" is a list, in the place of \"challenger\"")
            return []
        }
        let inputs = elements.compactMap { input($0, "challenger", task, at: $0.location) }
        guard inputs.count == elements.count else { return [] }
        let versions = inputs.compactMap(\.version)
        guard versions.count == inputs.count, Set(versions).count == versions.count else {
            reader.diagnostics.error(
                at: list.keyLocation, "each of several challengers needs a \"version\" of its own, to be told by")
            return []
        }
        return inputs
    }

    private func input(
        _ node: YAMLNode, _ name: String, _ task: ModelComparison.Task, at location: SourceLocation
    ) -> ModelInput? {
        let columns =
            name == "truth"
            ? ["label"]
            : task == .multiclass ? ["prediction"] : task == .unlabeled ? ["score", "prediction"] : ["score"]
        let others = name == "truth" ? [] : ["version"] + (task == .multiclass ? ["probabilities"] : [])
        let keys = reader.mapping(
            node, of: "\"\(name)\"", keys: ["target", "dataset", "query", "where"] + columns + others)
        guard let side = DiffReader(reader: reader).side(keys, of: name, at: location) else { return nil }
        guard let column = columns.first(where: { keys[$0] != nil }), let text = reader.text(keys[column]) else {
            if columns.allSatisfy({ keys[$0] == nil }) {
                reader.diagnostics.error(
                    at: location, "\"\(name)\" does not say which column: \(columns.joined(separator: ": … or ")): …")
            }
            return nil
        }
        var input = ModelInput(side: side, column: text, version: reader.text(keys["version"]))
        input.isLabel = column == "prediction"
        input.probabilities = reader.text(keys["probabilities"])
        return input
    }

    // MARK: Rows and rules

    /// Which rows count, and how.
    private func readRows(
        _ entries: [String: YAMLNode.Entry], _ task: ModelComparison.Task, _ comparison: inout ModelComparison
    ) -> Bool {
        comparison.cluster = reader.text(entries["cluster"])
        comparison.weight = reader.text(entries["weight"])
        comparison.order = reader.text(entries["order"])
        comparison.query = reader.text(entries["query"])
        func refuse(_ name: String, _ message: String) -> Bool {
            reader.diagnostics.error(at: entries[name]?.keyLocation ?? comparison.source, message)
            return false
        }
        let belongs: [(name: String, isThere: Bool, tasks: [ModelComparison.Task])] = [
            ("order", comparison.order != nil, [.regression]), ("horizon", entries["horizon"] != nil, [.regression]),
            ("query", comparison.query != nil, [.ranking]), ("k", entries["k"] != nil, [.ranking]),
            ("threshold", entries["threshold"] != nil, [.binary, .unlabeled]),
            ("weight", comparison.weight != nil, [.binary, .multiclass, .regression]),
        ]
        for one in belongs where one.isThere && !one.tasks.contains(task) {
            let tasks = one.tasks.map(\.rawValue).joined(separator: " or ")
            return refuse(one.name, "\"\(one.name)\" belongs to the task \(tasks)")
        }
        if task == .ranking, comparison.query == nil {
            return refuse("task", "a ranking needs \"query\": the column that says which query a row belongs to")
        }
        if comparison.order != nil, comparison.cluster != nil || comparison.weight != nil {
            return refuse("order", "\"order\" goes with neither \"cluster\" nor \"weight\"")
        }
        if comparison.champion.isLabel != comparison.challenger.isLabel {
            return refuse("challenger", "one model has a \"score\", the other a \"prediction\"")
        }
        if comparison.predictsLabels, entries["threshold"] != nil {
            return refuse("threshold", "a prediction is a label already: it has no \"threshold\"")
        }
        if let entry = entries["horizon"] {
            guard comparison.order != nil, let horizon = reader.count(entry), (1...100).contains(horizon) else {
                return refuse("horizon", "\"horizon\" is a number from 1 to 100, and needs \"order\"")
            }
            comparison.horizon = horizon
        }
        if let entry = entries["k"] {
            guard let k = reader.count(entry), (1...1000).contains(k) else {
                return refuse("k", "\"k\" is a number from 1 to 1000")
            }
            comparison.cutoff = k
        }
        return true
    }

    private func required(
        _ name: String, _ entries: [String: YAMLNode.Entry], _ node: YAMLNode
    ) -> YAMLNode.Entry? {
        if entries[name] == nil {
            reader.diagnostics.error(at: node.location, "a comparison of models needs \"\(name)\"")
        }
        return entries[name]
    }
}
