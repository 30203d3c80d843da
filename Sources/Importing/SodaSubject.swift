import ExactJSON

/// The rows that a check is about, and what is written beside every check.
struct SodaSubject: Sendable, Hashable {
    var dataset: SodaDataset
    /// SQL conditions that rows must meet to be looked at.
    var filters: [String] = []
    var name: String?
    /// How many failing rows are kept.
    var keep: String?
    var keptColumns: [String] = []

    /// All conditions as one, with others; `nil` without any.
    func filter(and conditions: [String] = []) -> String? {
        let all = filters.map { SodaText.sql($0) }.filter { !$0.isEmpty } + conditions
        return all.count < 2 ? all.first : all.map { "(\($0))" }.joined(separator: " AND ")
    }

    /// Options of a check that counts failing rows.
    func rowOptions(
        _ levels: [JSONValue.Member] = [], and conditions: [String] = [], nullsFail: Bool = false
    ) -> [JSONValue.Member] {
        var options = valueOptions(levels, and: conditions)
        if nullsFail { options.append(JSONValue.Member("nulls", "fail")) }
        return options + keeping
    }

    /// What failing rows are kept, as options.
    var keeping: [JSONValue.Member] {
        var options: [JSONValue.Member] = []
        if let keep { options.append(JSONValue.Member("keep", .number(keep))) }
        if !keptColumns.isEmpty {
            options.append(JSONValue.Member("columns", .array(keptColumns.map { .string($0) })))
        }
        return options
    }

    /// Options of a check that computes a number from rows.
    func valueOptions(_ levels: [JSONValue.Member] = [], and conditions: [String] = []) -> [JSONValue.Member] {
        var options = catalogOptions()
        if let filter = filter(and: conditions) { options.append(JSONValue.Member("where", .string(filter))) }
        return options + levels
    }

    /// Options of a check that looks at no row.
    func catalogOptions(_ levels: [JSONValue.Member] = []) -> [JSONValue.Member] {
        (name.map { [JSONValue.Member("name", .string($0))] } ?? []) + levels
    }
}
