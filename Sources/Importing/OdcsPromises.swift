import ExactJSON

/// The service levels of a contract that are about all its checks: how often they are due, and how many may fail.
struct OdcsPromises {
    /// The properties, in lower case.
    enum Property: String {
        case frequency, availability
        case errorRate = "errorrate"
    }

    private let contract: OdcsContract
    /// What the contract became, besides these levels.
    private let rules: [OdcsRule]
    /// Tables with checks, in their order.
    private let tables: [QualifiedTable]
    /// The schedule of each table, by the first frequency that is about it.
    private var schedules: [QualifiedTable: JSONValue] = [:]

    /// Takes all levels, since one is about what another says.
    ///
    /// - Parameters:
    ///   - levels: Service levels, of any property.
    ///   - rules: What else of the contract became checks.
    ///   - contract: The contract.
    init(_ levels: [JSONValue], beside rules: [OdcsRule], in contract: OdcsContract) {
        self.contract = contract
        self.rules = rules
        var tables: [QualifiedTable] = []
        for rule in rules where rule.conversion.hasChecks && !tables.contains(rule.table) { tables.append(rule.table) }
        self.tables = tables
        for level in levels where OdcsServiceLevel.property(of: level) == Property.frequency.rawValue {
            guard let schedule = try? Self.schedule(of: level) else { continue }
            for place in places(of: level) {
                guard let table = place.table, schedules[table] == nil else { continue }
                schedules[table] = schedule
            }
        }
    }

    /// What a level became; nothing of another property's.
    func rules(of level: JSONValue) -> [OdcsRule] {
        switch Property(rawValue: OdcsServiceLevel.property(of: level)) {
        case .frequency: frequencyRules(of: level)
        case .availability: [promise(of: level, named: "availability", isError: false)]
        case .errorRate: [promise(of: level, named: "error-rate", isError: true)]
        case nil: []
        }
    }

    // MARK: Places

    /// What a level is about.
    private struct Place {
        var label: String
        /// `nil` for what is no part of the contract.
        var table: QualifiedTable?
        var isColumn: Bool
        var difference: String?
    }

    /// The elements of a level; without any, all tables with checks.
    ///
    /// The contract's default element is a column that tells the time: a share is not about it.
    private func places(of level: JSONValue) -> [Place] {
        let isShare = OdcsServiceLevel.property(of: level) != Property.frequency.rawValue
        let references =
            isShare && level["element"] == nil ? [] : OdcsServiceLevel.references(of: level, in: contract)
        guard !references.isEmpty else {
            return tables.map { Place(label: $0.text, table: $0, isColumn: false) }
        }
        return references.map { reference in
            if let object = contract.objects.first(where: { $0.name == reference || $0.table.text == reference }) {
                return Place(label: reference, table: object.table, isColumn: false)
            }
            let element = contract.element(reference)
            return Place(
                label: reference, table: element?.table, isColumn: true,
                difference: element?.isKnown == false ? OdcsServiceLevel.guessed : nil)
        }
    }

    // MARK: How often

    private func frequencyRules(of level: JSONValue) -> [OdcsRule] {
        let name = OdcsServiceLevel.name(of: level)
        func refused(_ reason: String, _ label: String? = nil) -> OdcsRule {
            OdcsRule(
                name: [name, label].compactMap(\.self).joined(separator: " "), table: OdcsServiceLevel.nowhere,
                conversion: .notConverted(reason))
        }
        let schedule: JSONValue
        do throws(PromiseRefusal) {
            schedule = try Self.schedule(of: level)
        } catch {
            return [refused(error.reason)]
        }
        let places = places(of: level)
        guard !places.isEmpty else { return [refused("the contract has no checks that could be due")] }
        return places.map { place in
            guard let table = place.table else {
                return refused("\(place.label) is no column of an object in this contract", place.label)
            }
            guard tables.contains(table) else {
                return refused("\(table.text) has no checks that could be due", place.label)
            }
            guard schedules[table] == schedule else {
                return refused("another frequency of \(table.text) comes first", place.label)
            }
            var rule = OdcsRule(name: "\(name) \(place.label)", table: table, conversion: RuleConversion([]))
            rule.schedule = schedule
            rule.conversion = rule.conversion.approximated(place.difference)
                .noted(OdcsQuality.scheduleNote(of: level))
            return rule
        }
    }

