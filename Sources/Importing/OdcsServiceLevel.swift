import ExactJSON

/// The service levels of a contract that the data show: how new they are, when they are there, how long they are kept.
///
/// How often data come, and how much of them may be wrong, is read by ``OdcsPromises``.
enum OdcsServiceLevel {
    /// Where a rule stands that is about no table.
    static let nowhere = QualifiedTable(schema: nil, table: "")

    /// What each service level became, for each element that it is about.
    ///
    /// - Parameters:
    ///   - contract: The contract.
    ///   - rules: What its objects became: the checks that promises are about.
    /// - Returns: Rules in the order of the service levels.
    static func rules(of contract: OdcsContract, beside rules: [OdcsRule]) -> [OdcsRule] {
        let levels = contract.document["slaProperties"]?.elements ?? []
        let checks = levels.map { level in
            OdcsPromises.Property(rawValue: property(of: level)) == nil ? self.checks(of: level, in: contract) : []
        }
        let promises = OdcsPromises(levels, beside: rules + checks.flatMap(\.self), in: contract)
        return zip(levels, checks).flatMap { level, checks in checks.isEmpty ? promises.rules(of: level) : checks }
    }

    /// As the report names a service level.
    static func name(of level: JSONValue) -> String {
        "slaProperties \(level["property"]?.scalarText ?? "without a property")"
    }

    private static func checks(of level: JSONValue, in contract: OdcsContract) -> [OdcsRule] {
        let name = name(of: level)
        if let reason = unread[property(of: level)] {
            return [OdcsRule(name: name, table: nowhere, conversion: .notConverted(reason))]
        }
        let elements = references(of: level, in: contract)
        guard !elements.isEmpty else {
            let reason = "no element says which column tells the time"
            return [OdcsRule(name: name, table: nowhere, conversion: .notConverted(reason))]
        }
        return elements.map { reference in
            let label = "\(name) \(reference)"
            guard let element = contract.element(reference) else {
                let reason = "\(reference) is no column of an object in this contract"
                return OdcsRule(name: label, table: nowhere, conversion: .notConverted(reason))
            }
            return OdcsRule(
                name: label, table: element.table,
                conversion: conversion(of: level, on: element)
                    .approximated(element.isKnown ? nil : guessed).with(options(of: level))
                    .noted(OdcsQuality.scheduleNote(of: level)))
        }
    }

    /// What is said of a reference to what the contract does not have.
    static let guessed = "the contract has no such property; its name is taken for a column's"

    /// The column that tells the time of each table, by the first service level that names one, and its clock.
    static func timeColumns(of contract: OdcsContract) -> [(table: QualifiedTable, column: String, zone: String)] {
        var times: [(table: QualifiedTable, column: String, zone: String)] = []
        for level in contract.document["slaProperties"]?.elements ?? [] where checked.contains(property(of: level)) {
            for element in references(of: level, in: contract).compactMap(contract.element)
            where !times.contains(where: { $0.table == element.table }) {
                let zone = element.property?.document["logicalTypeOptions"]?["defaultTimezone"]?.scalarText
                times.append((element.table, element.column, zone ?? "UTC"))
            }
        }
        return times
    }

    // MARK: What a level says

    /// The property in lower case, without its short forms.
    static func property(of level: JSONValue) -> String {
        let name = level["property"]?.scalarText?.lowercased() ?? ""
        return synonyms[name] ?? name
    }

    private static let synonyms = [
        "ly": "latency", "freshness": "latency", "re": "retention", "ta": "timeofavailability", "fy": "frequency",
        "av": "availability", "th": "throughput", "er": "errorrate", "ga": "generalavailability",
        "es": "endofsupport", "el": "endoflife", "td": "timetodetect", "tn": "timetonotify", "tr": "timetorepair",
    ]

    private static let checked: Set<String> = ["latency", "retention", "timeofavailability"]

    /// Levels that no row shows.
    private static let unread: [String: String] = [
        "throughput": "it is about the service, not about the data",
        "generalavailability": "a date of the contract says nothing about the data",
        "endofsupport": "a date of the contract says nothing about the data",
        "endoflife": "a date of the contract says nothing about the data",
        "timetodetect": "it is about people, not about the data",
        "timetonotify": "it is about people, not about the data",
        "timetorepair": "it is about people, not about the data",
    ]

    /// The elements that a level names.
    static func references(of level: JSONValue, in contract: OdcsContract) -> [String] {
        let text = level["element"] ?? contract.document["slaDefaultElement"]
        return (text?.scalarText ?? "").split(separator: ",").map { part in
            part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }.filter { !$0.isEmpty }
    }

    private static func options(of level: JSONValue) -> [JSONValue.Member] {
        var options: [JSONValue.Member] = []
        if let schedule = OdcsQuality.schedule(of: level) {
            options.append(.init("schedule", ["cron": .string(schedule)]))
        }
        if let text = level["description"]?.scalarText { options.append(.init("description", .string(text))) }
        return options
    }

    // MARK: Checks

    private static func conversion(of level: JSONValue, on element: OdcsContract.Element) -> RuleConversion {
        func check(_ kind: String, _ arguments: JSONValue) -> RuleConversion {
            RuleConversion(ImportedCheck(kind, column: element.column, arguments))
        }
        switch property(of: level) {
        case "latency":
            guard let age = OdcsDuration(level, minutes: "m") else { return .notConverted(OdcsDuration.missing) }
            return check("fresh", ["within": .string(age.text)]).approximated(age.difference)
        case "retention":
            guard let age = OdcsDuration(level, minutes: nil) else { return .notConverted(OdcsDuration.missing) }
            return check("retention", ["max_age": .string(age.text)]).approximated(age.difference)
        case "timeofavailability":
            guard let time = OdcsTimeOfDay(level["value"]?.scalarText ?? "") else {
                return .notConverted("its value is no time of day")
            }
            return check("loaded_by", ["at": .string(time.time), "zone": .string(time.zone)])
                .approximated(time.difference)
        default: return .notConverted("no known service level")
        }
    }
}
