import Checks

/// What is promised about data, to whom: a service level agreement.
package struct Agreement: Sendable, Hashable {
    /// Over which time it is kept or missed.
    package enum Period: Sendable, Hashable {
        case month, quarter, week
        /// So many days that end now.
        case rolling(days: Int)

        package var text: String {
            switch self {
            case .month: "calendar month"
            case .quarter: "quarter"
            case .week: "week"
            case .rolling(let days): "rolling \(days)d"
            }
        }

        /// Reads what ``text`` says, or a shorter word for it; `nil` where it is something else.
        package init?(_ text: String) {
            switch text {
            case "calendar month", "month": self = .month
            case "quarter", "calendar quarter": self = .quarter
            case "week": self = .week
            default:
                guard text.hasPrefix("rolling "), text.hasSuffix("d"), let days = Int(text.dropFirst(8).dropLast()),
                    (1...366).contains(days)
                else { return nil }
                self = .rolling(days: days)
            }
        }
    }

    package var name: String
    package var description: String?
    /// Who relies on it.
    package var consumer: String?
    package var owner: String?
    package var period: Period
    /// An IANA name: whose days and months they are.
    package var zone: String
    /// The hours that count; `nil` means all.
    package var hours: BusinessHours?
    package var objectives: [Objective]
    /// Datasets whose incidents are one step more urgent than their checks say.
    package var keyDatasets: [String] = []

    package init(name: String, period: Period = .month, zone: String = "UTC", objectives: [Objective] = []) {
        self.name = name
        self.period = period
        self.zone = zone
        self.objectives = objectives
    }
}

/// One promise: a service level objective.
package struct Objective: Sendable, Hashable {
    /// What is counted.
    package enum Method: String, Sendable, Hashable, CaseIterable {
        /// Slots of all checks.
        case occurrences
        /// Slices of time in which enough slots are good.
        case timeslices
        /// Rows of the results that count.
        case rows
    }

    package var name: String
    /// Selectors of checks.
    package var checks: [String]
    package var target: TargetShare
    package var method: Method
    package var unknown: UnknownPolicy
    /// The least share of slots of which something must be known.
    package var coverage: TargetShare
    /// How long a slice of time is.
    package var slice: Duration
    /// The share of a slice's slots that must be good for the slice to be.
    package var sliceTarget: TargetShare

    /// Nine of ten slots: with less evidence there is no verdict.
    package static let leastCoverage = TargetShare(numerator: 90, denominator: 100)

    package init(
        _ name: String, checks: [String], target: TargetShare, method: Method = .occurrences,
        unknown: UnknownPolicy = .stickyBad, coverage: TargetShare = leastCoverage, slice: Duration = .seconds(3600),
        sliceTarget: TargetShare = TargetShare(numerator: 1, denominator: 1)
    ) {
        self.name = name
        self.checks = checks
        self.target = target
        self.method = method
        self.unknown = unknown
        self.coverage = coverage
        self.slice = slice
        self.sliceTarget = sliceTarget
    }
}
