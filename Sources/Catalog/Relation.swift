/// A table, view or other relation as the catalog describes it.
package struct Relation: Sendable, Hashable {
    /// `pg_class.relkind`, for the kinds that have rows to check.
    package enum Kind: String, Sendable, Hashable {
        case table = "r"
        case partitionedTable = "p"
        case view = "v"
        case materializedView = "m"
        case foreignTable = "f"

        package var label: String {
            switch self {
            case .table: "table"
            case .partitionedTable: "partitioned table"
            case .view: "view"
            case .materializedView: "materialized view"
            case .foreignTable: "foreign table"
            }
        }
    }

    package var name: RelationName
    package var kind: Kind
    /// Columns in their order, dropped ones left out.
    package var columns: [Column]
    package var constraints: [Constraint]
    /// The planner's estimate, `pg_class.reltuples`, summed over leaves; `nil` where there is none.
    package var estimatedRowCount: Double?
    /// Size of the main fork at the last VACUUM or ANALYZE, leaves included; 0 for views and foreign tables.
    package var sizeBytes: Int
    /// Columns that a valid B-tree over all rows starts with: `max(column)` reads one entry of it.
    package var indexedLeadingColumns: Set<String>
    /// Whether `ctid` says where each row is, and the role may read it: a table of its own, on the heap.
    package var hasRowAddresses: Bool
    /// Whether some of its rows are in foreign tables, as partitions or children.
    package var hasForeignParts: Bool
    /// All leaves of a partitioned table of which some are foreign tables; empty where none is, or the role may not read all.
    package var remotePartitions: [RelationName]
    /// Whether row-level security would hide rows from the role.
    package var hidesRows: Bool
    /// How an engine of several servers keeps it; `nil` for a table of one server.
    package var distribution: Distribution?

    package init(
        name: RelationName,
        kind: Kind,
        columns: [Column],
        constraints: [Constraint] = [],
        estimatedRowCount: Double? = nil,
        sizeBytes: Int = 0,
        indexedLeadingColumns: Set<String> = [],
        hasRowAddresses: Bool = false,
        hasForeignParts: Bool = false,
        remotePartitions: [RelationName] = [],
        hidesRows: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.columns = columns
        self.constraints = constraints
        self.estimatedRowCount = estimatedRowCount
        self.sizeBytes = sizeBytes
        self.indexedLeadingColumns = indexedLeadingColumns
        self.hasRowAddresses = hasRowAddresses
        self.hasForeignParts = hasForeignParts
        self.remotePartitions = remotePartitions
        self.hidesRows = hidesRows
    }

    /// Rows of a block of 8 kB on average, as far as the statistics know.
    package var rowsPerBlock: Double { (estimatedRowCount ?? 0) / max(1, Double(sizeBytes) / 8192) }

    /// Whether PostgreSQL draws samples of it: of a foreign table it silently takes all rows.
    package var canBeSampled: Bool {
        [.table, .partitionedTable, .materializedView].contains(kind) && !hasForeignParts
    }

    /// A name for a column of a statement's own beside those of the relation: one that no column has.
    package func unusedName(_ name: String) -> String {
        var prefix = "assay:"
        while columns.contains(where: { $0.name.hasPrefix(prefix) }) { prefix += ":" }
        return prefix + name
    }

    package func column(named name: String) -> Column? {
        columns.first { $0.name == name }
    }

    /// Columns of the primary key in key order; empty without one.
    package var primaryKey: [String] {
        constraints.first { $0.kind == .primaryKey }?.columns ?? []
    }
}
