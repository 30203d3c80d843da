package import Catalog
package import Checks
package import StructuredSQL

/// What planning depends on besides the checks and their definitions.
package struct PlanningContext: Sendable {
    package var catalog: CatalogSnapshot
    /// The instant of the snapshot as an SQL expression of type `timestamptz`.
    package var now: SQL
    /// Whether constraints count as proofs.
    package var usesProofs: Bool
    /// Whether operators and functions without a schema are PostgreSQL's own: the session has no search path.
    package var operatorsAreBuiltIn: Bool
    /// Values of parameters by check id and name.
    package var parameters: [String: [String: SQL]]
    /// The half-open time range the run is about.
    package var window: Window?
    /// Windows of which each is judged by itself, one after the other without a gap; then there is no ``window``.
    package var steps: [Window] = []
    /// What may be done to answer faster.
    package var optimisations: Set<Optimisation> = Optimisation.standard
    /// Takes every optimisation that is allowed, whatever it costs: to see that none changes an answer.
    package var ignoresCosts = false
    /// Whether the server reads a range of row addresses without reading the rest: PostgreSQL 14 and later.
    package var readsAddressRanges = false
    /// The session's `work_mem`, in bytes.
    package var workMemoryBytes = 4 << 20
    /// Most memory a statement may be given for sorting, in bytes.
    package var workMemoryLimit = 4 << 20

    /// What earlier runs recorded, by check id.
    package var past = PastAccess.unread

    /// Samples that keep datasets within their budget; a check's own comes first.
    package var samples: [RelationName: Sample] = [:]
    /// Aggregates, as they are written, that the engine was found unable to split over its servers.
    package var gatheredAggregates: Set<String> = []

    /// A half-open time range, both ends as SQL of type `timestamptz`.
    package struct Window: Sendable, Hashable {
        package var start: SQL
        package var end: SQL

        package init(start: SQL, end: SQL) {
            self.start = start
            self.end = end
        }
    }

    /// What is known of earlier runs.
    package enum PastAccess: Sendable {
        /// Nobody asked: nothing is evaluated.
        case unread
        /// By check id, of those that need it.
        case known([String: Past])
        /// It could not be read, and why.
        case unavailable(CheckFailure)

        /// What is known for one check.
        package func past(of id: String) throws(CheckFailure) -> Past? {
            switch self {
            case .unread: return nil
            case .known(let all): return all[id]
            case .unavailable(let failure): throw failure
            }
        }
    }

    package init(
        catalog: CatalogSnapshot,
        now: SQL = "pg_catalog.now()",
        usesProofs: Bool = true,
        operatorsAreBuiltIn: Bool = true,
        parameters: [String: [String: SQL]] = [:],
        window: Window? = nil
    ) {
        self.catalog = catalog
        self.now = now
        self.usesProofs = usesProofs
        self.operatorsAreBuiltIn = operatorsAreBuiltIn
        self.parameters = parameters
        self.window = window
    }

    /// Every parameter of a check with its value; the built-in ones are always there.
    func parameters(of id: String) -> [String: SQL] {
        var values = parameters[id] ?? [:]
        values["window_start"] = window?.start ?? "'-infinity'::pg_catalog.timestamptz"
        values["window_end"] = window?.end ?? "'infinity'::pg_catalog.timestamptz"
        return values
    }
}
