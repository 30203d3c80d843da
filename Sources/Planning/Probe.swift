package import StructuredSQL

/// One thing asked of a server: an expression that rides in a shared scan, or a statement of its own.
package struct Probe: Sendable, Hashable {
    /// Position of the probe in its plan.
    package typealias ID = Int

    /// What the probe is.
    package enum Form: Sendable, Hashable {
        /// An aggregate over a dataset; gives one value.
        case expression(SQL)
        /// A statement that gives one row of so many values.
        case statement(SQL, columnCount: Int)
    }

    package var form: Form

    package var columnCount: Int {
        switch form {
        case .expression: 1
        case .statement(_, let columnCount): columnCount
        }
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
