import ExactJSON

/// A file of SodaCL, its variables resolved.
struct SodaCheckFile: Sendable {
    let path: String
    let document: JSONValue
    let settings: SodaCheckSettings

    /// Adds its checks to a project and notes what became of each.
    func add(to project: inout ImportedProject) {
        for section in document.members {
            let header = SodaText.trimmed(section.name)
            if let rest = SodaText.rest(of: header, after: "checks for ") {
                addChecks(section.value, for: rest, to: &project)
            } else if header.hasPrefix("for each dataset ") || header.hasPrefix("for each table ") {
                addEach(section, to: &project)
            } else if header == "checks" {
                for entry in Self.entries(of: section.value) {
                    project.note(
                        "\(path): \(entry.text)", .notConverted,
                        "it names no dataset, which every check of ours is about")
                }
            } else if let reason = Self.reasonAgainst(header) {
                project.note("\(path): \(header)", .notConverted, reason)
            }
        }
    }

    /// Why a section is not there; `nil` for those that are no checks, and those that are read with the checks.
    private static func reasonAgainst(_ header: String) -> String? {
        let reasons = [
            ("automated monitoring", "anomalies among former scans are not looked for"),
            ("profile columns", "a profile is no check"), ("discover ", "a list of datasets is no check"),
            ("sample ", "a sample of the rows is no check"),
            ("for each column", "which columns there are, only the database knows"),
            ("reconciliation", "it compares two data sources: assay compare"),
        ]
        if let (_, reason) = reasons.first(where: { header.hasPrefix($0.0) }) { return reason }
        let others = [
            "filter ", "configurations for ", "variables", "data_source", "soda_cloud", "dataset", "column",
            "distribution", "scheduler", "metadata",
        ]
        return others.contains { header.hasPrefix($0) } ? nil : "SodaCL has no such section"
    }

    /// The checks of a section as texts with what stands below them.
    static func entries(of section: JSONValue) -> [(text: String, configuration: JSONValue)] {
        // A mapping in the place of a list is one whose hyphens were forgotten.
        var entries: [(text: String, configuration: JSONValue)] = []
        for member in section.members { entries.append((text: member.name, configuration: member.value)) }
        for element in section.elements {
            // Keys beside the check are indented too little, and Soda leaves them out.
            let first = element.members.first
            let text = element.scalarText ?? first?.name ?? element.compactText
            entries.append((text: text, configuration: first?.value ?? .null))
        }
        return entries
    }

    // MARK: Sections

    private func addChecks(_ section: JSONValue, for target: String, to project: inout ImportedProject) {
        let (dataset, partition) = SodaCheckSettings.target(target)
        for (text, configuration) in Self.entries(of: section) {
            if let partition, settings.filter(of: dataset, partition: partition) == nil {
                project.note(
                    "\(path): \(target) \(text)", .notConverted, "the filter [\(partition)] is not declared")
                continue
            }
            let filter = partition.flatMap { settings.filter(of: dataset, partition: $0) }
            add(text, configuration, on: dataset, as: target, filter: filter, to: &project)
        }
    }

    /// `for each dataset D`: the checks for each dataset that is named in full.
    private func addEach(_ section: JSONValue.Member, to project: inout ImportedProject) {
        let alias = section.name.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
        let names = (section.value["datasets"] ?? section.value["tables"])?.elements.compactMap(\.scalarText) ?? []
        let excluded = names.compactMap { SodaText.rest(of: $0, after: "exclude ") }
        let included = names.filter { !$0.hasPrefix("exclude ") }
            .map { SodaText.rest(of: $0, after: "include ") ?? SodaText.trimmed($0) }
        for (text, configuration) in Self.entries(of: section.value["checks"] ?? .null) {
            for name in included where !excluded.contains(where: { SodaText.matches(name, pattern: $0) }) {
                guard !name.contains("%"), !name.contains("*") else {
                    project.note(
                        "\(path): \(name) \(text)", .notConverted, "which datasets \(name) is, only the database knows")
                    continue
                }
                let variables = SodaVariables().with(alias, name)
                add(
                    variables.resolved(text), variables.resolved(configuration), on: SodaDataset(sodaCL: name),
                    as: name, filter: nil, to: &project)
            }
            if included.isEmpty {
                project.note("\(path): \(text)", .notConverted, "which datasets there are, only the database knows")
            }
        }
    }

    // MARK: Checks

    private func add(
        _ text: String, _ configuration: JSONValue, on dataset: SodaDataset, as label: String, filter: String?,
        to project: inout ImportedProject
    ) {
        let reader = SodaCheckReader(dataset: dataset, filter: filter, settings: settings)
        let name = "\(path): \(label) \(text)"
        let inner = text == "group by" ? Self.entries(of: configuration["checks"] ?? .null) : []
        for (innerText, innerConfiguration) in inner {
            let innerName = "\(name): \(innerText)"
            do {
                let result = try reader.groupBy(configuration, innerText, innerConfiguration)
                result.add(to: &project, on: dataset.name, as: innerName)
            } catch {
                project.note(innerName, .notConverted, error.reason)
            }
        }
        guard inner.isEmpty else { return }
        do {
            try reader.result(of: text, configuration).add(to: &project, on: dataset.name, as: name)
        } catch {
            project.note(name, .notConverted, error.reason)
        }
    }
}
