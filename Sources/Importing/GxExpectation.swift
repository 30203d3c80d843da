import ExactJSON

/// One expectation: what it takes, and how checks are made of it.
struct GxExpectation {
    /// What is expected, in small letters, such as `expect_column_values_to_not_be_null`.
    let type: String
    let dataset: QualifiedTable
    /// Rows that take part, as SQL; `nil` for all.
    private(set) var condition: String?
    private let arguments: [JSONValue.Member]
    /// What stands beside every check made of it.
    private let options: [JSONValue.Member]

    /// Reads an expectation of a suite.
    init(_ document: JSONValue, dataset: QualifiedTable) {
        let type = (document["type"] ?? document["expectation_type"])?.scalarText ?? "expectation without a type"
        var options: [JSONValue.Member] = []
        if let severity = Self.severity(of: document) { options.append(.init("severity", .string(severity))) }
        let description =
            Self.note(in: document["description"]) ?? Self.note(in: document["notes"])
            ?? Self.note(in: document["meta"]?["notes"])
        if let description { options.append(.init("description", .string(description))) }
        self.init(type: type, arguments: document["kwargs"]?.members ?? [], dataset: dataset, options: options)
    }

    /// An expectation in another tool's file.
    init(type: String, arguments: [JSONValue.Member], dataset: QualifiedTable, options: [JSONValue.Member]) {
        self.type = type.lowercased()
        self.arguments = arguments
        self.dataset = dataset
        self.options = options
    }

    /// The columns it is about, for people.
    var subject: String {
        let names = columns.isEmpty ? [text("column"), text("column_A"), text("column_B")].compactMap(\.self) : columns
        return names.isEmpty ? dataset.text : names.joined(separator: ", ")
    }

    // MARK: What it takes

    /// A kwarg; null is none.
    subscript(name: String) -> JSONValue? {
        let value = arguments.first { $0.name == name }?.value
        return value == .null ? nil : value
    }

    /// A kwarg that is a plain value, as text.
    func text(_ name: String) -> String? { self[name]?.scalarText }

    /// Whether a kwarg is true.
    func flag(_ name: String) -> Bool { self[name] == .boolean(true) }

    /// A list without its nulls: what is expected of values says nothing about NULL.
    func list(_ name: String) -> [JSONValue]? {
        guard case .array(let elements)? = self[name] else { return nil }
        return elements.filter { $0 != .null }
    }

    /// The columns of an expectation of several.
    var columns: [String] { (list("column_list") ?? list("column_set") ?? []).compactMap(\.scalarText) }

    // MARK: What becomes of it

    /// The checks and queries it becomes.
    var conversion: RuleConversion {
        if let parameter = arguments.lazy.compactMap({ Self.parameter(in: $0.value) }).first {
            return .notConverted("the parameter \(parameter) has a value only when Great Expectations runs")
        }
        guard let rule = GxRules.rule(for: type) else {
            return .notConverted("the core of Great Expectations has no expectation of this name")
        }
        var expectation = self
        if rule.isAboutRows {
            switch GxRowCondition.sql(self["row_condition"], parser: text("condition_parser")) {
            case .success(let sql): expectation.condition = sql
            case .failure(let problem): return .notConverted(problem.reason)
            }
        }
        if rule.takesMostly, expectation.toleratedPercent == nil {
            return .notConverted("mostly: \(text("mostly") ?? "no number") asks nothing of the values")
        }
        let unknown = arguments.map(\.name).filter { !rule.names.contains($0) && !Self.commonNames.contains($0) }
        return rule.make(expectation)
            .approximated(
                flag("parse_strings_as_datetimes") ? "texts are compared as texts and not read as times" : nil
            )
            .approximated(
                unknown.isEmpty ? nil : "\(unknown.joined(separator: ", ")): not known here, and left out"
            )
            .with(options)
    }

    /// A check on rows.
    func rows(
        _ kind: String, column: String? = nil, _ arguments: JSONValue = .object([]), population: [String] = [],
        filter: [String] = [], nulls: String? = nil
    ) -> ImportedCheck {
        let tolerated = toleratedPercent ?? DecimalText(0)
        let isShare = tolerated != DecimalText(0)
        var conditions = [condition].compactMap(\.self) + filter
        if isShare { conditions += population.filter { !conditions.contains($0) } }
        var options: [JSONValue.Member] = []
        if let filter = QuotedSQL.all(conditions) { options.append(.init("where", .string(filter))) }
        if let nulls { options.append(.init("nulls", .string(nulls))) }
        if isShare { options.append(.init("fail", .string("percent > \(tolerated)"))) }
        return ImportedCheck(kind, column: column, arguments, options: options)
    }

    /// A check of a number that is computed from rows.
    func value(
        _ kind: String, column: String? = nil, _ arguments: JSONValue, fail: String? = nil, id: String? = nil
    ) -> ImportedCheck {
        var options: [JSONValue.Member] = []
        if let id { options.append(.init("id", .string(QualifiedTable.plainID(id)))) }
        if let condition { options.append(.init("where", .string(condition))) }
        if let fail { options.append(.init("fail", .string(fail))) }
        return ImportedCheck(kind, column: column, arguments, options: options)
    }

    /// The rows in a hundred that may fail; `nil` if that is all of them, or no number.
    private var toleratedPercent: DecimalText? {
        guard let mostly = self["mostly"] else { return DecimalText(0) }
        guard let share = mostly.scalarText.flatMap(DecimalText.init), DecimalText(0) < share, share <= DecimalText(1)
        else { return nil }
        return share.percentage.complementOfHundred
    }

    /// Kwargs that change nothing about what passes, and those that are read for every expectation.
    private static let commonNames: Set<String> = [
        "allow_cross_type_comparisons", "auto", "batch_id", "catch_exceptions", "condition_parser", "description", "id",
        "include_config", "meta", "metadata", "mostly", "notes", "output_strftime_format", "parse_strings_as_datetimes",
        "profiler_config", "rendered_content", "result_format", "row_condition", "severity", "table", "windows",
    ]

    /// `critical` is what the tool gives where nothing is said, too.
    private static func severity(of document: JSONValue) -> String? {
        switch (document["severity"] ?? document["kwargs"]?["severity"])?.scalarText?.lowercased() {
        case "critical": "now"
        case "warning": "next_business_day"
        case "info": "next_sprint"
        default: nil
        }
    }

    /// A note for people: a text, a list of texts, or one of them as `content`.
    static func note(in value: JSONValue?) -> String? {
        switch value {
        case .string(let text)?: text.isEmpty ? nil : text
        case .array(let elements)?:
            elements.isEmpty ? nil : elements.compactMap(\.scalarText).joined(separator: " ")
        case .object?: note(in: value?["content"])
        default: nil
        }
    }

    private static func parameter(in value: JSONValue) -> String? {
        switch value {
        case .object(let members):
            if let name = members.first(where: { $0.name == "$PARAMETER" }) { return name.value.scalarText ?? "" }
            return members.lazy.compactMap { parameter(in: $0.value) }.first
        case .array(let elements): return elements.lazy.compactMap { parameter(in: $0) }.first
        default: return nil
        }
    }
}
