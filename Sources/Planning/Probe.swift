package import Checks
package import StructuredSQL

/// One thing asked of a server: an expression that rides in a shared scan, or a statement of its own.
package struct Probe: Sendable, Hashable {
    /// Position of the probe in its plan.
    package typealias ID = Int

    /// What the probe is.
    package enum Form: Sendable, Hashable {
        /// The number of rows, or of rows for which a condition holds.
        case count(Condition?)
        /// An aggregate over a dataset; gives one value.
        case aggregate(Aggregate)
        /// What is judged once per group of rows; gives one JSON text.
        case groups(GroupProbe)
        /// A statement that gives one row of so many values.
        case statement(SQL, columnCount: Int)

        var isCount: Bool { if case .count = self { true } else { false } }
    }

    /// A condition on a row of the dataset; NULL is not true.
    package struct Condition: Sendable, Hashable {
        package var sql: SQL
        /// The same in a form that PostgreSQL sends to other servers.
        package var shippable: SQL
        /// The only column it looks at, by nothing but the value.
        package var judgedBy: String?
        package var effort: Violation.Effort
    }

    package var form: Form
    /// Whether its numbers count rows of the dataset, so that one greater than 0 takes rows.
    package var countsRows: Bool
    /// Steps of which each has its own answer, side by side.
    package var stepCount: Int

    /// Makes a probe; where `countsRows` is `nil`, its form says it: a count does, an aggregate does not.
    package init(form: Form, countsRows: Bool? = nil, stepCount: Int = 1) {
        self.form = form
        self.countsRows = countsRows ?? form.isCount
        self.stepCount = stepCount
    }

    /// Whether an answer shows that there were rows.
    ///
    /// A value of the user's own expression may be there without any.
    package func tellsRows(by cells: [String?]) -> Bool {
        countsRows && cells.contains { $0.flatMap { Int($0) } ?? 0 > 0 }
    }

    package var columnCount: Int {
        switch form {
        case .count, .aggregate, .groups: stepCount
        case .statement(_, let columnCount): columnCount
        }
    }

    var isCount: Bool { form.isCount }

    /// The expression as it is asked of a part of the rows that may be on another server.
    var shippableExpression: SQL {
        if case .count(let condition?) = form { "count(*) FILTER (WHERE \(condition.shippable))" } else { expression }
    }

    /// Whether the whole can be put together from parts of the rows, without any difference.
    var isDivisible: Bool {
        switch form {
        case .count: true
        case .aggregate(let aggregate): aggregate.parts != nil
        case .statement, .groups: false
        }
    }

    /// The expression over the rows themselves; a statement has none.
    var expression: SQL {
        switch form {
        case .count(nil): "count(*)"
        case .count(let condition?): "count(*) FILTER (WHERE \(condition.sql))"
        case .aggregate(let aggregate): Self.oneColumn(aggregate.expression)
        case .statement, .groups: SQL()
        }
    }

    /// An expression that is one column whatever stands in it: a cast refuses a row that would unfold into several.
    static func oneColumn(_ expression: SQL) -> SQL {
        "((\(expression)))::pg_catalog.text"
    }
}

/// One value among those a probe gives.
package struct ProbeColumn: Sendable, Hashable {
    package var probe: Probe.ID
    /// Position in the probe's row, from 0.
    package var column: Int

    package init(_ probe: Probe.ID, _ column: Int = 0) {
        self.probe = probe
        self.column = column
    }
}
