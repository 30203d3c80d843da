package import Catalog

/// A kind that compares what it finds with what earlier runs recorded.
package protocol PastKind: CheckKind {
    /// What it asks of the results schema; `nil` where this check needs nothing of it.
    var need: Past.Need? { get }

    /// Why nothing is asked where no more is known of the past; `nil` where it is.
    func reasonToSkip(with past: Past) -> String?
}

extension PastKind {
    package func reasonToSkip(with past: Past) -> String? { nil }
}

/// A kind that measures what another kind measures, and judges the number by earlier ones.
package protocol ComparisonKind: PastKind {
    var measure: Measure { get }

    /// How long ago a measurement may be to count.
    var reach: Duration { get }

    /// Which measurements it looks at.
    var part: Past.Part { get }

    /// Compares a number with earlier ones.
    ///
    /// - Parameters:
    ///   - metric: The number, in PostgreSQL's text form.
    ///   - moment: When it was measured.
    ///   - past: Measurements before that, oldest first, and those of the same moment, if it was measured before.
    /// - Returns: What thresholds judge, or why there is nothing to judge.
    func compare(_ metric: String, at moment: Moment, with past: [PastMeasurement]) -> Comparison
}

extension ComparisonKind {
    package var need: Past.Need? { .measurements(of: measure, atMost: reach, part) }
    package var part: Past.Part { .all }
    package var idSuffix: String? { measure.name }
    package var otherRelations: [RelationName] { measure.kind.otherRelations }
    package var quantities: [Threshold.Quantity] { [.value] }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try measure.kind.assertion(on: subject)
    }

    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? {
        try measure.kind.evidence(on: subject)
    }
}

/// What comparing a number with earlier ones gives.
package enum Comparison: Sendable, Hashable {
    /// What thresholds judge, and what was expected.
    case judged(value: String, Expectation)
    /// Too little was measured so far.
    case learning(String)
    /// The numbers cannot be compared.
    case impossible(String, hint: String)
}

/// What a number was compared with.
package struct Expectation: Sendable, Hashable {
    /// The number to compare with.
    package var value: String
    /// Between what nothing is out of the ordinary; `nil` where the kind has no such range.
    package var range: (low: String, high: String)?
    /// How many measurements it is made from.
    package var count: Int
    /// What they have in common, such as `weekday`; `nil` where nothing.
    package var season: String?
    /// For people: what was found and what was expected.
    package var text: String

    package init(
        value: String, range: (low: String, high: String)? = nil, count: Int, season: String? = nil, text: String
    ) {
        self.value = value
        self.range = range
        self.count = count
        self.season = season
        self.text = text
    }

    package static func == (left: Expectation, right: Expectation) -> Bool {
        left.value == right.value && left.range?.low == right.range?.low && left.range?.high == right.range?.high
            && left.count == right.count && left.season == right.season && left.text == right.text
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(value)
        hasher.combine(count)
        hasher.combine(text)
    }
}
