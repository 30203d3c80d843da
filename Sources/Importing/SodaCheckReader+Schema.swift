import ExactJSON

extension SodaCheckReader {
    /// A check of the columns: one of ours for each of its rules.
    func schema(_ configuration: JSONValue, _ subject: SodaSubject) throws(SodaRefusal) -> SodaResult {
        var result = SodaResult()
        for level in ["fail", "warn"] {
            guard let rules = configuration[level], !rules.members.isEmpty else { continue }
            let levels: [JSONValue.Member] = level == "warn" ? [JSONValue.Member("warn", "count > 0")] : []
            addColumns(rules, subject.catalogOptions(levels), &result)
            addTypes(rules, subject.catalogOptions(levels), &result)
            addPositions(rules, subject.catalogOptions(levels), &result)
            guard let changes = rules["when schema changes"] else { continue }
            if let check = Self.schemaUnchanged(changes, subject.catalogOptions(levels)) {
                result.checks.append(check)
            } else {
                result.differ("\(level) when schema changes is not understood, and left out")
            }
        }
        guard !result.checks.isEmpty else {
            throw SodaRefusal(result.differences.first ?? "it has no rule")
        }
        return result
    }

    // MARK: Columns

    private func addColumns(_ rules: JSONValue, _ options: [JSONValue.Member], _ result: inout SodaResult) {
        let exact = rules["when mismatching columns"]?.members.map(\.name) ?? []
        let optional = Self.names(rules["with optional columns"])
        if !exact.isEmpty {
            var parameters = [JSONValue.Member("columns", Self.list(exact.filter { !optional.contains($0) }))]
            if !optional.isEmpty { parameters.append(JSONValue.Member("optional", Self.list(optional))) }
            result.checks.append(ImportedCheck("column_set", .object(parameters), options: options))
        }
        // A column whose type or place is wrong must be there, too.
        var required = Self.names(rules["when required column missing"])
        for key in ["when wrong column type", "when wrong column index"] {
            required += (rules[key]?.members ?? []).map(\.name).filter { !required.contains($0) }
        }
        if !required.isEmpty {
            result.checks.append(ImportedCheck("column_exists", ["columns": Self.list(required)], options: options))
        }
        let forbidden = Self.names(rules["when forbidden column present"])
        let plain = forbidden.filter { !$0.contains("%") && !$0.contains("*") }
        if !plain.isEmpty {
            result.checks.append(ImportedCheck("column_absent", ["columns": Self.list(plain)], options: options))
        }
        let patterns = forbidden.filter { !plain.contains($0) }
        if !patterns.isEmpty {
            let regex = "^(?!(" + patterns.map { Self.regex(of: $0) }.joined(separator: "|") + "))"
            result.checks.append(ImportedCheck("column_names", ["regex": .string(regex)], options: options))
        }
    }

    /// A pattern as a regular expression from the beginning of a name, in which `%` and `*` are any text.
    private static func regex(of pattern: String) -> String {
        pattern.map { character -> String in
            if character == "%" || character == "*" { return ".*" }
            let isPlain = character.isLetter || character.isNumber || character == "_"
            return isPlain ? String(character) : "\\\(character)"
        }.joined()
    }

    // MARK: Types

    private func addTypes(_ rules: JSONValue, _ options: [JSONValue.Member], _ result: inout SodaResult) {
        let typed = ["when wrong column type", "when mismatching columns"].flatMap { rules[$0]?.members ?? [] }
        let optional = Self.names(rules["with optional columns"])
        for member in typed {
            guard let type = member.value.scalarText.map({ SodaText.trimmed($0).lowercased() }) else { continue }
            guard !["array", "user-defined"].contains(type) else {
                result.differ("the type of \(member.name) is not looked at: \(type) is no type of PostgreSQL's")
                continue
            }
            let types = Self.synonyms.first { $0.contains(type) } ?? [type]
            let argument = types.count == 1 ? JSONValue.string(type) : Self.list(types)
            result.checks.append(
                ImportedCheck("column_type", column: member.name, ["type": argument], options: options))
            if optional.contains(member.name) {
                result.differ("an optional column that is missing is an error of its column_type")
            }
        }
    }

    /// Types that Soda takes for each other.
    private static let synonyms = [["text", "character varying"], ["numeric", "double precision"]]

    // MARK: Positions

    private func addPositions(_ rules: JSONValue, _ options: [JSONValue.Member], _ result: inout SodaResult) {
        let positions = (rules["when wrong column index"]?.members ?? []).compactMap { member in
            member.value.scalarText.flatMap { Int($0) }.map { (name: member.name, position: $0) }
        }
        guard positions.count > 1 else {
            if let only = positions.first {
                result.differ("the position of \(only.name) is not looked at, only that it is there")
            }
            return
        }
        let ordered = positions.sorted { $0.position < $1.position }.map { $0.name }
        result.checks.append(
            ImportedCheck(
                "column_set", ["columns": Self.list(ordered), "allow_extra": true, "ordered": true], options: options))
        result.differ("the order of the columns is looked at, not the position of each")
    }

    // MARK: Lists

    private static func names(_ value: JSONValue?) -> [String] {
        (value?.elements ?? []).compactMap(\.scalarText)
    }

    private static func list(_ names: [String]) -> JSONValue { .array(names.map { .string($0) }) }
}
