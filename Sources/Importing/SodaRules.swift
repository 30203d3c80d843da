import ExactJSON

/// Which values of a column are missing and which are valid.
struct SodaRules: Sendable, Hashable {
    /// What counts as missing besides NULL.
    var placeholders: [SodaRule] = []
    /// What values that are not missing must be like.
    var validity: [SodaRule] = []
    /// Whether NULL is invalid.
    var nullsAreInvalid = false
    /// Whether the values are texts that Soda reads as numbers.
    var readsTextAsNumbers = false
    /// Whether the list of valid values is empty, so that every value is invalid.
    var acceptsNothing = false

    init() {}

    /// A condition that is true for a placeholder and never NULL; `nil` where there is none.
    func isPlaceholder(_ column: String) -> String? {
        guard !placeholders.isEmpty else { return nil }
        return "(" + placeholders.map { $0.sql(on: column) }.joined(separator: " OR ") + ") IS TRUE"
    }

    /// Conditions for the rows whose value is neither a placeholder nor invalid.
    func areUsable(_ column: String) -> [String] {
        let present = isPlaceholder(column).map { ["NOT (\($0))"] } ?? []
        return present + validity.map { $0.sql(on: column) }
    }

    /// The placeholders as a list of values; `nil` where some are told otherwise.
    var placeholderValues: [JSONValue]? {
        var values: [JSONValue] = []
        for rule in placeholders {
            guard case .oneOf(let more) = rule else { return nil }
            values += more
        }
        return values
    }
}

// MARK: SodaCL

extension SodaRules {
    /// Reads the configuration of a check of SodaCL, and what `configurations for` says of the column.
    init(sodaCL configuration: JSONValue, defaults: JSONValue = .object([])) throws(SodaRefusal) {
        /// A setting of the check, else of the column; lists of both are one.
        func setting(_ key: String) -> JSONValue? {
            guard let own = configuration[key] else { return defaults[key] }
            guard case .array(let values) = own, case .array(let more)? = defaults[key] else { return own }
            return .array(values + more)
        }
        self.init()
        placeholders = try Self.listed(
            values: setting("missing values"), format: setting("missing format"), regex: setting("missing regex"))
        validity = try Self.listed(
            values: setting("valid values"), format: setting("valid format"), regex: setting("valid regex"))
        validity += try Self.lengths(
            equals: setting("valid length"), min: setting("valid min length"), max: setting("valid max length"))
        let range = Self.bounds(min: setting("valid min"), max: setting("valid max"))
        if !range.isEmpty { validity.append(.range(range)) }
        if case .format(let format)? = validity.first(where: \.isFormat) {
            readsTextAsNumbers = format.isNumeric
        }
        if validity.isEmpty {
            // Beside rules for valid values, Soda does not look at those for invalid ones.
            validity = try Self.listed(
                values: setting("invalid values"), format: setting("invalid format"), regex: setting("invalid regex")
            ).compactMap(\.inverse)
        }
        nullsAreInvalid = setting("include null") == .boolean(true)
    }

    /// Rules for a list, a named format and a regular expression.
    static func listed(
        values: JSONValue?, format: JSONValue?, regex: JSONValue?
    ) throws(SodaRefusal) -> [SodaRule] {
        var rules: [SodaRule] = []
        if let values, !values.elements.isEmpty {
            // NULL is missing anyway.
            let known = values.elements.filter { $0 != .null }
            if !known.isEmpty { rules.append(.oneOf(known)) }
        }
        if let name = format?.scalarText {
            guard let known = SodaFormat(named: name) else { throw SodaRefusal("there is no format \"\(name)\"") }
            rules.append(.format(known))
        }
        if let regex = regex?.scalarText, !regex.isEmpty { rules.append(.regex(regex)) }
        return rules
    }

    /// Rules for the length of a text.
    static func lengths(equals: JSONValue?, min: JSONValue?, max: JSONValue?) throws(SodaRefusal) -> [SodaRule] {
        var rules: [SodaRule] = []
        for bounds in [[("equals", equals)], [("min", min), ("max", max)]] {
            var members: [JSONValue.Member] = []
            for (name, value) in bounds {
                guard let text = value?.scalarText else { continue }
                guard let number = SodaText.number(text), let length = Int(number), length >= 0 else {
                    throw SodaRefusal("\"\(text)\" is no length")
                }
                members.append(JSONValue.Member(name, .number(String(length))))
            }
            if !members.isEmpty { rules.append(.length(members)) }
        }
        return rules
    }

    /// Bounds of a value, numbers where they are written as numbers.
    static func bounds(min: JSONValue?, max: JSONValue?) -> [JSONValue.Member] {
        [("min", min), ("max", max)].compactMap { name, value in
            guard let value, let text = value.scalarText else { return nil }
            return JSONValue.Member(name, SodaText.number(text).map { JSONValue.number($0) } ?? value)
        }
    }
}

// MARK: Contracts

extension SodaRules {
    /// Reads a check of a contract; what it says nothing of, its column says.
    init(contract check: JSONValue, column: JSONValue, of dataset: SodaDataset) throws(SodaRefusal) {
        self.init()
        let missing = Self.source(check, column, prefixes: ["missing_"])
        placeholders = try Self.contractRules("missing", missing)
        let valid = Self.source(check, column, prefixes: ["valid_", "invalid_"])
        validity = try Self.contractRules("valid", valid)
        validity += try Self.lengths(
            equals: valid["valid_length"], min: valid["valid_min_length"], max: valid["valid_max_length"])
        let range = Self.bounds(min: valid["valid_min"], max: valid["valid_max"])
        if !range.isEmpty { validity.append(.range(range)) }
        validity += try Self.contractRules("invalid", valid).compactMap(\.inverse)
        if let reference = valid["valid_reference_data"], reference != .null {
            validity.append(try Self.reference(reference, of: dataset))
        }
        if case .array(let values)? = valid["valid_values"] { acceptsNothing = values.isEmpty }
    }

    /// The check, if it has a key that begins so, else its column.
    private static func source(_ check: JSONValue, _ column: JSONValue, prefixes: [String]) -> JSONValue {
        let isOwn = check.members.contains { member in
            member.value != .null && prefixes.contains { member.name.hasPrefix($0) }
        }
        return isOwn ? check : column
    }

    /// The list and the format of one prefix; a format is `{regex, name}`, formerly a name.
    private static func contractRules(_ prefix: String, _ source: JSONValue) throws(SodaRefusal) -> [SodaRule] {
        let format = source["\(prefix)_format"]
        let regex = format?["regex"] ?? source["\(prefix)_regex"] ?? source["\(prefix)_regex_sql"]
        return try listed(values: source["\(prefix)_values"], format: format, regex: regex)
    }

    private static func reference(_ reference: JSONValue, of dataset: SodaDataset) throws(SodaRefusal) -> SodaRule {
        let path =
            reference["dataset"]?.scalarText
            ?? reference["dataset"]?.elements.compactMap(\.scalarText).joined(separator: "/")
        guard let path, var other = SodaDataset(contract: path), let column = reference["column"]?.scalarText else {
            throw SodaRefusal("its reference data name no dataset and column")
        }
        // A bare name, and a bare list of prefixes, are in the contract's own data source.
        if other.schema == nil {
            let parts = path.split(separator: "/").map { SodaText.trimmed($0) }
            other.schema = parts.count == 2 && reference["dataset"]?.scalarText == nil ? parts[0] : dataset.schema
        }
        return .reference(other, column: column)
    }
}

extension SodaRule {
    /// Whether it is a named format that values must have.
    var isFormat: Bool { if case .format = self { true } else { false } }
}
