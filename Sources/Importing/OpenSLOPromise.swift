import ExactJSON

/// One objective of an SLO as ours, with the checks that had to be made for it.
struct OpenSLOPromise {
    /// Name of the service, or of the SLO where it names none.
    let service: String
    let window: OpenSLOWindow
    private(set) var objective: ImportedObjective
    /// The checks that it needs, what became of it, and what there is to know.
    private(set) var conversion = RuleConversion([])
    /// The relation of its checks.
    private(set) var table = ""

    /// Reads one objective.
    ///
    /// - Parameters:
    ///   - entry: An element of `objectives`.
    ///   - slo: The SLO in which it stands.
    ///   - name: What it is to be called.
    ///   - check: Id for a check that has to be made, without that of its relation.
    ///   - catalog: Where the indicator and the service are.
    /// - Throws: ``PromiseRefusal`` for what cannot be promised here.
    init(
        _ entry: JSONValue, of slo: OpenSLOObject, named name: String, check: String, in catalog: OpenSLOCatalog
    ) throws(PromiseRefusal) {
        let service = slo.spec["service"]?.scalarText.flatMap { $0.isEmpty ? nil : $0 }
        self.service = service ?? slo.name
        guard entry.given("compositeWeight") == nil else {
            throw PromiseRefusal(
                "a composite weighs several indicators into one; an objective here is about all its checks")
        }
        window = try OpenSLOWindow(
            of: slo, zone: service.flatMap { catalog["Service", $0] }?.annotation(.zone))
        let target = try PromisedShare.target(of: entry)
        let budgeting = try OpenSLOBudgeting(of: slo, entry)
        let sli = try Self.indicator(of: entry, slo, in: catalog)
        let indicator = try OpenSLOIndicator(sli, of: slo, in: catalog)
        objective = ImportedObjective(name, checks: [], target: target.text)
        try measure(indicator.measure, entry, target, budgeting, id: check)
        try takeAnnotations(of: slo)
        let remarks = [slo.displayName, slo.description].compactMap(\.self).filter { $0 != name }
        objective.remark = remarks.isEmpty ? nil : remarks.joined(separator: ": ")
        conversion = conversion.approximated(window.difference).approximated(indicator.difference)
        if service == nil { conversion = conversion.noted("it names no service") }
        if target.allowsNothing {
            conversion = conversion.noted("a target of 100 % has no error budget, and the standard excludes it")
        }
        if entry.given("op") ?? entry.given("value") != nil, !indicator.measure.isValue {
            conversion = conversion.noted("its op and value belong to a thresholdMetric and are left out")
        }
        conversion = conversion.noted(slo.leftOut()).noted(sli.leftOut().map { "of its SLI, \($0)" })
    }

    private static func indicator(
        of entry: JSONValue, _ slo: OpenSLOObject, in catalog: OpenSLOCatalog
    ) throws(PromiseRefusal) -> OpenSLOObject {
        let holder = entry.given("indicator") != nil || entry.given("indicatorRef") != nil ? entry : slo.spec
        switch (holder.given("indicator"), holder["indicatorRef"]?.scalarText) {
        case (let inline?, nil): return OpenSLOObject(path: slo.path, document: inline)
        case (nil, let name?):
            guard let sli = catalog["SLI", name] else { throw PromiseRefusal("there is no SLI \(name)") }
            return sli
        case (nil, nil): throw PromiseRefusal("it has neither indicator nor indicatorRef")
        default: throw PromiseRefusal("it has both indicator and indicatorRef")
        }
    }

    private mutating func takeAnnotations(of slo: OpenSLOObject) throws(PromiseRefusal) {
        if let word = slo.annotation(.unknown) {
            let words = ["sticky_bad", "ignore", "as_bad", "as_good", "hold_last"]
            guard words.contains(word) else {
                throw PromiseRefusal("assay-unknown is one of \(words.joined(separator: ", "))")
            }
            objective.unknown = word == "sticky_bad" ? nil : word
        }
        objective.burn = try slo.list(.burn).map { rate throws(PromiseRefusal) in
            guard let match = rate.wholeMatch(of: #/(1h|6h|1d|3d): ([0-9]{1,5}(?:\.[0-9]{1,3})?)/#) else {
                throw PromiseRefusal("assay-burn is such as 1h: 14.4, 6h: 6, 1d: 3, 3d: 1")
            }
            return .init(String(match.output.1), .number(String(match.output.2)))
        }
        if let text = slo.annotation(.coverage) {
            let coverage = try PromisedShare(fraction: text).text
            objective.coverage = coverage == "90%" ? nil : coverage
        }
    }

    // MARK: What is measured

