import ExactJSON

/// What a test is given, read in the form that it needs; Jinja is resolved on the way.
struct DbtArguments {
    let test: DbtTest
    private let catalog: DbtCatalog
    /// Conditions on the test's rows: those of its settings and of its arguments.
    private(set) var conditions: [String] = []

    /// Takes over the conditions on rows that every test may have.
    init(_ test: DbtTest, in catalog: DbtCatalog) throws(DbtObstacle) {
        self.test = test
        self.catalog = catalog
        if let text = test.config.text("where") { conditions.append(try render(text)) }
        if let text = try text("row_condition") { conditions.append(text) }
    }

    /// The relation that is tested.
    var relation: DbtRelation { test.relation }

    /// The zone of dbt_date's clock, where it is set to another one than UTC.
    var clockZone: String? { catalog.clockZone }

    /// The rows that are tested, to stand behind FROM under the name `tested`.
    func rows(_ extra: [String] = []) -> String {
        guard let condition = DbtText.all(conditions + extra) else { return "\(relation.sql) AS tested" }
        return "(SELECT * FROM \(relation.sql) WHERE \(condition)) AS tested"
    }

    /// A check on the test's rows.
    func draft(_ kind: String, column: String? = nil, _ arguments: [JSONValue.Member] = []) -> DbtDraft {
        var draft = DbtDraft(kind, column: column, arguments)
        draft.conditions = conditions
        return draft
    }

    /// Whether something other than null is given.
    func has(_ name: String) -> Bool { value(name) != nil }

    /// What is given; `nil` for nothing and for null.
    func value(_ name: String) -> JSONValue? {
        guard let value = test.arguments.last(where: { $0.name == name })?.value, value != .null else { return nil }
        return value
    }

    /// A text, number or boolean, as text.
    func text(_ name: String) throws(DbtObstacle) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.scalarText else { throw DbtObstacle("\(name) is no plain value") }
        let rendered = try render(text)
        return rendered.isEmpty ? nil : rendered
    }

    /// A text that must be there.
    func required(_ name: String) throws(DbtObstacle) -> String {
        guard let text = try text(name) else { throw DbtObstacle("\(name) is missing") }
        return text
    }

    /// A boolean.
    func flag(_ name: String, usually usual: Bool) throws(DbtObstacle) -> Bool {
        guard let text = try text(name) else { return usual }
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default: throw DbtObstacle("\(name) is neither true nor false")
        }
    }

    /// A whole number.
    func count(_ name: String) throws(DbtObstacle) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let count = Int(text) else { throw DbtObstacle("\(name) is no whole number") }
        return count
    }

    /// One text or a list of them; none if nothing is given.
    func texts(_ name: String) throws(DbtObstacle) -> [String] {
        guard let value = value(name) else { return [] }
        let elements = if case .array(let elements) = value { elements } else { [value] }
        var texts: [String] = []
        for element in elements {
            guard let text = element.scalarText else { throw DbtObstacle("\(name) is no list of plain values") }
            texts.append(try render(text))
        }
        return texts
    }

    /// Columns, each a name or an expression.
    func columns(_ name: String) throws(DbtObstacle) -> [DbtColumn] {
        try texts(name).map { DbtColumn($0) }
    }

    /// Columns of the dataset by name, where expressions cannot stand.
    func names(_ name: String) throws(DbtObstacle) -> [String] {
        var names: [String] = []
        for column in try columns(name) {
            guard let name = column.name else { throw DbtObstacle("\(column.sql) is an expression, not a column") }
            names.append(name)
        }
        return names
    }

    /// A relation that an argument names: `ref('orders')`, `source('raw', 'orders')` or a plain name.
    func relation(_ name: String) throws(DbtObstacle) -> DbtRelation {
        guard let value = value(name)?.scalarText else { throw DbtObstacle("\(name) is missing") }
        var text = DbtText.trimmed(value)
        if text.hasPrefix("{{"), text.hasSuffix("}}") { text = String(text.dropFirst(2).dropLast(2)) }
        if text.contains("(") { return try catalog.relation(of: DbtCall(parsing: text)) }
        let parts = text.split(separator: ".").map { DbtText.trimmed(String($0)) }
        let isName = parts.allSatisfy { DbtText.columnName($0) != nil }
        guard (1...3).contains(parts.count), isName else { throw DbtObstacle("\(name) is no relation: \(text)") }
        let names = parts.compactMap(DbtText.columnName)
        return DbtRelation(schema: names.count > 1 ? names[names.count - 2] : nil, name: names[names.count - 1])
    }

    /// The column that is tested: a name or an expression.
    func column() throws(DbtObstacle) -> DbtColumn {
        guard let column = test.column else { throw DbtObstacle("it names no column") }
        return DbtColumn(try render(column))
    }

    /// The column that is tested, by name.
    func columnName() throws(DbtObstacle) -> String {
        let column = try column()
        guard let name = column.name else { throw DbtObstacle("\(column.sql) is an expression, not a column") }
        return name
    }

    /// The text without Jinja.
    private func render(_ text: String) throws(DbtObstacle) -> String {
        guard DbtTemplate.hasJinja(text) else { return DbtText.trimmed(text) }
        let template = try DbtTemplate(parsing: text, in: catalog)
        return DbtText.trimmed(template.sql)
    }
}

/// A column as a test names it: by its name, or by an expression over columns.
struct DbtColumn: Sendable, Hashable {
    /// The name as the catalog has it; `nil` for an expression.
    var name: String?
    /// Ready for SQL.
    var sql: String

    /// Reads a name or an expression as a test gives it.
    init(_ text: String) {
        name = DbtText.columnName(text)
        sql = name.map(DbtText.identifier) ?? "(\(text))"
    }
}
