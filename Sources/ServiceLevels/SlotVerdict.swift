/// What became of a slot.
package enum SlotVerdict: Sendable, Hashable {
    case good, bad
    /// Nobody knows: nothing conclusive was measured, and why.
    case unknown(Absence)
    /// An approved exclusion has it, or it is out of hours.
    case excluded
    /// It may still be measured in time.
    case pending

    /// Why nothing is known.
    package enum Absence: String, Sendable, Hashable, CaseIterable {
        /// No planned run was recorded.
        case missing
        /// Runs were recorded that could not evaluate the check.
        case errored
    }
}

/// How slots count of which nothing is known.
package enum UnknownPolicy: String, Sendable, Hashable, CaseIterable {
    /// After a bad one they are bad until something else is known, else they do not count: a failure does not go away because
    /// nobody looks.
    case stickyBad = "sticky_bad"
    /// They do not count.
    case ignore
    case asBad = "as_bad"
    case asGood = "as_good"
    /// They are what the last known one was.
    case holdLast = "hold_last"
}
