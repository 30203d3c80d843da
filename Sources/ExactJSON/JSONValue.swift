/// JSON that keeps what other readers lose: the order of members, members of one name, and the exact text of numbers.
///
/// PostgreSQL's `numeric` and `bigint` do not fit a floating-point number; here `1.10` stays `1.10`.
package indirect enum JSONValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    /// A number in its own text.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// A name and its value.
    package struct Member: Sendable, Hashable {
        package var name: String
        package var value: JSONValue

        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The first member of this name; `nil` if there is none or this is no object.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// An optional text: `nil` becomes null.
    package static func string(ifPresent text: String?) -> JSONValue {
        text.map(JSONValue.string) ?? .null
    }

    /// An optional whole number: `nil` becomes null.
    package static func number(ifPresent number: Int?) -> JSONValue {
        number.map { .number(String($0)) } ?? .null
    }

    /// PostgreSQL's text of a number: a JSON number where JSON has it, else a string (`NaN`, `Infinity`).
    package static func number(postgres text: String?) -> JSONValue {
        guard let text else { return .null }
        var parser = JSONParser(text)
        if case .number(let number)? = try? parser.parseDocument() { return .number(number) }
        return .string(text)
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByNilLiteral
{
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    package init(stringLiteral value: String) {
        self = .string(value)
    }

    package init(integerLiteral value: Int) {
        self = .number(String(value))
    }

    package init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }

    package init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    package init(nilLiteral: ()) {
        self = .null
    }
}
