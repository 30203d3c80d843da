/// A column of a relation.
package struct Column: Sendable, Hashable {
    package var name: String
    package var type: DataType
    /// Whether the session's role may SELECT this column.
    package var isSelectable: Bool
    /// Whether texts that differ in a byte are different texts; a collation may be declared otherwise.
    package var hasDeterministicCollation: Bool
    /// What ANALYZE found; `nil` where it never ran, or the catalog was not asked.
    package var statistics: ColumnStatistics?

    package init(
        name: String,
        type: DataType,
        isSelectable: Bool = true,
        hasDeterministicCollation: Bool = true,
        statistics: ColumnStatistics? = nil
    ) {
        self.name = name
        self.type = type
        self.isSelectable = isSelectable
        self.hasDeterministicCollation = hasDeterministicCollation
        self.statistics = statistics
    }

    /// Whether values that are equal are the same bytes, so that nothing can tell them apart.
    ///
    /// Not so for floating point (0 and -0), numbers of no declared scale (1 and 1.0), jsonb, interval and citext. Source:
    /// the types whose B-tree support function 4 says `equalimage`, and `numeric(p,s)`, whose scale is the same in all rows.
    package var equalValuesLookAlike: Bool {
        hasDeterministicCollation && type.equalValuesLookAlike
    }
}

/// What ANALYZE found about a column: estimates from a sample, as old as the last ANALYZE.
package struct ColumnStatistics: Sendable, Hashable {
    /// Different values besides NULL.
    package var distinctCount: Double
    /// Share of rows in which the column is NULL, in 0...1.
    package var nullFraction: Double
    /// Average width of a value, in bytes.
    package var averageBytes: Int

    package init(distinctCount: Double, nullFraction: Double = 0, averageBytes: Int = 8) {
        self.distinctCount = distinctCount
        self.nullFraction = nullFraction
        self.averageBytes = averageBytes
    }
}
