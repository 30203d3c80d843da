import ExactJSON

/// The service levels of a contract that the data show: how new they are, when they are there, how long they are kept.
enum OdcsServiceLevel {
    /// What each service level became, for each element that it is about.
    static func rules(of contract: OdcsContract) -> [OdcsRule] {
        (contract.document["slaProperties"]?.elements ?? []).flatMap { level -> [OdcsRule] in
            let name = "slaProperties \(level["property"]?.scalarText ?? "without a property")"
            let nowhere = QualifiedTable(schema: nil, table: "")
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
                let isGuessed = "the contract has no such property; its name is taken for a column's"
                return OdcsRule(
                    name: label, table: element.table,
                    conversion: conversion(of: level, on: element)
                        .approximated(element.isKnown ? nil : isGuessed).with(options(of: level)))
            }
        }
    }

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

    private static func property(of level: JSONValue) -> String {
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
        "frequency": "row_count with min: 1 and per: day asks for data in every period",
        "availability": "it is about the service, not about the data",
        "throughput": "it is about the service, not about the data",
        "errorrate": "it does not say what an error is",
        "generalavailability": "a date of the contract says nothing about the data",
        "endofsupport": "a date of the contract says nothing about the data",
        "endoflife": "a date of the contract says nothing about the data",
        "timetodetect": "it is about people, not about the data",
        "timetonotify": "it is about people, not about the data",
        "timetorepair": "it is about people, not about the data",
    ]

    private static func references(of level: JSONValue, in contract: OdcsContract) -> [String] {
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