    /// The schedule that a frequency is: a cron expression that can come true, else so many units.
    private static func schedule(of level: JSONValue) throws(PromiseRefusal) -> JSONValue {
        if let cron = OdcsQuality.schedule(of: level) { return ["cron": .string(cron)] }
        let left = OdcsQuality.scheduleNote(of: level).map { "; \($0)" } ?? ""
        if let more = level["valueExt"]?.scalarText, more != level["value"]?.scalarText {
            throw PromiseRefusal("its value and valueExt are two lengths of time\(left)")
        }
        let unit = level["unit"]?.scalarText?.lowercased()
        guard unit != "m" else { throw PromiseRefusal("its unit m may be minutes or months\(left)") }
        guard let period = OdcsDuration(level, minutes: nil) else { throw PromiseRefusal(OdcsDuration.missing + left) }
        if let difference = period.difference { throw PromiseRefusal("\(difference), and a schedule is exact\(left)") }
        return ["every": .string(period.text)]
    }

    // MARK: How much

    private func promise(of level: JSONValue, named name: String, isError: Bool) -> OdcsRule {
        var rule = OdcsRule(
            name: OdcsServiceLevel.name(of: level), table: OdcsServiceLevel.nowhere, conversion: RuleConversion([]))
        do throws(PromiseRefusal) {
            let share = try Self.share(of: level, needsUnit: isError)
            let target = isError ? try share.complement : share
            var objective = ImportedObjective(name, checks: try selectors(of: level), target: target.text)
            if isError { objective.method = "rows" }
            objective.remark = level["description"]?.scalarText
            rule.objective = objective
            let error = "an error is a row that fails a check of the contract"
            rule.conversion = rule.conversion.approximated(isError ? error : nil)
                .approximated("the contract names no period: it is the calendar month by UTC's clock")
                .noted(target.allowsNothing ? "a target of 100 % has no error budget" : nil)
        } catch {
            rule.conversion = .notConverted(error.reason)
        }
        return rule
    }

    /// The selectors of a level's tables, all of whose checks are due at some time.
    private func selectors(of level: JSONValue) throws(PromiseRefusal) -> [String] {
        let places = places(of: level)
        guard !places.isEmpty else { throw PromiseRefusal("the contract has no checks to promise anything about") }
        var selectors: [String] = []
        for place in places {
            guard let table = place.table, tables.contains(table) else {
                throw PromiseRefusal("\(place.label) has no checks to promise anything about")
            }
            guard !place.isColumn else {
                throw PromiseRefusal("it is about the column \(place.label); an objective here is about tables' checks")
            }
            guard schedules[table] != nil || rules.allSatisfy({ $0.table != table || $0.conversion.isScheduled }) else {
                throw PromiseRefusal("nothing says how often the checks of \(table.text) are due: a frequency does")
            }
            selectors.append("dataset:\(table.text)")
        }
        return selectors
    }

    /// The share of a level: with a unit, or where it can be nothing else.
    private static func share(of level: JSONValue, needsUnit: Bool) throws(PromiseRefusal) -> PromisedShare {
        guard var text = level["value"]?.scalarText else { throw PromiseRefusal("it has no value") }
        var unit = level["unit"]?.scalarText?.lowercased()
        if unit == nil, text.hasSuffix("%") {
            text = String(text.dropLast().filter { !$0.isWhitespace })
            unit = "%"
        }
        guard let number = DecimalText(text) else { throw PromiseRefusal("its value \(text) is no share") }
        switch unit {
        case "%", "percent", "percentage", "pct": return try PromisedShare(percent: text)
        case nil where !needsUnit && number > DecimalText(1): return try PromisedShare(percent: text)
        case nil where !needsUnit && number < DecimalText(1): return try PromisedShare(fraction: text)
        case nil: throw PromiseRefusal("\(text) without a unit is a share of 1 or of 100")
        case let unit?: throw PromiseRefusal("no share has the unit \(unit)")
        }
    }
}

extension RuleConversion {
    fileprivate var hasChecks: Bool { !checks.isEmpty || !queries.isEmpty }

    /// Whether all its checks say when they are due.
    fileprivate var isScheduled: Bool {
        checks.allSatisfy { $0.options.contains { $0.name == "schedule" } }
            && queries.allSatisfy { $0.headers.contains { $0.name == "schedule" } }
    }
}
