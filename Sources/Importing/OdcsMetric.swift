import ExactJSON

/// A metric of the standard's library, or a rule of version 3.0.
struct OdcsMetric {
    private let quality: OdcsQuality

    /// Takes a quality item.
    init(_ quality: OdcsQuality) {
        self.quality = quality
    }

    /// The checks it becomes.
    var conversion: RuleConversion {
        guard let name = quality.text("metric") ?? quality.text("rule") else {
            return .notConverted("it names no metric")
        }
        let metric = Self.names[name.lowercased()]
        if metric == "between" { return between }
        guard let metric else { return .notConverted("the standard's library has no metric \(name)") }
        // Rules of version 3.0 such as unique say with their name that nothing may fail.
        let implied: JSONValue = quality.item["metric"] == nil ? ["mustBe": 0] : .object([])
        let hasOperator = OdcsComparison.operators.contains { quality.item[$0] != nil }
        guard let comparison = OdcsComparison(hasOperator ? quality.item : implied) else {
            return .notConverted("no operator says what the metric must be, or none that fits")
        }
        let unknown = arguments.map(\.name).filter { !Self.argumentNames.contains($0) }
        return converted(metric, comparison).approximated(
            unknown.isEmpty ? nil : "\(unknown.joined(separator: ", ")): not known here, and left out")
    }

    private func converted(_ metric: String, _ comparison: OdcsComparison) -> RuleConversion {
        if metric == "rowCount" { return rowCount(comparison) }
        if metric == "duplicateValues" { return duplicates(comparison) }
        guard let property = quality.property else {
            return .notConverted("\(metric) is about a property, and this stands under an object")
        }
        switch metric {
        case "nullValues": return quality.rows("not_null", column: property.column, against: comparison)
        case "missingValues": return missing(property, comparison)
        default: return invalid(property, comparison)
        }
    }

    // MARK: What it takes

    private var arguments: [JSONValue.Member] { quality.item["arguments"]?.members ?? [] }

    /// An argument; version 3.0 has it beside the rule, or among the custom properties.
    private func argument(_ name: String) -> JSONValue? {
        let custom = (quality.item["customProperties"]?.elements ?? []).first { $0["property"]?.scalarText == name }
        let value = quality.item["arguments"]?[name] ?? quality.item[name] ?? custom?["value"]
        return value == .null ? nil : value
    }

    private static let argumentNames: Set<String> = ["missingValues", "validValues", "pattern", "properties"]

    /// Metrics by their names in small letters, and by those that rules had in version 3.0.
    private static let names = [
        "nullvalues": "nullValues", "nullcheck": "nullValues", "nullcount": "nullValues", "notnull": "nullValues",
        "missingvalues": "missingValues", "missingcount": "missingValues",
        "invalidvalues": "invalidValues", "invalidcount": "invalidValues", "validvalues": "invalidValues",
        "pattern": "invalidValues", "regex": "invalidValues",
        "duplicatevalues": "duplicateValues", "duplicatecount": "duplicateValues", "unique": "duplicateValues",
        "uniquecheck": "duplicateValues", "rowcount": "rowCount", "countcheck": "rowCount", "between": "between",
    ]

    // MARK: Metrics

    private func missing(_ property: OdcsProperty, _ comparison: OdcsComparison) -> RuleConversion {
        guard let list = argument("missingValues")?.elements, !list.isEmpty else {
            return quality.rows("not_null", column: property.column, against: comparison)
                .approximated("without a list of missing values only NULL is one")
        }
        let values = list.filter { $0 != .null }
        guard values.allSatisfy({ $0.scalarText != nil }) else { return .notConverted("it lists no plain values") }
        if values.isEmpty { return quality.rows("not_null", column: property.column, against: comparison) }
        return quality.rows(
            "rejected_values", column: property.column, ["values": .array(values)],
            nulls: values.count < list.count ? "fail" : nil, against: comparison)
    }

    private func invalid(_ property: OdcsProperty, _ comparison: OdcsComparison) -> RuleConversion {
        let values = argument("validValues").map { $0.elements.filter { $0 != .null } }
        let pattern = (argument("pattern") ?? argument("regex"))?.scalarText
        let regex = pattern.flatMap(OdcsPattern.postgres)
        guard pattern == nil || regex != nil else { return .notConverted(OdcsPattern.unknown) }
        if let values {
            let literals = values.compactMap { QuotedSQL.literal($0) }
            guard !values.isEmpty, literals.count == values.count else {
                return .notConverted("it lists no plain values")
            }
            guard let regex else {
                return quality.rows(
                    "accepted_values", column: property.column, ["values": .array(values)], against: comparison)
            }
            let name = QuotedSQL.name(property.column)
            let isListed = "\(name) IN (\(literals.joined(separator: ", ")))"
            let condition = "\(isListed) AND \(name)::text ~ \(QuotedSQL.literal(regex))"
            return quality.rows("expect", column: nil, ["expression": .string(condition)], against: comparison)
        }
        guard let regex else { return .notConverted("neither validValues nor pattern say what is valid") }
        return quality.rows("matches", column: property.column, ["regex": .string(regex)], against: comparison)
    }

    private func duplicates(_ comparison: OdcsComparison) -> RuleConversion {
        let names = argument("properties")?.elements.compactMap(\.scalarText) ?? []
        let columns = names.map { name in quality.object.properties.first { $0.name == name }?.column ?? name }
        let quantity = quality.quantity ?? "count"
        let isNone = comparison.thresholds(of: quantity) == ["\(quantity) > 0"]
        return duplicates(of: columns.isEmpty ? [quality.property?.column].compactMap(\.self) : columns, comparison)
            .approximated(
                isNone ? nil : "every row that shares its value counts, where others count each value once")
    }

    private func duplicates(of columns: [String], _ comparison: OdcsComparison) -> RuleConversion {
        switch columns.count {
        case 0: quality.rows("no_duplicate_rows", column: nil, against: comparison)
        case 1: quality.rows("unique", column: columns[0], against: comparison)
        default:
            quality.rows(
                "unique", column: nil, ["columns": .array(columns.map(JSONValue.string))], against: comparison)
        }
    }

    private func rowCount(_ comparison: OdcsComparison) -> RuleConversion {
        guard quality.quantity == "count" else {
            return .notConverted("a number of rows is no share of anything")
        }
        if quality.level == "fail", let bounds = comparison.wholes, bounds != ["min": 0] {
            return RuleConversion(ImportedCheck("row_count", bounds, options: quality.identity(0)))
                .approximated(comparison.difference)
        }
        guard let thresholds = comparison.thresholds(of: "count") else {
            return .notConverted("what it asks of the number of rows holds always, or never")
        }
        let checks = thresholds.enumerated().map { index, threshold in
            let text = "value\(threshold.dropFirst("count".count))"
            return ImportedCheck(
                "metric", ["expression": "count(*)"],
                options: quality.identity(index) + [JSONValue.Member(quality.level, .string(text))])
        }
        return RuleConversion(checks).approximated(comparison.difference)
    }

    /// A rule of version 3.0, with its bounds among the custom properties.
    private var between: RuleConversion {
        guard let property = quality.property else { return .notConverted("between is about a property") }
        let bounds = ["min", "max"].compactMap { name in argument(name).map { JSONValue.Member(name, $0) } }
        guard !bounds.isEmpty, bounds.allSatisfy({ $0.value.scalarText != nil }),
            let comparison = OdcsComparison(["mustBe": 0])
        else { return .notConverted("neither min nor max say what it is between") }
        return quality.rows("in_range", column: property.column, .object(bounds), against: comparison)
    }
}
