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
    /// Burn rates at which somebody has to look, shortest window first.
    package var burnAlerts: [BurnAlert] = []

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

/// A burn rate over a window at which somebody has to look.
package struct BurnAlert: Sendable, Hashable {
    /// One of ``ObjectiveJudge/lookbacks``.
    package var hours: Int
    /// Thousandths; 1000 spends just the whole budget in the whole period.
    package var factor: Int

    package init(hours: Int, factor: Int) {
        self.hours = hours
        self.factor = factor
    }

    /// `6h` or `3d`.
    package var window: String { Self.window(hours: hours) }

    /// `14.4`.
    package var factorText: String { Self.text(thousandths: factor) }

    package static func window(hours: Int) -> String { hours % 24 == 0 ? "\(hours / 24)d" : "\(hours)h" }

    /// Thousandths without needless digits.
    package static func text(thousandths: Int) -> String {
        var text = "\(thousandths / 1000)." + String(String(1000 + thousandths % 1000).dropFirst())
        while text.hasSuffix("0") { text.removeLast() }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// Thousandths of a number such as `14.4`; `nil` where it is none, or has more than three digits behind the point.
    package static func thousandths(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int(parts[0]), (0...100_000).contains(whole) else {
            return nil
        }
        guard parts.count == 2 else { return whole * 1000 }
        guard (1...3).contains(parts[1].count), let rest = Int(parts[1]), rest >= 0 else { return nil }
        return whole * 1000 + (0..<3 - parts[1].count).reduce(rest) { value, _ in value * 10 }
    }
}
