import ExactJSON

extension SuiteWriter {
    /// An agreement as a file: an objective a line.
    static func text(of agreement: ImportedAgreement, origin: String) -> String {
        var lines = ["# Imported from \(origin).", "sla: \(FlowYAML.text(.string(agreement.name)))"]
        let texts = [
            ("description", agreement.description), ("consumer", agreement.consumer), ("owner", agreement.owner),
        ]
        for case (let key, let text?) in texts { lines.append("\(key): \(FlowYAML.text(.string(text)))") }
        lines.append("period: \(agreement.period)")
        if let zone = agreement.zone { lines.append("zone: \(FlowYAML.text(.string(zone)))") }
        if let hours = agreement.hours {
            var members: [JSONValue.Member] = [.init("business", .string(hours))]
            if !agreement.holidays.isEmpty {
                members.append(.init("holidays", .array(agreement.holidays.map(JSONValue.string))))
            }
            lines.append("hours: \(FlowYAML.text(.object(members)))")
        }
        if !agreement.keyDatasets.isEmpty {
            lines.append("key_datasets: \(FlowYAML.text(.array(agreement.keyDatasets.map(JSONValue.string))))")
        }
        lines.append("objectives:")
        for objective in agreement.objectives {
            if let remark = objective.remark {
                let words = remark.filter { $0.isWhitespace || !$0.isControl }.split(whereSeparator: \.isWhitespace)
                lines.append("  # \(words.joined(separator: " "))")
            }
            lines.append("  - \(entry(of: objective))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func entry(of objective: ImportedObjective) -> String {
        let checks = FlowYAML.text(.array(objective.checks.map(JSONValue.string)))
        let rates = objective.burn.map { "\($0.name): \($0.value.compactText)" }
        let burn = rates.isEmpty ? nil : "{\(rates.joined(separator: ", "))}"
        // Shares and lengths of time need no quotes, and people write them without.
        let members = [
            ("slo", FlowYAML.text(.string(objective.name))), ("checks", checks), ("target", objective.target),
            ("method", objective.method), ("unknown", objective.unknown), ("coverage", objective.coverage),
            ("slice", objective.slice), ("slice_target", objective.sliceTarget), ("burn", burn),
        ]
        return "{" + members.compactMap { key, text in text.map { "\(key): \($0)" } }.joined(separator: ", ") + "}"
    }
}

extension Character {
    /// Whether it is one that YAML does not take in a comment.
    fileprivate var isControl: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}
