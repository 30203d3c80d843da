import ExactJSON

/// What a test becomes: checks, or queries that return its failing rows, and what differs.
struct DbtOutcome: Sendable, Hashable {
    var drafts: [DbtDraft] = []
    /// Checks that are ready as they are.
    var checks: [ImportedCheck] = []
    /// Queries that return the rows that dbt's test returns.
    var queries: [String] = []
    /// What differs from dbt, in clauses; none if nothing does.
    var notes: [String] = []
    /// The column by which the suite's time goes, where a check reads times that may have no zone.
    var timeColumn: String?
    /// The zone of times that have none; UTC if nothing is said.
    var timeZone: String?

    /// Checks of kinds.
    init(_ drafts: [DbtDraft], notes: [String] = []) {
        self.drafts = drafts
        self.notes = notes
    }

    /// One check of a kind, with what differs.
    init(_ draft: DbtDraft, _ note: String? = nil) {
        drafts = [draft]
        notes = [note].compactMap(\.self)
    }

    /// A check that is ready, with what differs.
    init(ready check: ImportedCheck, _ note: String? = nil) {
        checks = [check]
        notes = [note].compactMap(\.self)
    }

    /// A query that returns the failing rows.
    init(query: String, _ note: String? = nil) {
        queries = [query]
        notes = [note].compactMap(\.self)
    }

    /// The same with something else that differs.
    func noting(_ note: String?) -> DbtOutcome {
        var outcome = self
        if let note, !notes.contains(note) { outcome.notes.append(note) }
        return outcome
    }
}
