package import StructuredSQL

/// A column's type, seen through domains to what it is made of.
package struct DataType: Sendable, Hashable {
    /// The type as `format_type` writes it with an empty search path, such as `numeric(12,2)` or `shop.status`.
    package var formatted: String
    /// Name of the base type in `pg_type`, below any domain, such as `numeric`, `timestamptz` or `_int4`.
    package var baseName: String
    /// `pg_type.typcategory` of the base type.
    package var category: Category
    /// Labels in order, if the base type is an enum.
    package var enumLabels: [String]

    /// The groups of `pg_type.typcategory` that checks tell apart.
    package enum Category: Sendable, Hashable {
        case array, boolean, dateTime, enumeration, numeric, string, other

        package init(code: String) {
            switch code {
            case "A": self = .array
            case "B": self = .boolean
            case "D": self = .dateTime
            case "E": self = .enumeration
            case "N": self = .numeric
            case "S": self = .string
            default: self = .other
            }
        }
    }

    package init(formatted: String, baseName: String, category: Category, enumLabels: [String] = []) {
        self.formatted = formatted
        self.baseName = baseName
        self.category = category
        self.enumLabels = enumLabels
    }

    /// Whether values can be NaN.
    package var hasNaN: Bool { ["float4", "float8", "numeric"].contains(baseName) }

    /// Whether values are instants, which need no zone to be compared with the clock.
    package var isInstant: Bool { baseName == "timestamptz" }

    package var isDate: Bool { baseName == "date" }

    /// Whether values are times without a zone: a zone must be known before the clock means anything.
    package var isLocalTime: Bool { baseName == "timestamp" || isDate }

    package var isJSON: Bool { baseName == "jsonb" || baseName == "json" }

    /// Whether equal values are the same bytes under a deterministic collation.
    var equalValuesLookAlike: Bool {
        // A type of a user's may have the name of one of PostgreSQL's.
        guard isBuiltIn else { return category == .enumeration }
        return switch baseName {
        case "bool", "int2", "int4", "int8", "oid", "date", "time", "timestamp", "timestamptz", "uuid", "text",
            "varchar":
            true
        case "numeric", "bpchar": formatted.hasSuffix(")")
        default: category == .enumeration
        }
    }

    /// Whether values can be compared for sure.
    package var hasKnownEquality: Bool {
        switch category {
        case .boolean, .dateTime, .enumeration, .numeric, .string: isBuiltIn || category == .enumeration
        case .array, .other: isBuiltIn && ["uuid", "bytea", "jsonb", "inet", "cidr", "macaddr"].contains(baseName)
        }
    }

    /// Whether values are passed around as a machine word, which sorts and compares fastest.
    package var isWord: Bool {
        isBuiltIn && ["int2", "int4", "int8", "oid", "date", "timestamp", "timestamptz"].contains(baseName)
    }

    /// The function of a value and a seed that hash joins and hash aggregation use, in the form that gives 64 bits.
    ///
    /// `nil` where it takes another type than the column's; ``hash_record_extended`` takes all.
    package var hashFunction: String? {
        guard isBuiltIn else { return nil }
        return switch baseName {
        case "int2", "int4", "int8": "hash\(baseName)extended"
        case "text", "varchar": "hashtextextended"
        case "numeric": "hash_numeric_extended"
        case "uuid": "uuid_hash_extended"
        case "timestamp": "timestamp_hash_extended"
        default: nil
        }
    }

    /// Whether the type is PostgreSQL's own: with an empty search path `format_type` puts a schema before any other.
    package var isBuiltIn: Bool { !formatted.contains(".") }

    /// The type, ready to stand after `::`.
    package var sql: SQL { SQL(quotedByServer: formatted) }
}
