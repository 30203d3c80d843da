import ExactJSON

extension SodaContract {
    /// The columns of the contract against those of the dataset: names, order and types.
    func schema(_ body: JSONValue, _ subject: SodaSubject) throws(SodaRefusal) -> SodaResult {
        let columns = (document["columns"]?.elements ?? []).filter { $0["name"]?.scalarText != nil }
        let names = columns.filter { $0["optional"] != .boolean(true) }.compactMap { $0["name"]?.scalarText }
        let optional = columns.filter { $0["optional"] == .boolean(true) }.compactMap { $0["name"]?.scalarText }
        guard !names.isEmpty else { throw SodaRefusal("the contract lists no column that must be there") }
        let warns = body["threshold"]?["level"]?.scalarText == "warn"
        let options = subject.catalogOptions(warns ? [JSONValue.Member("warn", "count > 0")] : [])
        var parameters = [JSONValue.Member("columns", .array(names.map { .string($0) }))]
        if !optional.isEmpty { parameters.append(JSONValue.Member("optional", .array(optional.map { .string($0) }))) }
        if body["allow_extra_columns"] == .boolean(true) { parameters.append(JSONValue.Member("allow_extra", true)) }
        let isOrdered = body["allow_other_column_order"] != .boolean(true)
        if isOrdered { parameters.append(JSONValue.Member("ordered", true)) }
        var result = SodaResult()
        result.checks = [ImportedCheck("column_set", .object(parameters), options: options)]
        if isOrdered, !optional.isEmpty { result.differ("optional columns may stand anywhere") }
        for column in columns {
            guard let name = column["name"]?.scalarText, let type = Self.type(of: column) else { continue }
            result.checks.append(
                ImportedCheck("column_type", column: name, ["type": .string(type)], options: options))
            if optional.contains(name) {
                result.differ("an optional column that is missing is an error of its column_type")
            }
        }
        return result
    }

    /// Names of types that PostgreSQL spells otherwise.
    private static let types = [
        "timestamp_tz": "timestamptz", "timestamp_ntz": "timestamp", "string": "text", "double": "double precision",
    ]

    /// The type of a column with its length or precision; `nil` where the contract does not say it.
    private static func type(of column: JSONValue) -> String? {
        guard let text = column["data_type"]?.scalarText else { return nil }
        let written = SodaText.trimmed(text).lowercased()
        let type = types[written] ?? written
        func number(_ key: String) -> String? { column[key]?.scalarText.flatMap { SodaText.number($0) } }
        let texts = ["varchar", "character varying", "char", "character", "bpchar"]
        if texts.contains(type), let length = number("character_maximum_length") { return "\(type)(\(length))" }
        if ["numeric", "decimal"].contains(type), let precision = number("numeric_precision") {
            return "\(type)(\(precision),\(number("numeric_scale") ?? "0"))"
        }
        return type
    }
}
