/// What a predicate that is NULL counts as.
package enum NullPolicy: String, Sendable, Hashable, CaseIterable {
    /// SQL's own reading of a constraint: only a predicate that is false is a violation.
    case pass
    /// A predicate that is NULL is a violation too.
    case fail
}

/// What a check says where there is nothing to look at: no row, or an aggregate that is NULL.
package enum EmptyPolicy: String, Sendable, Hashable, CaseIterable {
    case pass, fail, error, skip

    /// What becomes of a check that has nothing to look at.
    package var outcome: Outcome {
        switch self {
        case .pass: .pass
        case .fail: .fail
        case .error: .error
        case .skip: .skip
        }
    }
}

/// How a personal column leaves the server.
package enum MaskingRule: String, Sendable, Hashable, CaseIterable {
    /// SHA-256 of the text, so that equal values stay recognisable; a value that can be guessed can be found again.
    case hash
    /// The first character and `***`.
    case mask
    /// Not at all: the column is left out.
    case drop

    /// Whether less leaves the server by this rule than by `other`.
    package func isStricter(than other: MaskingRule) -> Bool {
        func rank(_ rule: MaskingRule) -> Int { rule == .drop ? 2 : rule == .mask ? 1 : 0 }
        return rank(self) > rank(other)
    }
}

/// How many failing rows a check keeps.
package enum RowLimit: Sendable, Hashable {
    case all
    case atMost(Int)

    /// The limit as a number; `nil` means no limit.
    package var maximum: Int? {
        switch self {
        case .all: nil
        case .atMost(let count): count
        }
    }
}

/// The column that says when a row happened, and the zone its clock was in.
package struct TimeColumn: Sendable, Hashable {
    package var column: String
    /// A zone name PostgreSQL knows; needed where the column has no zone of its own.
    package var zone: String?

    package init(column: String, zone: String? = nil) {
        self.column = column
        self.zone = zone
    }
}
