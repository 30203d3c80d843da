import Checks
import StructuredSQL

extension Violation {
    /// What a statement with the condition begins with.
    var beginning: SQL { prelude.map { "WITH \($0)\n" } ?? SQL() }
}

/// Conditions that pick the failing rows, in the one form that counting and fetching share.
enum RowCondition {
    /// The violation, looked at only where the filter holds.
    ///
    /// SQL promises no order for AND; CASE does. A division that the filter keeps safe stays safe, fused or alone.
    static func guarded(_ violation: SQL, filter: SQL?) -> SQL {
        guard let filter else { return violation }
        return "CASE WHEN (\(filter)) THEN (\(violation)) ELSE false END"
    }

    /// The same for WHERE: with the filter a second time where an index can use it, and for what was counted apart in the
    /// count's own form, which the server turns into an anti-join.
    static func selecting(_ violation: SQL, _ behaviour: AggregateClass, filter: SQL?) -> SQL {
        guard let filter else { return "(\(violation))" }
        return behaviour.isShared
            ? "(\(filter)) AND \(guarded(violation, filter: filter))" : "(\(filter)) AND (\(violation))"
    }
}
