import ExactJSON

/// One line of the table: assay against one floor, or assay alone.
struct Figure {
    var workload: String
    var what: String
    var floor: Series?
    var assay: Series
    /// Where along an axis of growth it stands.
    var place: (unit: String, value: Int)?
    /// How many things were done, if the added time is of interest for each.
    var units: Int?

    /// The runs of one side, in their order.
    struct Series {
        var label: String
        var costs: [Cost]

        func median(_ value: (Cost) -> Double) -> Double {
            let sorted = costs.map(value).sorted()
            guard !sorted.isEmpty else { return .nan }
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        }

        var wallSeconds: Double { median(\.wallSeconds) }
        var cpuSeconds: Double { median(\.cpuSeconds) }
        /// The most of all runs.
        var peakBytes: Int { costs.map(\.peakBytes).max() ?? 0 }
    }

    init(workload: String, what: String, floor: Series? = nil, assay: [Cost], units: Int? = nil) {
        self.workload = workload
        self.what = what
        self.floor = floor
        self.assay = Series(label: "assay", costs: assay)
        self.units = units
    }

    /// Median of assay by median of the floor.
    var ratio: Double? { floor.map { assay.wallSeconds / $0.wallSeconds } }

    /// The least and the greatest ratio of one round.
    var ratioRange: ClosedRange<Double>? {
        guard let floor else { return nil }
        let ratios = zip(assay.costs, floor.costs).map { $0.wallSeconds / $1.wallSeconds }
        guard let least = ratios.min(), let greatest = ratios.max() else { return nil }
        return least...greatest
    }

    /// Median of assay less median of the floor.
    var addedSeconds: Double? { floor.map { assay.wallSeconds - $0.wallSeconds } }

    var json: JSONValue {
        [
            "workload": .string(workload),
            "what": .string(what),
            "floor": floor?.json ?? .null,
            "assay": assay.json,
            "ratio": .number(of: ratio),
            "ratio_min": .number(of: ratioRange?.lowerBound),
            "ratio_max": .number(of: ratioRange?.upperBound),
            "added_s": .number(of: addedSeconds),
            "units": .number(ifPresent: units),
            "added_s_per_unit": .number(of: units.flatMap { count in addedSeconds.map { $0 / Double(count) } }),
        ]
    }
}

extension Figure.Series {
    fileprivate var json: JSONValue {
        [
            "label": .string(label),
            "wall_s": .number(of: wallSeconds),
            "client_cpu_s": .number(of: cpuSeconds),
            "peak_bytes": .number(String(peakBytes)),
            "runs_wall_s": .array(costs.map { .number(of: $0.wallSeconds) }),
        ]
    }
}

extension JSONValue {
    /// With six decimals; `nil` and what is no number become null.
    static func number(of value: Double?) -> JSONValue {
        guard let value, value.isFinite else { return .null }
        return .number(Report.decimal(value, places: 6))
    }
}
