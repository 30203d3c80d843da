import ExactJSON

/// One rule about the values of a column; NULL is missing and breaks none.
enum SodaRule: Sendable, Hashable {
    case oneOf([JSONValue])
    case noneOf([JSONValue])
    case format(SodaFormat)
    case notFormat(SodaFormat)
    case regex(String)
    case notRegex(String)
    /// `min` and `max`, or `equals`, of the length.
    case length([JSONValue.Member])
    /// `min` and `max` of the value.
    case range([JSONValue.Member])
    /// Every value is in a column of another dataset.
    case reference(SodaDataset, column: String)

    /// The rule that holds for the values for which this one does not; `nil` where there is none.
    var inverse: SodaRule? {
        switch self {
        case .oneOf(let values): .noneOf(values)
        case .noneOf(let values): .oneOf(values)
        case .format(let format): .notFormat(format)
        case .notFormat(let format): .format(format)
        case .regex(let regex): .notRegex(regex)
        case .notRegex(let regex): .regex(regex)
        case .length, .range, .reference: nil
        }
    }

    /// Our kind for it, what it takes, and in what it differs.
    var kind: (name: String, arguments: JSONValue, difference: String?) {
        switch self {
        case .oneOf(let values): return ("accepted_values", ["values": .array(values)], nil)
        case .noneOf(let values): return ("rejected_values", ["values": .array(values)], nil)
        case .format(let format):
            guard let name = format.ownName else {
                return ("matches", ["regex": .string(format.regex)], format.regexDifference)
            }
            return ("format", ["is": .string(name)], format.difference)
        case .notFormat(let format):
            return ("matches", ["regex": .string(format.regex), "not": true], format.regexDifference)
        case .regex(let regex): return ("matches", ["regex": .string(regex)], nil)
        case .notRegex(let regex): return ("matches", ["regex": .string(regex), "not": true], nil)
        case .length(let bounds): return ("length", .object(bounds), nil)
        case .range(let bounds): return ("in_range", .object(bounds), nil)
        case .reference(let dataset, let column):
            return ("references", ["to": .string(dataset.name), "to_columns": [.string(column)]], nil)
        }
    }

    /// In what the rule differs as SQL.
    var sqlDifference: String? {
        switch self {
        case .format(let format), .notFormat(let format): format.regexDifference
        default: nil
        }
    }

    /// The rule as a condition; NULL where the column is.
    func sql(on column: String) -> String {
        let name = SodaName.quoted(column)
        func list(_ values: [JSONValue]) -> String {
            "(" + values.map { SodaName.literal($0) }.joined(separator: ", ") + ")"
        }
        func comparisons(_ value: String, _ bounds: [JSONValue.Member]) -> String {
            let comparators = ["min": ">=", "max": "<=", "equals": "="]
            return bounds.map { "\(value) \(comparators[$0.name] ?? "=") \(SodaName.literal($0.value))" }
                .joined(separator: " AND ")
        }
        return switch self {
        case .oneOf(let values): "\(name) IN \(list(values))"
        case .noneOf(let values): "\(name) NOT IN \(list(values))"
        case .format(let format): "\(name)::text ~ \(SodaName.literal(format.regex))"
        case .notFormat(let format): "\(name)::text !~ \(SodaName.literal(format.regex))"
        case .regex(let regex): "\(name)::text ~ \(SodaName.literal(regex))"
        case .notRegex(let regex): "\(name)::text !~ \(SodaName.literal(regex))"
        case .length(let bounds): comparisons("length(\(name))", bounds)
        case .range(let bounds): comparisons(name, bounds)
        case .reference(let dataset, let other):
            "\(name) IN (SELECT \(SodaName.quoted(other)) FROM \(dataset.sql))"
        }
    }
}
