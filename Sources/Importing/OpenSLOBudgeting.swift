import ExactJSON

/// How an objective counts: events, or slices of time.
enum OpenSLOBudgeting: Sendable, Hashable {
    case occurrences
    /// How long a slice is, as an agreement writes it, and the share of each that must be good.
    case timeslices(slice: String, share: PromisedShare)

    /// Reads the method of an SLO, and what it needs from one of its objectives.
    init(of slo: OpenSLOObject, _ objective: JSONValue) throws(PromiseRefusal) {
        let method = slo.spec["budgetingMethod"]?.scalarText ?? ""
        switch method.lowercased() {
        case "occurrences": self = .occurrences
        case "timeslices":
            guard let share = objective["timeSliceTarget"]?.scalarText else {
                throw PromiseRefusal("it has no timeSliceTarget")
            }
            self = .timeslices(slice: try Self.slice(of: slo, objective), share: try PromisedShare(fraction: share))
        case "ratiotimeslices":
            throw PromiseRefusal(
                "RatioTimeslices is the mean of the slices' ratios, and ratios are not averaged here: see occurrences and timeslices"
            )
        case "": throw PromiseRefusal("it has no budgetingMethod")
        default: throw PromiseRefusal("the standard has no budgetingMethod \(method)")
        }
    }

    private static func slice(of slo: OpenSLOObject, _ objective: JSONValue) throws(PromiseRefusal) -> String {
        if let exact = slo.annotation(.slice) {
            let number = exact.wholeMatch(of: #/([0-9]{1,11})(m?s)/#).flatMap { match in
                Int(match.output.1).map { match.output.2 == "s" ? $0 * 1000 : $0 }
            }
            guard let number, number >= 60_000 else {
                throw PromiseRefusal("assay-slice is such as 90s, a minute or longer")
            }
            return exact
        }
        guard let text = objective["timeSliceWindow"]?.scalarText else {
            throw PromiseRefusal("it has no timeSliceWindow")
        }
        // A plain number is minutes.
        if let minutes = Int(text), (1...527_040).contains(minutes) {
            return OpenSLODuration.text(ofSeconds: minutes * 60)
        }
        guard let duration = OpenSLODuration(text) else {
            throw PromiseRefusal("its timeSliceWindow \(text) is no whole number of minutes, hours, days or weeks")
        }
        guard let seconds = duration.seconds else {
            let other = duration.unit == "M" ? ": M is months, minutes are \(duration.count)m" : ""
            throw PromiseRefusal("a slice of \(text) is not always as long\(other)")
        }
        guard seconds <= 366 * 86_400 else { throw PromiseRefusal("a slice of \(text) is longer than a year") }
        return OpenSLODuration.text(ofSeconds: seconds)
    }
}
