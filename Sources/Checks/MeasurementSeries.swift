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
    package var observedAt: Timestamp
    package var trigger: String
    package var runID: String

    package init(
        outcome: Outcome, failing: Int?, total: Int?, value: String?, observedAt: Timestamp, trigger: String,
        runID: String
    ) {
        self.outcome = outcome
        self.failing = failing
        self.total = total
        self.value = value
        self.observedAt = observedAt
        self.trigger = trigger
        self.runID = runID
    }
}
