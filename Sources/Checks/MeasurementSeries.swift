/// The recorded measurements of one check, oldest first.
package struct MeasurementSeries: Sendable, Hashable {
    package var check: String
    package var points: [MeasurementPoint]

    package init(check: String, points: [MeasurementPoint]) {
        self.check = check
        self.points = points
    }
}

/// One recorded measurement.
package struct MeasurementPoint: Sendable, Hashable {
    package var outcome: Outcome
    package var failing: Int?
    package var total: Int?
    package var value: String?
    /// The number that another kind measures, of a check that compares it with earlier ones.
    package var metric: String?
    package var observedAt: Timestamp
    /// Where the window begins that it is about; `nil` where it is about the present.
    package var windowFrom: Timestamp?
    package var trigger: String
    package var runID: String

    package init(
        outcome: Outcome, failing: Int?, total: Int?, value: String?, metric: String? = nil, observedAt: Timestamp,
        windowFrom: Timestamp? = nil, trigger: String, runID: String
    ) {
        self.outcome = outcome
        self.failing = failing
        self.total = total
        self.value = value
        self.metric = metric
        self.observedAt = observedAt
        self.windowFrom = windowFrom
        self.trigger = trigger
        self.runID = runID
    }
}
