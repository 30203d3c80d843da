import Checks
package import ExactJSON
package import ServiceLevels

/// Agreements as documents of OpenSLO v1: a Service each, and an SLI and an SLO for each objective.
///
/// What the standard has no field for stands in annotations that begin with `assay-`, from which an import restores it.
package struct OpenSLODocuments {
    /// An objective that is not written, or not in full.
    package struct Problem: Sendable, Hashable {
        package var agreement: String
        package var objective: String
        package var message: String
        /// Whether it is missing; else it is only said less exactly.
        package var isMissing: Bool
    }

    /// Services, SLIs and SLOs, agreement by agreement in the order of their names.
    package private(set) var documents: [JSONValue] = []
    package private(set) var problems: [Problem] = []

    /// As long as a description may be.
    private static let mostCharacters = 1050

    package init(_ agreements: [Agreement]) {
        var (services, objectives) = (OpenSLONames(), OpenSLONames())
        for agreement in agreements.sorted(by: { $0.name < $1.name }) {
            let kept = agreement.objectives.filter { !$0.target.allowsNothing }
            for objective in agreement.objectives where objective.target.allowsNothing {
                note(
                    agreement, objective, "OpenSLO has no target of 100 %, which leaves no error budget",
                    isMissing: true)
            }
            guard !kept.isEmpty else { continue }
            let service = services.name(for: agreement.name)
            documents.append(Self.service(agreement, named: service))
            for objective in kept {
                let name = objectives.name(for: "\(service)-\(objective.name)")
                documents.append(Self.indicator(of: objective, named: name))
                documents.append(slo(objective, of: agreement, named: name, service: service))
            }
        }
    }

    /// All documents as one file.
    package var text: String { documents.map(BlockYAML.text).joined(separator: "---\n") }

    private mutating func note(_ agreement: Agreement, _ objective: Objective, _ message: String, isMissing: Bool) {
        problems.append(
            Problem(agreement: agreement.name, objective: objective.name, message: message, isMissing: isMissing))
    }

    // MARK: Objects

    private static func object(
        _ kind: JSONValue, _ name: String, title: String, labels: [JSONValue.Member] = [],
        annotations: [JSONValue.Member] = [], _ spec: JSONValue
    ) -> JSONValue {
        var metadata: [JSONValue.Member] = [.init("name", .string(name)), .init("displayName", .string(title))]
        if !labels.isEmpty { metadata.append(.init("labels", .object(labels))) }
        if !annotations.isEmpty { metadata.append(.init("annotations", .object(annotations))) }
        return ["apiVersion": "openslo/v1", "kind": kind, "metadata": .object(metadata), "spec": spec]
    }

    private static func service(_ agreement: Agreement, named name: String) -> JSONValue {
        var (labels, annotations, spec) = ([JSONValue.Member](), [JSONValue.Member](), [JSONValue.Member]())
        if let consumer = agreement.consumer { labels.append(.init("consumer", .string(consumer))) }
        if let owner = agreement.owner { labels.append(.init("owner", .string(owner))) }
        if name != agreement.name { annotations.append(.init("assay-sla", .string(agreement.name))) }
        if let text = agreement.description {
            let short = shortened(text)
            spec.append(.init("description", .string(short)))
            if short != text { annotations.append(.init("assay-description", .string(text))) }
        }
        if let hours = agreement.hours {
            annotations.append(.init("assay-hours", .string(self.text(of: hours))))
            let holidays = hours.holidays.sorted().map(\.text).joined(separator: ", ")
            if !holidays.isEmpty { annotations.append(.init("assay-holidays", .string(holidays))) }
        }
        if !agreement.keyDatasets.isEmpty {
            annotations.append(
                .init("assay-key-datasets", .string(agreement.keyDatasets.joined(separator: ", "))))
        }
        if case .rolling = agreement.period, agreement.zone != "UTC" {
            annotations.append(.init("assay-zone", .string(agreement.zone)))
        }
        return object(
            "Service", name, title: agreement.name, labels: labels, annotations: annotations, .object(spec))
    }

    private static func indicator(of objective: Objective, named name: String) -> JSONValue {
        func metric(_ measure: JSONValue) -> JSONValue {
            let spec: JSONValue = [
                "checks": .array(objective.checks.map(JSONValue.string)), "measure": measure,
                "of": objective.method == .rows ? "rows" : "slots",
            ]
            return ["metricSource": ["type": "assay", "spec": spec]]
        }
        let ratio: JSONValue = ["counter": false, "good": metric("good"), "total": metric("total")]
        return object("SLI", name, title: objective.name, ["ratioMetric": ratio])
    }

    private mutating func slo(
        _ objective: Objective, of agreement: Agreement, named name: String, service: String
    ) -> JSONValue {
        var annotations: [JSONValue.Member] = [
            .init("assay-slo", .string(objective.name)), .init("assay-unknown", .string(objective.unknown.rawValue)),
            .init("assay-coverage", .string(Self.decimal(objective.coverage))),
        ]
        let burn = objective.burnAlerts.map { "\($0.window): \($0.factorText)" }.joined(separator: ", ")
        if !burn.isEmpty { annotations.append(.init("assay-burn", .string(burn))) }
        var promise: [JSONValue.Member] = [
            .init("displayName", .string(objective.name)), .init("target", .number(Self.decimal(objective.target))),
        ]
        if objective.method == .timeslices {
            let (slice, exact) = Self.slice(objective.slice)
            promise += [
                .init("timeSliceTarget", .number(Self.decimal(objective.sliceTarget))),
                .init("timeSliceWindow", .string(slice)),
            ]
            if objective.sliceTarget.numerator == 0 {
                let message = "a timeSliceTarget of 0 is outside of what one page of the standard allows, (0, 1]"
                note(agreement, objective, message, isMissing: false)
            }
            if let exact {
                annotations.append(.init("assay-slice", .string(exact)))
                let message = "a slice of \(exact) is no whole number of minutes: \(slice), and exactly in assay-slice"
                note(agreement, objective, message, isMissing: false)
            }
        }
        let spec: JSONValue = [
            "service": .string(service), "indicatorRef": .string(name), "timeWindow": [Self.window(of: agreement)],
            "budgetingMethod": objective.method == .timeslices ? "Timeslices" : "Occurrences",
            "objectives": [.object(promise)],
        ]
        return Self.object("SLO", name, title: objective.name, annotations: annotations, spec)
    }

    // MARK: Values

    /// The window of an agreement: those of the calendar have begun on a Monday, a first of a month, a first of January.
    private static func window(of agreement: Agreement) -> JSONValue {
        func calendar(_ duration: JSONValue, from start: JSONValue) -> JSONValue {
            [
                "duration": duration, "calendar": ["startTime": start, "timeZone": .string(agreement.zone)],
                "isRolling": false,
            ]
        }
        switch agreement.period {
        case .month: return calendar("1M", from: "2024-01-01 00:00:00")
        case .quarter: return calendar("1Q", from: "2024-01-01 00:00:00")
        case .week: return calendar("1w", from: "2024-01-01 00:00:00")
        case .rolling(let days): return ["duration": .string("\(days)d"), "isRolling": true]
        }
    }

    /// A share of 1 without needless digits.
    private static func decimal(_ share: TargetShare) -> String {
        let text = share.decimal
        guard text.contains(".") else { return text }
        let digits = text.reversed().drop { $0 == "0" }
        return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
    }

    /// How long a slice is in the standard's shorthand; where that cannot say it, the minutes above it, and the length itself.
    private static func slice(_ length: Duration) -> (shorthand: String, exact: String?) {
        let milliseconds = length.milliseconds
        let minutes = (milliseconds + 59_999) / 60_000
        guard milliseconds % 60_000 == 0 else {
            let exact = milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
            return ("\(minutes)m", exact)
        }
        for (size, unit) in [(1440, "d"), (60, "h")] where minutes % size == 0 {
            return ("\(minutes / size)\(unit)", nil)
        }
        return ("\(minutes)m", nil)
    }

    private static func shortened(_ text: String) -> String {
        // The standard counts characters; whoever counts code points counts no fewer.
        guard text.unicodeScalars.count > mostCharacters else { return text }
        var (short, count) = ("", 1)
        for character in text {
            count += character.unicodeScalars.count
            guard count <= mostCharacters else { break }
            short.append(character)
        }
        return short + "…"
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// Business hours as an agreement says them, such as `Mon-Fri 08:00-18:00`.
    private static func text(of hours: BusinessHours) -> String {
        func time(_ minutes: Int) -> String {
            [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        }
        let shifts = hours.shifts.map { shift in
            // Days stand in a row, which may go over the end of the week.
            let first = (1...7).first { shift.weekdays.contains($0) && !shift.weekdays.contains(($0 + 5) % 7 + 1) } ?? 1
            let last = (first + shift.weekdays.count - 2) % 7 + 1
            let days = first == last ? weekdays[first - 1] : "\(weekdays[first - 1])-\(weekdays[last - 1])"
            return "\(days) \(time(shift.from))-\(time(shift.to))"
        }
        return shifts.joined(separator: ", ")
    }
}
