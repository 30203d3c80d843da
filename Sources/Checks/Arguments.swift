package import ExactJSON
package import StructuredSQL

/// A parameter's value, read from a file in the form its ``Parameter`` asks for.
package enum ArgumentValue: Sendable, Hashable {
    case text(String)
    case list([String])
    case tuples([[String]])
    case boolean(Bool)
    case count(Int)
    case duration(Duration)
    case expression(SQL, text: String)
    case measure(NestedKind)
    case json(JSONValue)
}

/// A kind that stands among the arguments of another one.
package struct NestedKind: Sendable, Hashable {
    package var kind: String
    package var arguments: Arguments
    package var columns: [String]

    package init(kind: String, arguments: Arguments, columns: [String]) {
        self.kind = kind
        self.arguments = arguments
        self.columns = columns
    }
}

/// Why the arguments of a check do not fit together.
package struct ArgumentError: Error, Sendable, Hashable {
    /// The parameter it is about; `nil` for the check as a whole.
    package var parameter: String?
    package var message: String
    package var hint: String?

    package init(_ parameter: String?, _ message: String, hint: String? = nil) {
        self.parameter = parameter
        self.message = message
        self.hint = hint
    }
}

/// The arguments of one check by parameter name, already of the right form.
package struct Arguments: Sendable, Hashable {
    package var values: [String: ArgumentValue]

    package init(_ values: [String: ArgumentValue] = [:]) {
        self.values = values
    }

    package func text(_ name: String) -> String? {
        if case .text(let text)? = values[name] { text } else { nil }
    }

    package func list(_ name: String) -> [String]? {
        switch values[name] {
        case .list(let list)?: list
        case .text(let text)?: [text]
        default: nil
        }
    }

    package func tuples(_ name: String) -> [[String]]? {
        if case .tuples(let tuples)? = values[name] { tuples } else { nil }
    }

    package func flag(_ name: String) -> Bool {
        if case .boolean(let flag)? = values[name] { flag } else { false }
    }

    package func count(_ name: String) -> Int? {
        if case .count(let count)? = values[name] { count } else { nil }
    }

    package func duration(_ name: String) -> Duration? {
        if case .duration(let duration)? = values[name] { duration } else { nil }
    }

    package func expression(_ name: String) -> (sql: SQL, text: String)? {
        if case .expression(let sql, let text)? = values[name] { (sql, text) } else { nil }
    }

    package func measure(_ name: String) -> NestedKind? {
        if case .measure(let nested)? = values[name] { nested } else { nil }
    }

    package func json(_ name: String) -> JSONValue? {
        if case .json(let value)? = values[name] { value } else { nil }
    }

    /// The value of a required parameter; files without it were refused before.
    package func required<Value>(_ name: String, _ value: Value?) throws(ArgumentError) -> Value {
        guard let value else { throw ArgumentError(name, "\"\(name)\" is missing") }
        return value
    }

    /// Refuses bins whose edges are not numbers in ascending order.
    static func requireAscending(_ edges: [String], of parameter: String) throws(ArgumentError) {
        let numbers = edges.map { ExactDecimal($0) }
        if numbers.count == 1, numbers[0] == nil { throw ArgumentError(parameter, "\"\(edges[0])\" is not a number") }
        for (low, high) in zip(numbers, numbers.dropFirst()) {
            guard let low, let high, low < high else {
                throw ArgumentError(parameter, "\(parameter) are numbers, each above the last")
            }
        }
    }
}
