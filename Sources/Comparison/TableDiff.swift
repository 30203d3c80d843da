package import Catalog
package import StructuredSQL

/// A declared comparison of two relations, row by row.
package struct TableDiff: Sendable, Hashable {
    package var name: String
    package var description: String?
    package var left: DiffSide
    package var right: DiffSide
    /// Columns that identify a row, as the left side calls them; without any, rows are compared as multisets.
    package var key: [String]
    package var columns: DiffColumns
    /// How far values may be apart and count as equal, by column.
    package var tolerance: [String: Tolerance]
    /// Most differing rows to keep; `nil` means all.
    package var keep: Int?
    /// What travels between two servers; `nil` means what a probe finds fastest.
    package var method: TransferMethod?
    /// How long after a comparison of two servers rows that differ are looked at again; `nil` means never.
    package var recheck: Duration?
    package var source: SourceLocation

    package init(name: String, left: DiffSide, right: DiffSide, source: SourceLocation) {
        self.name = name
        self.left = left
        self.right = right
        self.source = source
        key = []
        columns = DiffColumns()
        tolerance = [:]
        keep = 1000
    }
}

/// One of two sides.
package struct DiffSide: Sendable, Hashable {
    /// Where the rows are.
    package enum Source: Sendable, Hashable {
        case relation(RelationName)
        case query(SQL)
    }

    /// The target of `assay.yaml` that has it; `nil` means the one of the command.
    package var target: String?
    package var source: Source
    /// Only rows for which this holds.
    package var filter: SQL?
    /// Columns that say which rows are of a point in time.
    package var timeColumns: [String] = []

    package init(target: String? = nil, source: Source, filter: SQL? = nil) {
        self.target = target
        self.source = source
        self.filter = filter
    }

    /// What the side is, for people.
    package var label: String {
        switch source {
        case .relation(let name): name.description
        case .query: "a query"
        }
    }
}

/// Which columns are compared, and what the right side calls them.
package struct DiffColumns: Sendable, Hashable {
    /// Only these; `nil` means all that both sides have.
    package var included: [String]?
    package var excluded: [String] = []
    /// Names on the right by names on the left, where they differ.
    package var renamed: [String: String] = [:]

    package init() {}
}

/// How far two numbers may be apart and count as equal.
package struct Tolerance: Sendable, Hashable {
    /// In the column's unit; 0 or more.
    package var absolute: String?
    /// Of the greater magnitude of the two; 0 or more.
    package var relative: String?

    package init(absolute: String? = nil, relative: String? = nil) {
        self.absolute = absolute
        self.relative = relative
    }
}