    private mutating func measure(
        _ measure: OpenSLOIndicator.Measure, _ entry: JSONValue, _ target: PromisedShare,
        _ budgeting: OpenSLOBudgeting, id: String
    ) throws(PromiseRefusal) {
        var schedule: JSONValue?
        // The share of its rows, or the value, at which a measurement is good.
        var goal = target
        if case .timeslices(let slice, let share) = budgeting {
            (objective.method, objective.slice) = ("timeslices", slice)
            objective.sliceTarget = share.allowsNothing ? nil : share.text
            (schedule, goal) = (["every": .string(slice)], share)
        }
        switch measure {
        case .checks(let checks, let countsRows):
            objective.checks = checks
            guard countsRows else { return }
            guard objective.method == nil else { throw PromiseRefusal("rows are not counted by slices of time") }
            objective.method = "rows"
        case .value(let query):
            guard let value = entry["value"]?.scalarText.flatMap(DecimalText.init),
                let operation = entry["op"]?.scalarText,
                let comparison = Comparison(rawValue: operation.lowercased())
            else { throw PromiseRefusal("it has no op (lte, gte, lt or gt) and value to compare with") }
            ask(query, for: comparison, value, id: id, schedule)
        case .stored(let query, let isBad):
            guard schedule != nil else {
                throw PromiseRefusal(
                    "a stored ratio does not say how many events it is of: occurrences need good and total")
            }
            let share = isBad ? goal.percentage.complementOfHundred : goal.percentage
            ask(query, for: isBad ? .lte : .gte, share.hundredth, id: id, schedule)
            objective.sliceTarget = nil
        case .share(let share, let isBad):
            guard goal.percentage != DecimalText(0) else { throw PromiseRefusal("a share of 0 % asks nothing of rows") }
            count(share, isBad: isBad, goal, id: id, schedule)
        }
        let rhythm = schedule == nil ? "and nothing says how often: give its check a schedule" : "once for each slice"
        if measure.isQuery {
            conversion = conversion.approximated("a result is about the rows that are there then, \(rhythm)")
        }
    }

    /// Makes a check on rows.
    private mutating func count(
        _ share: OpenSLOQuery.Share, isBad: Bool, _ goal: PromisedShare, id: String, _ schedule: JSONValue?
    ) {
        var options: [JSONValue.Member] = [.init("id", .string(id))]
        if let rows = share.rows { options.append(.init("where", .string(rows))) }
        // A row for which the condition is NULL is not counted: neither as good, nor as bad.
        if !isBad { options.append(.init("nulls", "fail")) }
        if let threshold = goal.failingThreshold { options.append(.init("fail", .string(threshold))) }
        if let schedule { options.append(.init("schedule", schedule)) }
        let expression = isBad ? "NOT (\(share.condition))" : share.condition
        let check = ImportedCheck("expect", ["expression": .string(expression)], options: options)
        if schedule == nil { objective.method = "rows" }
        objective.sliceTarget = nil
        take(check, on: share.table, id: id)
    }

    /// Makes a check on a value: a metric where it is one, else a query of its own.
    private mutating func ask(
        _ query: OpenSLOQuery, for comparison: Comparison, _ value: DecimalText, id: String, _ schedule: JSONValue?
    ) {
        if let parts = query.parts, parts.expression.contains(Self.aggregate) {
            var options: [JSONValue.Member] = [.init("id", .string(id))]
            if let condition = parts.condition { options.append(.init("where", .string(condition))) }
            options.append(.init("fail", .string("value \(comparison.opposite) \(value)")))
            if let schedule { options.append(.init("schedule", schedule)) }
            let check = ImportedCheck("metric", ["expression": .string(parts.expression)], options: options)
            take(check, on: parts.table, id: id)
        } else if let table = query.firstTable {
            let sql = OdcsQuery.measured(query.sql, "measured.value \(comparison.symbol) \(value)")
            let made = ImportedQuery(id: table.queryID(id), dataset: table.text, sql: sql)
            conversion = RuleConversion(made).with(schedule.map { [.init("schedule", $0)] } ?? [])
            (objective.checks, self.table) = ([made.id], table.text)
        } else {
            conversion = .notConverted("which relation its query is about is not clear")
        }
    }

    private mutating func take(_ check: ImportedCheck, on table: QualifiedTable, id: String) {
        conversion = RuleConversion(check)
        (objective.checks, self.table) = (["\(table.text).\(id)"], table.text)
    }

    private static var aggregate: Regex<Substring> {
        #/\b(?:count|sum|avg|min|max|stddev(?:_pop|_samp)?|var(?:iance|_pop|_samp)|bool_and|bool_or|every)\s*\(/#
            .ignoresCase()
    }

    /// How a value is compared with the one that is promised.
    private enum Comparison: String {
        case lte, gte, lt, gt

        var symbol: String {
            switch self {
            case .lte: "<="
            case .gte: ">="
            case .lt: "<"
            case .gt: ">"
            }
        }

        /// What a value must not be.
        var opposite: String {
            switch self {
            case .lte: ">"
            case .gte: "<"
            case .lt: ">="
            case .gt: "<="
            }
        }
    }
}

extension OpenSLOIndicator.Measure {
    fileprivate var isQuery: Bool {
        if case .checks = self { false } else { true }
    }

    fileprivate var isValue: Bool {
        if case .value = self { true } else { false }
    }
}
