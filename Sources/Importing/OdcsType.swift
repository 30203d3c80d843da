import ExactJSON

/// The types of a property: the physical one, which is the database's, else the logical one.
enum OdcsType {
    /// The check of the column's type; `nil` if the contract says nothing of it.
    static func conversion(of property: OdcsProperty) -> (label: String, conversion: RuleConversion)? {
        let logical = property.logicalType.map { (label: "logicalType \($0)", conversion: self.logical($0, property)) }
        guard let physical = property.physicalType else { return logical }
        let label = "physicalType \(physical)"
        guard let meant = types(physical, isArray: property.logicalType == "array") else {
            let reason = "\(physical) is no type of PostgreSQL"
            guard let logical else { return (label, .notConverted(reason)) }
            return (label, logical.conversion.approximated("\(reason), so that only \(logical.label) is checked"))
        }
        return (label, property.check("column_type", ["type": argument(meant.names)]).approximated(meant.difference))
    }

    private static func argument(_ names: [String]) -> JSONValue {
        names.count == 1 ? .string(names[0]) : .array(names.map(JSONValue.string))
    }

    // MARK: Logical types

    private static func logical(_ type: String, _ property: OdcsProperty) -> RuleConversion {
        let zone = property.document["logicalTypeOptions"]?["timezone"]
        let names: [String]? =
            switch type {
            case "boolean": ["boolean"]
            case "string": ["text", "varchar", "char", "citext", "uuid", "xml"]
            case "integer": ["smallint", "integer", "bigint"]
            case "number": ["numeric", "real", "double precision", "smallint", "integer", "bigint"]
            case "date": ["date"]
            case "time": zone == true ? ["timetz"] : zone == false ? ["time"] : ["time", "timetz"]
            case "timestamp":
                zone == true ? ["timestamptz"] : zone == false ? ["timestamp"] : ["timestamp", "timestamptz"]
            case "object", "map": ["jsonb", "json"]
            default: nil
            }
        guard let names else { return .notConverted("without a physicalType nothing says which type it has here") }
        return property.check("column_type", ["type": argument(names)])
            .approximated(type == "boolean" ? nil : "it is read as \(names.joined(separator: " or "))")
    }

    // MARK: Physical types

    /// The types that a name of the database stands for, and what had to be guessed.
    private static func types(_ text: String, isArray: Bool) -> (names: [String], difference: String?)? {
        let plain = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !plain.isEmpty, !plain.contains("<") else { return nil }
        if let match = plain.wholeMatch(of: #/(.+?) ?\[(\d+)\]/#) {
            let base = String(match.output.1)
            guard !isArray, ["varchar", "char", "character varying", "character"].contains(base) else {
                return (["\(base)[]"], nil)
            }
            return (["\(base)(\(match.output.2))"], "[\(match.output.2)] is read as a length")
        }
        let base = plain.prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")
        let modifier = plain.wholeMatch(of: #/[^(]*\(([^)]*)\).*/#)?.output.1
        if base == "float", let modifier {
            guard let bits = Int(modifier) else { return (["real", "double precision"], "its digits are left out") }
            return ([bits <= 24 ? "real" : "double precision"], nil)
        }
        if let own = serials[base] { return ([own], nil) }
        if let meant = foreign[base] {
            let length = modifier.flatMap { $0.isEmpty || !sized.contains(meant) ? nil : "(\($0))" } ?? ""
            return (["\(meant)\(length)"], "\(text) is read as \(meant)\(length)")
        }
        if unsized.contains(base), modifier != nil { return ([base], "an integer has no length here") }
        return ([plain], nil)
    }

    private static let serials = [
        "serial": "integer", "bigserial": "bigint", "smallserial": "smallint", "serial4": "integer",
        "serial8": "bigint", "serial2": "smallint",
    ]

    private static let unsized: Set<String> = ["int", "integer", "bigint", "smallint", "int2", "int4", "int8"]

    private static let sized: Set<String> = ["numeric", "varchar", "char"]

    /// Names of other systems' types.
    private static let foreign = [
        "double": "double precision", "float64": "double precision", "float32": "real", "string": "text",
        "number": "numeric", "bignumeric": "numeric", "datetime": "timestamp", "datetime2": "timestamp",
        "timestamp_ntz": "timestamp", "timestamp_tz": "timestamptz", "timestamp_ltz": "timestamptz",
        "datetimeoffset": "timestamptz", "tinyint": "smallint", "mediumint": "integer", "int16": "smallint",
        "int32": "integer", "int64": "bigint", "long": "bigint", "byteint": "smallint", "nvarchar": "varchar",
        "varchar2": "varchar", "nvarchar2": "varchar", "nchar": "char", "longtext": "text", "mediumtext": "text",
        "clob": "text", "blob": "bytea", "binary": "bytea", "varbinary": "bytea", "raw": "bytea",
        "uniqueidentifier": "uuid", "variant": "jsonb",
    ]
}
