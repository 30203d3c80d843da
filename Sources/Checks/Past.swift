/// What earlier runs recorded that a check is compared with, read before the run begins.
package struct Past: Sendable, Hashable {
    /// The moments that the run's measurements are of: one, or one for each step of a backfill.
    package var moments: [Moment]
    /// Earlier measurements of the same thing, oldest first.
    package var measurements: [PastMeasurement]
    /// What the dataset's relation was when an earlier run looked at it last.
    package var schema: RelationSchema?
    /// How the column's values were distributed in an earlier run.
    package var histogram: RecordedHistogram?

    package init(
        moments: [Moment] = [], measurements: [PastMeasurement] = [], schema: RelationSchema? = nil,
        histogram: RecordedHistogram? = nil
    ) {
        self.moments = moments
        self.measurements = measurements
        self.schema = schema
        self.histogram = histogram
    }

    /// What a check of a kind that needs it asks of the results schema.
    package enum Need: Sendable, Hashable {
        /// Measurements of the same thing, at most so old, and which of them.
        case measurements(of: Measure, atMost: Duration, Part)
        /// What the relation was.
        case schema
        /// The distribution that a run recorded for the check, of so many values at least.
        case histogram(RecordedHistogram.Choice, fewest: Int)

        /// Whether it is about numbers, and not about what a statement compares with.
        package var isOfMeasurements: Bool { if case .measurements = self { true } else { false } }
    }
}

extension Past {
    /// Which measurements count; of those the newest are read.
    package enum Part: Sendable, Hashable {
        case all
        /// Those within half a day of so many days ago.
        case around(daysAgo: Int)
        /// Those of the same weekday.
        case sameWeekday
    }
}

/// An instant, and what the clock of a zone says of it.
package struct Moment: Sendable, Hashable {
    package var time: Timestamp
    /// 1 for Monday to 7 for Sunday.
    package var weekday: Int
    /// 0 to 23.
    package var hour: Int

    package init(time: Timestamp, weekday: Int, hour: Int) {
        self.time = time
        self.weekday = weekday
        self.hour = hour
    }
}

/// What was measured earlier, and what somebody said about it.
package struct PastMeasurement: Sendable, Hashable {
    /// When: the beginning of its window, else the instant at which it was due, else at which the data were seen.
    package var moment: Moment
    /// A number in PostgreSQL's text form.
    package var metric: String
    package var mark: FeedbackMark?

    package init(moment: Moment, metric: String, mark: FeedbackMark? = nil) {
        self.moment = moment
        self.metric = metric
        self.mark = mark
    }
}

/// What a person says about a measurement.
package enum FeedbackMark: String, Sendable, Hashable, CaseIterable {
    /// It is fine, however it looks: values like it are no anomalies.
    case expected
    /// It is wrong, however it looks: nothing is compared with it.
    case bad
    /// What was said before counts no more.
    case withdrawn
}
