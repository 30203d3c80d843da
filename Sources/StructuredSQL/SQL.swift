/// SQL as a value: static text, identifiers, bound values and text from a check file, kept apart until rendered.
///
/// A `String` cannot become SQL by accident, because literal parts are `StaticString` and there is no interpolation
/// for a bare string: `"SELECT \(name)"` does not compile. Text a user wrote in a check file comes in through
/// ``CheckFileSQL`` only.
///
/// ```swift
/// let query: SQL = "SELECT count(*) FROM \(identifier: "shop", "orders") WHERE amount < \(bind: "0")"
/// ```
package struct SQL: Sendable, Hashable {
    /// One part of a statement.
    package enum Fragment: Sendable, Hashable {
        /// Text of ours.
        case text(String)
        /// A name of one or more parts, quoted on rendering.
        case identifier([String])
        /// A value, sent apart from the text; `nil` is NULL.
        case bind(String?)
        /// Text a user wrote, verbatim, and where it stands.
        case checkFile(String, origin: SourceLocation?)
        /// A `:name` of the user's that still waits for its value.
        case parameter(String)
    }

    package private(set) var fragments: [Fragment]

    package init() {
        fragments = []
    }

    package init(fragments: [Fragment]) {
        self.fragments = fragments
    }

    /// Text that PostgreSQL itself wrote and quoted, such as the result of `format_type` or `pg_get_expr`.
    package init(quotedByServer text: String) {
        fragments = [.text(text)]
    }

    package var isEmpty: Bool { fragments.isEmpty }

    package static func + (left: SQL, right: SQL) -> SQL {
        SQL(fragments: left.fragments + right.fragments)
    }

    package static func += (left: inout SQL, right: SQL) {
        left.fragments += right.fragments
    }

    /// Names of the parameters that still wait for a value.
    package var unresolvedParameters: Set<String> {
        Set(
            fragments.compactMap { fragment in
                if case .parameter(let name) = fragment { name } else { nil }
            }
        )
    }

    /// Replaces each `:name` that `values` knows; others stay.
    package func resolving(_ values: [String: SQL]) -> SQL {
        guard !values.isEmpty else { return self }
        return SQL(
            fragments: fragments.flatMap { fragment -> [Fragment] in
                guard case .parameter(let name) = fragment, let value = values[name] else { return [fragment] }
                return value.fragments
            }
        )
    }
}

extension SQL: ExpressibleByStringInterpolation {
    package init(stringLiteral value: StaticString) {
        fragments = [.text(value.description)]
    }

    package init(stringInterpolation: Interpolation) {
        fragments = stringInterpolation.fragments
    }

    /// Collects the parts of an interpolated statement.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var fragments: [Fragment] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            fragments.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            guard literal.utf8CodeUnitCount > 0 else { return }
            fragments.append(.text(literal.description))
        }

        /// A name of one or more parts: `\(identifier: "shop", "orders")` becomes `"shop"."orders"`.
        package mutating func appendInterpolation(identifier parts: String...) {
            fragments.append(.identifier(parts))
        }

        /// A value, sent as a parameter in PostgreSQL's text format; `nil` is NULL.
        package mutating func appendInterpolation(bind value: String?) {
            fragments.append(.bind(value))
        }

        /// A whole number, sent as a parameter.
        package mutating func appendInterpolation(bind value: some BinaryInteger & Sendable) {
            fragments.append(.bind(String(value)))
        }

        package mutating func appendInterpolation(_ sql: SQL) {
            fragments += sql.fragments
        }
    }
}

extension Sequence<SQL> {
    /// The statements in order with `separator` between them.
    package func joined(separator: SQL) -> SQL {
        var result = SQL()
        for (index, element) in enumerated() {
            if index > 0 { result += separator }
            result += element
        }
        return result
    }
}
