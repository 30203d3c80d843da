/// What came of a check in one run.
package enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// Evaluated, within every threshold.
    case pass
    /// Evaluated, beyond `warn` but not beyond `fail`.
    case warn
    /// Evaluated, beyond `fail`.
    case fail
    /// Not evaluated: this says nothing about the data.
    case error
    /// Left out on purpose: disabled, or nothing to look at and `on_empty: skip`.
    case skip

    /// Whether the data were looked at.
    package var isConclusive: Bool { self == .pass || self == .warn || self == .fail }
}
