package import ExactJSON

/// A comparison of the past, as it was recorded.
package struct RecordedComparison: Sendable {
    package var name: String
    /// When the data were seen, or the comparison was recorded; in UTC.
    package var time: String
    /// Versions of the models.
    package var champion: String?
    package var challenger: String?
    package var verdict: String
    package var reasons: [String]
    /// How often it had been compared, this time included.
    package var look: Int
    /// The metric that was to be won, of models.
    package var primary: JSONValue?

    package init(
        name: String, time: String, champion: String?, challenger: String?, verdict: String, reasons: [String],
        look: Int, primary: JSONValue?
    ) {
        self.name = name
        self.time = time
        self.champion = champion
        self.challenger = challenger
        self.verdict = verdict
        self.reasons = reasons
        self.look = look
        self.primary = primary
    }
}
