import ExactJSON

/// Gives an id to what would otherwise have the id of another check.
enum SodaIdentifiers {
    /// Numbers checks of one kind on the same columns, and queries of one name.
    static func makeUnique(in project: inout ImportedProject) {
        for index in project.suites.indices {
            var taken: Set<String> = []
            for place in project.suites[index].checks.indices {
                let check = project.suites[index].checks[place]
                let usual = usualID(of: check)
                let id = unused(usual, in: taken)
                taken.insert(id)
                guard id != usual else { continue }
                project.suites[index].checks[place].options.insert(JSONValue.Member("id", .string(id)), at: 0)
            }
        }
        var taken: Set<String> = []
        for index in project.queries.indices {
            let id = unused(project.queries[index].id, in: taken)
            taken.insert(id)
            project.queries[index].id = id
        }
    }

    private static func unused(_ id: String, in taken: Set<String>) -> String {
        guard taken.contains(id) else { return id }
        var number = 2
        while taken.contains("\(id)_\(number)") { number += 1 }
        return "\(id)_\(number)"
    }

    /// What our files would call the check, behind its dataset: columns, kind and what tells expressions apart.
    private static func usualID(of check: ImportedCheck) -> String {
        let kindsOfColumns = ["unique", "references", "absent_from", "column_exists", "column_absent"]
        let list = kindsOfColumns.contains(check.kind) ? check.arguments["columns"]?.elements ?? [] : []
        let named = list.compactMap(\.scalarText)
        let columns = (check.column.map { [$0] } ?? named).joined(separator: "_")
        let expression = ["expect", "metric"].contains(check.kind) ? check.arguments["expression"]?.scalarText : nil
        let parts = [plain(columns), check.kind, expression.map { SodaText.slug($0) } ?? ""]
        return parts.filter { !$0.isEmpty }.joined(separator: ".")
    }

    /// An id has letters, digits, dots, hyphens and underscores only.
    private static func plain(_ text: String) -> String {
        String(text.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "_" })
    }
}
