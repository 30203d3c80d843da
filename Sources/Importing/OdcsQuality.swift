import ExactJSON

/// A quality item of an object or a property.
struct OdcsQuality {
    let item: JSONValue
    let object: OdcsObject
    /// The property under which it stands; `nil` for the object.
    let property: OdcsProperty?
    let contract: OdcsContract

    /// What each item of a list became.
    static func rules(
        _ list: JSONValue?, of object: OdcsObject, property: OdcsProperty?, in contract: OdcsContract
    ) -> [OdcsRule] {
        (list?.elements ?? []).map { item in
            let quality = OdcsQuality(item: item, object: object, property: property, contract: contract)
            let place = property.map { "\(object.name).\($0.name)" } ?? object.name
            return OdcsRule(
                name: "\(place) quality \(quality.label)", table: object.table, conversion: quality.conversion)
        }
    }

    /// What an item says by a name, as text.
    func text(_ name: String) -> String? { item[name]?.scalarText }

    /// The type; what is left out follows from what is there.
    private var type: String {
        if let type = text("type")?.lowercased() { return type }
        if item["query"] != nil { return "sql" }
        if item["engine"] != nil { return "custom" }
        return item["metric"] ?? item["rule"] == nil ? "text" : "library"
    }

    private var label: String {
        let what = text("metric") ?? text("rule") ?? [type, text("engine")].compactMap(\.self).joined(separator: " ")
        return text("name").map { "\(what) \"\($0)\"" } ?? what
    }

    private var conversion: RuleConversion {
        switch type {
        case "text": return .notConverted("a text for people")
        case "library": return OdcsMetric(self).conversion.with(options).noted(scheduleNote)
        case "sql": return OdcsQuery(self).conversion.with(options).noted(scheduleNote)
        case "custom": return custom.noted(scheduleNote)
        default: return .notConverted("the standard has no quality of type \(type)")
        }
    }

    // MARK: What checks are made of

    /// The level that it reaches: an item of little severity only warns.
    var level: String {
        let minor: Set<String> = ["info", "warning", "warn", "low", "minor", "trivial"]
        return minor.contains(text("severity")?.lowercased() ?? "") ? "warn" : "fail"
    }

    /// What its number is, as a threshold names it; `nil` for another unit.
    var quantity: String? {
        switch (text("unit") ?? "rows").lowercased() {
        case "rows", "row", "count": "count"
        case "percent", "percentage", "%": "percent"
        default: nil
        }
    }

    /// Checks of a kind that judges rows, one for each threshold.
    func rows(
        _ kind: String, column: String?, _ arguments: JSONValue = .object([]), nulls: String? = nil,
        against comparison: OdcsComparison
    ) -> RuleConversion {
        guard let quantity else { return .notConverted("its unit is neither rows nor percent") }
        guard let thresholds = comparison.thresholds(of: quantity) else {
            return .notConverted("what it asks of the number of rows holds always, or never")
        }
        let checks = thresholds.enumerated().map { index, threshold in
            var options = identity(index)
            if let nulls { options.append(.init("nulls", .string(nulls))) }
            if comparison.failsAtZero { options.append(.init("on_empty", "fail")) }
            if level == "warn" || !["count > 0", "percent > 0"].contains(threshold) {
                options.append(.init(level, .string(threshold)))
            }
            return ImportedCheck(kind, column: column, arguments, options: options)
        }
        return RuleConversion(checks).approximated(comparison.difference)
    }

    /// The item's own id, which is one among those of its column; further checks of the item have a number behind it.
    func identity(_ index: Int) -> [JSONValue.Member] {
        guard let id = text("id") else { return [] }
        let name = [property?.column, id].compactMap(\.self).joined(separator: ".")
        return [.init("id", .string(QualifiedTable.plainID(index == 0 ? name : "\(name)_\(index + 1)")))]
    }

    /// What stands beside every check, whatever it asks.
    private var options: [JSONValue.Member] {
        var options: [JSONValue.Member] = []
        if let severity { options.append(.init("severity", .string(severity))) }
        if let dimension { options.append(.init("dimension", .string(dimension))) }
        let tags = (item["tags"]?.elements ?? []).filter { $0.scalarText != nil }
        if !tags.isEmpty { options.append(.init("tags", .array(tags))) }
        if let schedule = Self.schedule(of: item) { options.append(.init("schedule", ["cron": .string(schedule)])) }
        if let name = text("name") { options.append(.init("name", .string(name))) }
        if let description = text("description") { options.append(.init("description", .string(description))) }
        return options
    }

    private var severity: String? {
        switch text("severity")?.lowercased() {
        case "critical", "blocker", "fatal", "now": "now"
        case "high", "major", "next_business_day": "next_business_day"
        case "medium", "next_sprint": "next_sprint"
        default: nil
        }
    }

    private var dimension: String? {
        let synonyms = [
            "ac": "accuracy", "cp": "completeness", "cf": "conformity", "cs": "consistency", "cv": "coverage",
            "tm": "timeliness", "uq": "uniqueness",
        ]
        guard let word = text("dimension")?.lowercased() else { return nil }
        return synonyms[word] ?? (synonyms.values.contains(word) ? word : nil)
    }

    /// The cron expression of an item's schedule, where it has one that a schedule takes.
    static func schedule(of item: JSONValue) -> String? {
        guard let text = item["schedule"]?.scalarText, (item["scheduler"]?.scalarText ?? "cron").lowercased() == "cron"
        else { return nil }
        return CronText(text)?.text
    }

    /// What is wrong with an item's schedule.
    static func scheduleNote(of item: JSONValue) -> String? {
        guard let schedule = item["schedule"]?.scalarText, self.schedule(of: item) == nil else { return nil }
        return "its schedule is no cron expression that ever comes true, and left out: \(schedule)"
    }

    private var scheduleNote: String? {
        Self.scheduleNote(of: item)
    }

    // MARK: Other tools

    private var custom: RuleConversion {
        let engine = text("engine") ?? "unknown"
        guard engine.lowercased().filter(\.isLetter) == "greatexpectations", let rule = item["implementation"],
            let type = (rule["type"] ?? rule["expectation_type"])?.scalarText
        else {
            return .notConverted("a check of \(engine) inside a contract is not read, its own files are")
        }
        var arguments = rule["kwargs"]?.members ?? []
        if let property, !arguments.contains(where: { $0.name.hasPrefix("column") }), type.contains("column") {
            arguments.append(.init("column", .string(property.column)))
        }
        let expectation = GxExpectation(type: type, arguments: arguments, dataset: object.table, options: options)
        return expectation.conversion
            .approximated(level == "warn" ? "it fails where the contract only warns" : nil)
    }
}
