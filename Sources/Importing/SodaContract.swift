import ExactJSON

/// A data contract of Soda 4, its variables resolved.
struct SodaContract: Sendable {
    let path: String
    let document: JSONValue
    let dataset: SodaDataset

    /// Whether a file is a contract.
    static func isContract(_ document: JSONValue) -> Bool {
        guard case .string? = document["dataset"] else { return false }
        return ["columns", "checks", "reconciliation"].contains { document[$0] != nil }
    }

    /// Reads a contract; `nil` where it names no dataset.
    init?(path: String, _ document: JSONValue) {
        let resolved = SodaVariables(contract: document).resolved(document)
        guard let dataset = resolved["dataset"]?.scalarText.flatMap({ SodaDataset(contract: $0) }) else { return nil }
        self.path = path
        self.document = resolved
        self.dataset = dataset
    }

    /// Adds its checks to a project and notes what became of each.
    func add(to project: inout ImportedProject) {
        // In the order of the file, as Soda does.
        for member in document.members {
            switch member.name {
            case "checks":
                for entry in Self.entries(of: member.value) { add(entry, under: nil, to: &project) }
            case "columns":
                for column in member.value.elements {
                    for entry in Self.entries(of: column["checks"] ?? .null) {
                        add(entry, under: column, to: &project)
                    }
                }
            case "reconciliation":
                for entry in Self.entries(of: member.value["checks"] ?? .null) {
                    project.note(
                        "\(path): \(dataset.name) reconciliation \(entry.name)", .notConverted,
                        "it compares two data sources: assay compare")
                }
            default: break
            }
        }
        guard let description = document["description"]?.scalarText else { return }
        guard let index = project.suites.firstIndex(where: { $0.dataset == dataset.name }) else { return }
        if project.suites[index].description == nil { project.suites[index].description = description }
    }

    /// A check's type and what stands below it; a check of several keys is none.
    private struct Entry {
        var name: String
        var body: JSONValue
        var isCheck = true
    }

    private static func entries(of section: JSONValue) -> [Entry] {
        // A mapping in the place of a list is one whose hyphens were forgotten.
        var entries = section.members.map { Entry(name: $0.name, body: $0.value) }
        for element in section.elements {
            let first = element.members.first
            entries.append(
                Entry(
                    name: element.scalarText ?? first?.name ?? element.compactText, body: first?.value ?? .null,
                    isCheck: element.scalarText != nil || element.members.count == 1))
        }
        return entries
    }

    private func add(_ entry: Entry, under column: JSONValue?, to project: inout ImportedProject) {
        let place = [dataset.name, column?["name"]?.scalarText].compactMap(\.self).joined(separator: ".")
        let qualifier = entry.body["qualifier"]?.scalarText.map { " (\($0))" } ?? ""
        let name = "\(path): \(place) \(entry.name)\(qualifier)"
        guard entry.isCheck else {
            project.note(name, .notConverted, "a check of a contract has one key, which is its type")
            return
        }
        do {
            try result(of: entry.name, entry.body, under: column).add(to: &project, on: dataset.name, as: name)
        } catch {
            project.note(name, .notConverted, error.reason)
        }
    }
}
