import Checks
import Comparison

extension ModelReader {
    /// When something is decided.
    func readRules(
        _ entries: [String: YAMLNode.Entry], _ task: ModelComparison.Task, _ comparison: inout ModelComparison
    ) -> Bool {
        if let entry = entries["threshold"] {
            guard let text = reader.text(entry), let number = Double(text), number.isFinite,
                task != .binary || (0...1).contains(number)
            else {
                reader.diagnostics.error(
                    at: entry.value.location,
                    task == .binary
                        ? "\"threshold\" is a share between 0 and 1" : "\"threshold\" is a number")
                return false
            }
            comparison.threshold = text
        }
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
                return false
            }
            comparison.guardrails = elements.compactMap { criterion($0, task, isGuardrail: true) }
            if comparison.guardrails.count < elements.count { return false }
        }
        // What the rows do not give cannot decide anything.
        for (metric, entry) in [(comparison.primary.metric, entries["primary"])]
            + comparison.guardrails.map({ ($0.metric, entries["guardrails"]) })
        {
            guard let reason = missing(for: metric, in: comparison) else { continue }
            reader.diagnostics.error(
                at: entry?.value.location ?? comparison.source, "\(metric.rawValue) \(reason)")
            return false
        }
        return true
    }

    /// Why a metric cannot decide anything with the rows that are declared.
    private func missing(for metric: ModelMetric, in comparison: ModelComparison) -> String? {
        switch metric {
        case .brier, .logLoss:
            comparison.task == .multiclass && !comparison.hasProbabilities
                ? "needs \"probabilities\" of both models" : nil
        case .flipRate where comparison.threshold == nil && !comparison.predictsLabels:
            "needs a \"threshold\", from which on an outcome counts as predicted"
        case .meanDistance where comparison.predictsLabels: "needs scores, and these are labels"
        case .auc where comparison.weight != nil: "has no test with weights"
        case .precision, .f1, .macroF1, .weightedF1, .balancedAccuracy, .kappa, .mcc:
            comparison.cluster == nil ? nil : "has no interval with clusters"
        default: nil
        }
    }

    func criterion(_ node: YAMLNode, _ task: ModelComparison.Task, isGuardrail: Bool = false) -> Criterion? {
        let keys = reader.mapping(
            node, of: isGuardrail ? "a guardrail" : "\"primary\"",
            keys: isGuardrail ? ["metric", "margin", "by"] : ["metric", "margin", "goal"])
        guard let entry = keys["metric"], let metric = reader.word(entry, as: ModelMetric.self) else {
            if keys["metric"] == nil { reader.diagnostics.error(at: node.location, "there is no \"metric\"") }
            return nil
        }
        let all = ModelMetric.all(of: task)
        guard all.contains(metric) else {
            reader.diagnostics.error(
                at: entry.value.location, "\(metric.rawValue) is no metric of \(task.rawValue)",
                hint: "There are \(all.map(\.rawValue).joined(separator: ", ")).")
            return nil
        }
        guard metric.isDecidable(in: task) else {
            reader.diagnostics.error(
                at: entry.value.location,
                "a difference of \(metric.rawValue) has no interval, so nothing can be decided by it",
                hint: "It is printed; decide by one of "
                    + all.filter { $0.isDecidable(in: task) }.map(\.rawValue).joined(separator: ", ") + ".")
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
        // Without a truth a challenger can be near the champion, and never better.
        if isGuardrail || task == .unlabeled { criterion.goal = .nonInferiority }
        if let goal = keys["goal"] {
            guard let word = reader.word(goal, as: Criterion.Goal.self) else { return nil }
            guard task != .unlabeled || word == .nonInferiority else {
                reader.diagnostics.error(
                    at: goal.value.location, "without a truth nothing can be superior, only be near the champion")
                return nil
            }
            criterion.goal = word
        }
        return criterion
    }

    /// `0.99` or `99%`.
    private func share(_ entry: YAMLNode.Entry?) -> Double? {
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
