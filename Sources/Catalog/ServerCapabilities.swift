/// What the server at the other end is and can do, asked and not assumed.
package struct ServerCapabilities: Sendable, Hashable {
    /// Name and version for people, such as `PostgreSQL 15.18`.
    package var product: String
    /// `server_version_num`, such as 150018.
    package var versionNumber: Int
    /// Whether several connections can share one exported snapshot that means the same rows on each.
    package var sharesSnapshots: Bool
    /// Whether Citus spreads tables over several servers here.
    package var hasCitus: Bool
    /// Whether the role is a superuser or may run programs or files on the server.
    package var isOverprivileged: Bool
    package var isStandby: Bool
    package var database: String
    package var role: String
    /// `max_parallel_workers_per_gather`: processes that may help with one statement.
    package var parallelWorkers: Int
    /// `work_mem`, in bytes.
    package var workMemoryBytes: Int
    /// `shared_buffers`, in bytes: the one hint of how large the server is that every role may read.
    package var sharedBufferBytes: Int
    /// `block_size`, in bytes.
    package var blockBytes: Int

    /// Whether `ctid` between two addresses reads only what lies between, of a table of its own.
    package var readsAddressRanges: Bool { versionNumber >= 140_000 && sharesSnapshots }

    package init(
        product: String,
        versionNumber: Int,
        sharesSnapshots: Bool,
        hasCitus: Bool = false,
        isOverprivileged: Bool,
        isStandby: Bool,
        database: String,
        role: String,
        parallelWorkers: Int = 2,
        workMemoryBytes: Int = 4 << 20,
        sharedBufferBytes: Int = 128 << 20,
        blockBytes: Int = 8192
    ) {
        self.product = product
        self.versionNumber = versionNumber
        self.sharesSnapshots = sharesSnapshots
        self.hasCitus = hasCitus
        self.isOverprivileged = isOverprivileged
        self.isStandby = isStandby
        self.database = database
        self.role = role
        self.parallelWorkers = parallelWorkers
        self.workMemoryBytes = workMemoryBytes
        self.sharedBufferBytes = sharedBufferBytes
        self.blockBytes = blockBytes
    }
}
