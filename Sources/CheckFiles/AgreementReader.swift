import Checks
import ServiceLevels
import StructuredSQL

/// Reads a service level agreement.
struct AgreementReader {
    /// The key that tells such a file from a suite.
    static let key = "sla"
    /// The only key of a file that lists days without business.
    static let holidayKey = "holidays"
    static let keys = [
        "sla", "description", "consumer", "owner", "period", "zone", "hours", "key_datasets", "objectives",
    ]
    static let objectiveKeys = [
        "slo", "checks", "target", "method", "unknown", "coverage", "slice", "slice_target", "burn",
    ]

    let reader: NodeReader

    /// The agreement; `nil` after noting what is wrong.
    func agreement(_ node: YAMLNode) -> DeclaredAgreement? {
        let entries = reader.mapping(node, of: "an agreement", keys: Self.keys)
        guard let nameEntry = entries[Self.key], let name = reader.text(nameEntry) else { return nil }
        reader.requireIdentifier(name, at: nameEntry.value.location)
        var agreement = Agreement(name: name)
        agreement.description = reader.text(entries["description"])
        agreement.consumer = reader.text(entries["consumer"])
        agreement.owner = reader.text(entries["owner"])
        agreement.zone = reader.text(entries["zone"]) ?? "UTC"
        agreement.period = entries["period"].flatMap(period) ?? .month
        agreement.keyDatasets = reader.texts(entries["key_datasets"]) ?? []
        var declared = DeclaredAgreement(agreement: agreement, source: nameEntry.keyLocation)
        if let entry = entries["hours"] { declared = hours(entry, declared) }
        guard let list = entries["objectives"], let elements = list.value.elements, !elements.isEmpty else {
            reader.diagnostics.error(
                at: entries["objectives"]?.keyLocation ?? node.location, "an agreement needs \"objectives\"",
                hint: "Write objectives: [{slo: orders-fresh, checks: [shop.orders.fresh], target: 99.5%}].")
            return nil
        }
        let objectives = elements.compactMap(objective)
        guard objectives.count == elements.count else { return nil }
        for (index, objective) in objectives.enumerated()
        where objectives[..<index].contains(where: { $0.name == objective.name }) {
            reader.diagnostics.error(at: elements[index].location, "there are two objectives \"\(objective.name)\"")
        }
        declared.agreement.objectives = objectives
        return declared
    }

    // MARK: Objectives

    private func objective(_ node: YAMLNode) -> Objective? {
        let entries = reader.mapping(node, of: "an objective", keys: Self.objectiveKeys)
        func needed(_ name: String) -> YAMLNode.Entry? {
            if entries[name] == nil { reader.diagnostics.error(at: node.location, "an objective needs \"\(name)\"") }
            return entries[name]
        }
        guard let name = reader.text(needed("slo")), let checks = reader.texts(needed("checks")), !checks.isEmpty,
            let promised = target(needed("target"))
        else { return nil }
        var objective = Objective(name, checks: checks, target: promised)
        if let entry = entries["method"] {
            guard let method = reader.word(entry, as: Objective.Method.self) else { return nil }
            objective.method = method
        }
        if let entry = entries["unknown"] {
            guard let policy = reader.word(entry, as: UnknownPolicy.self) else { return nil }
            objective.unknown = policy
        }
        if let entry = entries["coverage"] { objective.coverage = target(entry) ?? objective.coverage }
        for name in ["slice", "slice_target"] {
            guard let entry = entries[name], objective.method != .timeslices else { continue }
            reader.diagnostics.error(at: entry.keyLocation, "\"\(name)\" belongs to method: timeslices")
        }
        if let slice = reader.duration(entries["slice"]) {
            if slice < .seconds(60), let entry = entries["slice"] {
                reader.diagnostics.error(at: entry.value.location, "a slice is a minute or longer")
            }
            objective.slice = slice
        }
        if let entry = entries["burn"] { objective.burnAlerts = burnAlerts(entry) }
        if let entry = entries["slice_target"] {
            objective.sliceTarget = target(entry) ?? objective.sliceTarget
        }
        return objective
    }

