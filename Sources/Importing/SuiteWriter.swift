import ExactJSON

/// Writes what was imported as files of a project.
package struct SuiteWriter {
    private let project: ImportedProject
    private let origin: String

    /// `origin` is what the project was imported from, such as `dbt`, for a comment.
    package init(_ project: ImportedProject, origin: String) {
        self.project = project
        self.origin = origin
    }

    /// The files' texts by their paths, in a stable order; suites without checks and agreements without objectives are left out.
    package var files: [(path: String, text: String)] {
        var files: [(path: String, text: String)] = []
        for suite in project.suites.sorted(by: { $0.dataset < $1.dataset }) where !suite.checks.isEmpty {
            files.append((Self.path(suite.dataset, "yaml"), text(of: suite)))
        }
        for query in project.queries.sorted(by: { $0.id < $1.id }) {
            files.append((Self.path(query.id, "sql"), text(of: query)))
        }
        for agreement in project.agreements.sorted(by: { $0.name < $1.name }) where !agreement.objectives.isEmpty {
            files.append((Self.path(agreement: agreement.name), Self.text(of: agreement, origin: origin)))
        }
        var taken: Set<String> = []
        return files.map { path, text in
            var (path, number) = (path, 2)
            let (stem, ending) = (String(path.prefix { $0 != "." }), path.drop { $0 != "." })
            while !taken.insert(path.lowercased()).inserted {
                path = "\(stem)_\(number)\(ending)"
                number += 1
            }
            return (path, text)
        }
    }

    /// `shop.orders` as `shop/orders.yaml`, with `_` for what is no part of a file's name.
    private static func path(_ name: String, _ ending: String) -> String {
        name.split(separator: ".", maxSplits: 1).map(fileName).joined(separator: "/") + "." + ending
    }

    /// `revenue-dashboard` as `sla/revenue-dashboard.yaml`.
    private static func path(agreement name: String) -> String { "sla/\(fileName(Substring(name))).yaml" }

    private static func fileName(_ name: Substring) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "_" })
    }

    private func text(of suite: ImportedSuite) -> String {
        var lines = ["# Imported from \(origin).", "dataset: \(FlowYAML.text(.string(suite.dataset)))"]
        if let description = suite.description { lines.append("description: \(FlowYAML.text(.string(description)))") }
        if !suite.key.isEmpty { lines.append("key: \(FlowYAML.text(.array(suite.key.map(JSONValue.string))))") }
        if let column = suite.timeColumn {
            var time: [JSONValue.Member] = [.init("column", .string(column))]
            if let zone = suite.timeZone { time.append(.init("zone", .string(zone))) }
            lines.append("time: \(FlowYAML.text(.object(time)))")
        }
        if let owner = suite.owner { lines.append("owner: \(FlowYAML.text(.string(owner)))") }
        if !suite.tags.isEmpty { lines.append("tags: \(FlowYAML.text(.array(suite.tags.map(JSONValue.string))))") }
        if let schedule = suite.schedule { lines.append("schedule: \(FlowYAML.text(schedule))") }
        let checks = identified(suite.checks)
        var columns: [String] = []
        for case let column? in checks.map(\.column) where !columns.contains(column) { columns.append(column) }
        if !columns.isEmpty { lines.append("columns:") }
        for column in columns {
            lines.append("  \(FlowYAML.text(.string(column))):")
            lines += checks.filter { $0.column == column }.map { "    - " + entry(of: $0) }
        }
        let others = checks.filter { $0.column == nil }
        if !others.isEmpty { lines.append("checks:") }
        lines += others.map { "  - " + entry(of: $0) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func entry(of check: ImportedCheck) -> String {
        FlowYAML.text(.object([.init(check.kind, check.arguments)] + check.options))
    }

    /// The checks with ids where a default one would be another check's, too.
    private func identified(_ checks: [ImportedCheck]) -> [ImportedCheck] {
        var seen: [String: Int] = [:]
        return checks.map { check in
            guard !check.options.contains(where: { $0.name == "id" }) else { return check }
            let columns =
                check.column.map { [$0] } ?? (check.arguments["columns"] ?? check.arguments["column"])
                .map { $0.elements.isEmpty ? [$0.scalarText ?? ""] : $0.elements.compactMap(\.scalarText) } ?? []
            let name = (columns + [check.kind]).joined(separator: "_")
            seen[name, default: 0] += 1
            guard let count = seen[name], count > 1 else { return check }
            var check = check
            let plain = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
            check.options.append(.init("id", .string("\(plain)_\(count)")))
            return check
        }
    }

    private func text(of query: ImportedQuery) -> String {
        func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }
        var lines = ["-- check: \(query.id)", "-- dataset: \(query.dataset)"]
        if let description = query.description { lines.append("-- description: \(oneLine(description))") }
        lines += query.headers.map { "-- \($0.name): \(oneLine($0.value))" }
        return (lines + [query.sql]).joined(separator: "\n") + "\n"
    }
}

/// YAML on one line: `{in_range: {min: 0}, where: "a = 1"}`.
enum FlowYAML {
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): isPlain(text) ? text : value.compactText
        case .array(let elements): "[" + elements.map(self.text).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(text(.string($0.name))): \(text($0.value))" }.joined(separator: ", ") + "}"
        default: value.compactText
        }
    }

    /// Whether a text stands for itself without quotes, whatever a reader of YAML takes words for.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic else { return false }
        let isSimple = text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "_./".unicodeScalars.contains(scalar))
        }
        return isSimple && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    }
}
