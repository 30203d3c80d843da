package import StructuredSQL

/// A condition on a row that is true where the row fails, and what a planner may know of it.
package struct Violation: Sendable, Hashable {
    /// True where the row fails; NULL means that it does not, as everywhere in SQL where rows are picked.
    package var condition: SQL
    /// The same without what PostgreSQL keeps from other servers (IS TRUE and its like); `nil` where nothing has to go.
    package var shippable: SQL?
    /// The only column it looks at, by nothing but the value: rows with the same value fail alike.
    ///
    /// `nil` where several columns decide, or SQL of the user's, of which nobody knows what it looks at.
    package var judgedBy: String?
    package var effort: Effort
    /// What the condition reads besides its tables, as it stands after WITH; `nil` where that is nothing.
    package var prelude: SQL?
    /// Cheaper to find out than the condition, and true only where the row does not fail.
    package var screen: SQL?

    /// What finding out takes, roughly; the planner knows the price of each.
    package enum Effort: Sendable, Hashable, CaseIterable {
        /// A look at the row's header.
        case nullTest
        /// One or two comparisons of numbers, dates or short texts.
        case comparison
        /// The same of `numeric`.
        case numericComparison
        /// Counting the characters of a text.
        case characterCount
        /// A LIKE pattern.
        case pattern
        /// A regular expression.
        case regularExpression
    }

    package init(_ condition: SQL, judgedBy column: String?, effort: Effort = .comparison, screen: SQL? = nil) {
        self.condition = condition
        judgedBy = column
        self.effort = effort
        self.screen = screen
    }

    /// Puts values in the place of `:name`.
    package func resolving(_ values: [String: SQL]) -> Violation {
        var result = self
        result.condition = condition.resolving(values)
        result.shippable = shippable?.resolving(values)
        result.prelude = prelude?.resolving(values)
        return result
    }
}

/// How an aggregate behaves in a plan.
package enum AggregateClass: Sendable, Hashable, CaseIterable {
    /// Any number of them share one scan.
    case shareable
    /// Alone, an index answers it without reading the table.
    case indexAnswerable
    /// DISTINCT and ordered-set aggregates: they sort, and keep everything beside them from running in parallel.
    case spoilsParallelism
    /// It needs rows of another relation.
    case joining
    /// An engine of several servers cannot split it: every row travels to one of them.
    case gathered

    /// Whether it rides in the dataset's shared scan.
    package var isShared: Bool { self == .shareable }
}

/// An aggregate over the rows of a dataset.
package struct Aggregate: Sendable, Hashable {
    /// The whole expression.
    package var expression: SQL
    package var behaviour: AggregateClass
    /// How it is put together from parts of the rows; `nil` where nobody knows.
    package var parts: Parts?

    /// An aggregate of one column that can be made from aggregates of groups of rows, without any difference.
    package struct Parts: Sendable, Hashable {
        package enum Function: String, Sendable, Hashable {
            case average = "avg"
            case count, maximum = "max"
            case minimum = "min"
            case sum
        }

        package var function: Function
        package var column: String
        /// The expression with `:aggregate` in the place of the aggregate.
        package var template: SQL

        package init(_ function: Function, of column: String, in template: SQL) {
            self.function = function
            self.column = column
            self.template = template
        }
    }

    package init(
        _ expression: SQL, _ behaviour: AggregateClass = .shareable, parts: Parts? = nil
    ) {
        self.expression = expression
        self.behaviour = behaviour
        self.parts = parts
    }

    /// Puts values in the place of `:name`.
    package func resolving(_ values: [String: SQL]) -> Aggregate {
        var result = self
        result.expression = expression.resolving(values)
        result.parts?.template = parts?.template.resolving(values) ?? SQL()
        return result
    }
}