    /// Windows with the burn rates at which somebody has to look, such as `{1h: 14.4, 6h: 6}`.
    private func burnAlerts(_ entry: YAMLNode.Entry) -> [BurnAlert] {
        let windows = Dictionary(
            uniqueKeysWithValues: ObjectiveJudge.lookbacks.map { (BurnAlert.window(hours: $0), $0) })
        let entries = reader.mapping(entry.value, of: "\"burn\"", keys: windows.keys.sorted())
        return windows.compactMap { window, hours -> BurnAlert? in
            guard let given = entries[window], let text = reader.text(given) else { return nil }
            guard let factor = BurnAlert.thousandths(text), factor > 0 else {
                reader.diagnostics.error(
                    at: given.value.location,
                    "a burn rate is a number such as 14.4, with 3 digits behind the point at most")
                return nil
            }
            return BurnAlert(hours: hours, factor: factor)
        }.sorted { $0.hours < $1.hours }
    }

    private func target(_ entry: YAMLNode.Entry?) -> TargetShare? {
        guard let entry, let text = reader.text(entry) else { return nil }
        guard let target = TargetShare(text) else {
            reader.diagnostics.error(
                at: entry.value.location, "\"\(entry.key)\" is a share such as 99.5% or 0.995, with 7 digits at most")
            return nil
        }
        return target
    }

    // MARK: Time

    private func period(_ entry: YAMLNode.Entry) -> Agreement.Period? {
        let text = entry.value.text ?? ""
        if let period = Agreement.Period(text) { return period }
        reader.diagnostics.error(
            at: entry.value.location, "\"\(text)\" is not a period",
            hint: "Choose one of: calendar month, quarter, week, rolling 30d.")
        return nil
    }

    private func hours(_ entry: YAMLNode.Entry, _ declared: DeclaredAgreement) -> DeclaredAgreement {
        var declared = declared
        let entries = reader.mapping(entry.value, of: "\"hours\"", keys: ["business", Self.holidayKey])
        guard let business = entries["business"], let text = reader.text(business) else {
            reader.diagnostics.error(at: entry.keyLocation, "\"hours\" needs \"business\"")
            return declared
        }
        guard var hours = BusinessHours(text) else {
            reader.diagnostics.error(
                at: business.value.location, "\"\(text)\" says no hours",
                hint: "Write Mon-Fri 08:00-18:00, Sat 09:00-13:00.")
            return declared
        }
        if let list = entries[Self.holidayKey] {
            if list.value.elements != nil {
                hours.holidays = holidays(list)
            } else if let file = reader.text(list) {
                declared.holidayFile = .init(name: file, location: list.value.location)
            }
        }
        declared.agreement.hours = hours
        return declared
    }

    /// The days of a list.
    func holidays(_ entry: YAMLNode.Entry) -> Set<CivilDate> {
        var days: Set<CivilDate> = []
        for element in entry.value.elements ?? [] {
            guard let day = element.text.flatMap({ CivilDate($0) }) else {
                reader.diagnostics.error(at: element.location, "a holiday is a day such as 2026-12-25")
                continue
            }
            days.insert(day)
        }
        return days
    }

    /// Gives agreements the holidays of the files that they name, which lie beside theirs or anywhere in the project.
    static func attach(
        _ holidays: [String: Set<CivilDate>], to agreements: inout [DeclaredAgreement],
        _ diagnostics: DiagnosticCollector
    ) {
        for index in agreements.indices {
            guard let file = agreements[index].holidayFile else { continue }
            let found = holidays.filter { $0.key == file.name || $0.key.hasSuffix("/" + file.name) }
            guard let days = found.first?.value, found.count == 1 else {
                diagnostics.error(
                    at: file.location,
                    "there is \(found.isEmpty ? "no file" : "more than one file") \"\(file.name)\" with \"holidays:\"",
                    hint: Suggestion.hint(for: file.name, among: Array(holidays.keys))
                        ?? "Write holidays: [2026-12-25, …] in it.")
                continue
            }
            agreements[index].agreement.hours?.holidays = days
        }
    }
}
