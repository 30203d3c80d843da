package import ExactJSON

/// One differing row.
package struct DiffRow: Sendable, Hashable {
    /// What differs.
    package enum State: String, Sendable, Hashable {
        case changed
        case onlyLeft = "only_left"
        case onlyRight = "only_right"
    }

    package var state: State
    /// The row's key by column; null where there is none.
    package var key: JSONValue
    /// The compared columns on each side, as far as there is a row.
    package var left: JSONValue?
    package var right: JSONValue?
    /// Columns that differ.
    package var changed: [String]
    /// The key's columns as a stream of two servers gave them, to find the row again; empty on one server.
    package var identity: [[UInt8]] = []

    package init(state: State, key: JSONValue, left: JSONValue?, right: JSONValue?, changed: [String]) {
        self.state = state
        self.key = key
        self.left = left
        self.right = right
        self.changed = changed
    }

    /// The order in which rows are shown: by key, numbers by value.
    package func precedes(_ other: DiffRow) -> Bool {
        for (one, two) in zip(key.members, other.key.members) where one.value != two.value {
            if let left = one.value.integer, let right = two.value.integer { return left < right }
            return one.value.compactText < two.value.compactText
        }
        return false
    }
}
