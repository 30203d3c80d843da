import ExactJSON

/// The `logicalTypeOptions` of a property: bounds, lengths, patterns and formats of its values.
///
/// Options that bound the same thing become one check and one item.
struct OdcsTypeOptions {
    private let property: OdcsProperty
    private let options: [JSONValue.Member]

    /// Reads the options of a property.
    init(_ property: OdcsProperty) {
        self.property = property
        options = (property.document["logicalTypeOptions"]?.members ?? []).filter { $0.value != .null }
    }

    /// What each option, or group of options, became.
    var conversions: [(label: String, conversion: RuleConversion)] {
        var done: Set<String> = []
        var result: [(label: String, conversion: RuleConversion)] = []
        for option in options where !done.contains(option.name) {
            let group = Self.groups.first { $0.contains(option.name) } ?? [option.name]
            done.formUnion(group)
            guard let converted = conversion(of: option) else { continue }
            let members = options.filter { group.contains($0.name) }
            let label = members.map { "\($0.name) \($0.value.scalarText ?? $0.value.compactText)" }
            result.append((label.joined(separator: ", "), converted))
        }
        return result
    }

    private static let groups = [
        ["minLength", "maxLength"], ["minItems", "maxItems"], ["minProperties", "maxProperties"],
        ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
    ]

    private subscript(name: String) -> JSONValue? { options.first { $0.name == name }?.value }

    private var column: String { QuotedSQL.name(property.column) }

    /// What an option and those of its group became; `nil` for one that asks nothing.
    private func conversion(of option: JSONValue.Member) -> RuleConversion? {
        switch option.name {
        case "minLength", "maxLength": return length("minLength", "maxLength")
        case "minItems", "maxItems":
            return property.isDocument
                ? size("minItems", "maxItems", "array", "jsonb_array_length(\(column)::jsonb)")
                : length("minItems", "maxItems")
        case "minProperties", "maxProperties":
            return size(
                "minProperties", "maxProperties", "object",
                "(SELECT count(*) FROM jsonb_object_keys(\(column)::jsonb))")
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum": return range
        case "pattern": return OdcsPattern.conversion(option.value, of: property)
        case "format": return OdcsFormat.conversion(option.value, of: property)
        case "multipleOf": return property.check("multiple_of", ["step": option.value])
        case "uniqueItems": return option.value == true ? uniqueItems : nil
        case "required": return keys(option.value)
        case "enum": return property.accepted(option.value.elements)
        case "timezone":
            return property.physicalType == nil ? nil : .notConverted("the physicalType says whether it has a zone")
        case "defaultTimezone": return nil
        default: return .notConverted("the standard has no such option")
        }
    }

    // MARK: Lengths

    /// Two bounds as whole numbers; `nil` if one is none, or no number lies between them.
    private func wholes(_ low: String, _ high: String) -> (least: Int?, most: Int?)? {
        var numbers: [Int?] = []
        for name in [low, high] {
            let number = self[name]?.scalarText.flatMap(DecimalText.init)?.whole
            guard self[name] == nil || number ?? -1 >= 0 else { return nil }
            numbers.append(number)
        }
        if let least = numbers[0], let most = numbers[1], most < least { return nil }
        return (numbers[0], numbers[1])
    }

    private func length(_ least: String, _ most: String) -> RuleConversion {
        guard let bounds = wholes(least, most) else { return .notConverted("no length is within these bounds") }
        var members: [JSONValue.Member] = []
        if let least = bounds.least { members.append(.init("min", .number(String(least)))) }
        if let most = bounds.most { members.append(.init("max", .number(String(most)))) }
        return property.check("length", .object(members))
    }

    /// The size of a JSON document, which must be of a type.
    private func size(_ least: String, _ most: String, _ type: String, _ size: String) -> RuleConversion {
        guard let bounds = wholes(least, most) else { return .notConverted("no size is within these bounds") }
        guard property.isDocument || property.physicalType == nil else {
            return .notConverted("only json and jsonb columns are looked into")
        }
        let condition =
            switch bounds {
            case (let least?, let most?): "\(size) BETWEEN \(least) AND \(most)"
            case (let least?, nil): "\(size) >= \(least)"
            case (nil, let most?): "\(size) <= \(most)"
            case (nil, nil): "true"
            }
        return document(of: type, where: condition)
    }

    private func document(of type: String, where condition: String) -> RuleConversion {
        property.expect(
            "CASE jsonb_typeof(\(column)::jsonb) WHEN '\(type)' THEN \(condition) ELSE \(column) IS NULL END")
    }

    private var uniqueItems: RuleConversion {
        if property.isDocument {
            return document(
                of: "array",
                where: "jsonb_array_length(\(column)::jsonb) = "
                    + "(SELECT count(DISTINCT item) FROM jsonb_array_elements(\(column)::jsonb) AS items (item))")
        }
        return property.expect(
            "cardinality(\(column)) = "
                + "(SELECT count(*) FROM (SELECT DISTINCT item FROM unnest(\(column)) AS items (item)) AS different)")
    }

    private func keys(_ value: JSONValue) -> RuleConversion {
        guard property.isDocument || property.physicalType == nil else {
            return .notConverted("only json and jsonb columns are looked into")
        }
        return value.elements.isEmpty
            ? .notConverted("it names no properties") : property.check("json_keys", ["keys": value])
    }

    // MARK: Range

    /// One check of all bounds; of two for one end the narrower one counts.
    private var range: RuleConversion? {
        let low = bound("minimum", "exclusiveMinimum", isLow: true)
        let high = bound("maximum", "exclusiveMaximum", isLow: false)
        var members: [JSONValue.Member] = []
        if let low { members.append(.init(low.isStrict ? "above" : "min", low.value)) }
        if let high { members.append(.init(high.isStrict ? "below" : "max", high.value)) }
        if let low, let high, let least = low.value.scalarText.flatMap(DecimalText.init),
            let most = high.value.scalarText.flatMap(DecimalText.init),
            most < least || (least == most && (low.isStrict || high.isStrict))
        {
            return .notConverted("no value is within these bounds")
        }
        return members.isEmpty ? nil : property.check("in_range", .object(members))
    }

    /// The bound of one end: version 3.0 has a flag where 3.1 has a second value.
    private func bound(_ name: String, _ exclusive: String, isLow: Bool) -> (value: JSONValue, isStrict: Bool)? {
        let plain = self[name].map { (value: $0, isStrict: self[exclusive] == true) }
        guard let other = self[exclusive], let text = other.scalarText, other != true, other != false else {
            return plain
        }
        guard let own = plain?.value.scalarText else { return (other, true) }
        let isNarrower =
            if let strict = DecimalText(text), let number = DecimalText(own) {
                isLow ? strict >= number : strict <= number
            } else {
                isLow ? text >= own : text <= own
            }
        return isNarrower ? (other, true) : plain
    }
}
