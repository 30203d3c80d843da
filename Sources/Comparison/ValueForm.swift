package import Catalog
package import StructuredSQL

/// The form in which values of two columns are compared, so that equal means the same on both sides.
///
/// NULL equals NULL and nothing else. Numbers are equal by value, whatever their scale; NaN equals NaN, 0 equals -0.
/// Instants are equal as instants, jsonb by value, texts byte by byte, whatever their collation.
package enum ValueForm: Sendable, Hashable {
    /// As they are, with PostgreSQL's equality.
    case plain
    /// Texts, or arrays of them, byte by byte.
    case characters
    /// Any value as its text: of types without an equality, or with one that takes different values for equal.
    case text
    /// json as jsonb.
    case document
    /// Both as `numeric`; a float is the number that it prints as.
    case number
    /// Both as `double precision`.
    case float

    /// The form for two types; `nil` where their values cannot be compared.
    ///
    /// - Parameters:
    ///   - left: The type on the left.
    ///   - right: The type on the right.
    package init?(_ left: DataType, _ right: DataType) {
        switch (Family(left), Family(right)) {
        case (.character, .character): self = .characters
        case (.document, .document): self = left.baseName == "jsonb" && right.baseName == "jsonb" ? .plain : .document
        case (.integer, .integer), (.integer, .decimal), (.decimal, .integer), (.decimal, .decimal): self = .plain
        case (.float, .float): self = left.baseName == right.baseName ? .plain : .float
        case (.float, .integer), (.float, .decimal), (.integer, .float), (.decimal, .float): self = .number
        case (.enumeration, .enumeration), (.enumeration, .character), (.character, .enumeration): self = .text
        case (.other(let one), .other(let two)) where one == two:
            if left.category == .array, left.isBuiltIn {
                self =
                    ["_text", "_varchar", "_bpchar", "_name"].contains(left.baseName)
                    ? .characters : Self.comparableArrays.contains(left.baseName) ? .plain : .text
            } else if left.baseName.hasSuffix("range"), left.isBuiltIn {
                self = .plain
            } else {
                self = left.hasKnownEquality && left.baseName != "interval" ? .plain : .text
            }
        default: return nil
        }
    }

    /// Arrays whose elements have an equality that takes no different values for equal.
    private static let comparableArrays: Set = [
        "_int2", "_int4", "_int8", "_numeric", "_float4", "_float8", "_bool", "_uuid", "_bytea", "_jsonb", "_inet",
        "_cidr",
        "_macaddr", "_date", "_time", "_timetz", "_timestamp", "_timestamptz", "_numrange", "_int4range", "_int8range",
        "_daterange", "_tsrange", "_tstzrange",
    ]

    /// Types whose values are of one kind.
    private enum Family: Hashable {
        case character, document, integer, decimal, float, enumeration
        case other(String)

        init(_ type: DataType) {
            switch type.baseName {
            case _ where type.category == .enumeration: self = .enumeration
            case "json" where type.isBuiltIn, "jsonb" where type.isBuiltIn: self = .document
            case "int2", "int4", "int8": self = .integer
            case "numeric": self = .decimal
            case "float4", "float8": self = .float
            case _ where type.category == .string: self = .character
            // Without a length or a precision: what values are is what counts.
            default: self = .other(type.isBuiltIn ? type.baseName : type.formatted)
            }
        }
    }

    /// A value in this form.
    package func sql(_ value: SQL, of type: DataType) -> SQL {
        switch self {
        case .plain: value
        case .characters:
            ["text", "_text"].contains(type.baseName)
                ? "\(value) COLLATE pg_catalog.\"C\""
                : "\(value)::pg_catalog.\(type.category == .array ? "text[]" : "text") COLLATE pg_catalog.\"C\""
        case .text: "\(value)::pg_catalog.text COLLATE pg_catalog.\"C\""
        case .document: "\(value)::pg_catalog.jsonb"
        case .number:
            ["float4", "float8"].contains(type.baseName)
                ? "\(value)::pg_catalog.text::pg_catalog.numeric" : "\(value)::pg_catalog.numeric"
        case .float: "\(value)::pg_catalog.float8"
        }
    }
}
