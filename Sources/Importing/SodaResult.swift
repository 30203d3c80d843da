import ExactJSON

/// Why a check of Soda is not there.
struct SodaRefusal: Error, Sendable, Hashable {
    var reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

/// What is there of one check of Soda.
struct SodaResult: Sendable, Hashable {
    var checks: [ImportedCheck] = []
    var queries: [ImportedQuery] = []
    /// In what ours differ; nothing where they ask the same.
    var differences: [String] = []
    /// What is worth knowing although nothing differs.
    var remarks: [String] = []
    /// A column that tells the time, in UTC where it has no zone.
    var timeColumn: String?

    /// Notes a difference, once.
    mutating func differ(_ difference: String?) {
        guard let difference, !differences.contains(difference) else { return }
        differences.append(difference)
    }

    /// Puts the parts into a project and notes what became of the check.
    func add(to project: inout ImportedProject, on dataset: String, as name: String) {
        if !checks.isEmpty {
            project.withSuite(dataset) { suite in
                suite.checks += checks
                if suite.timeColumn == nil, let timeColumn {
                    suite.timeColumn = timeColumn
                    suite.timeZone = "UTC"
                }
            }
        }
        project.queries += queries
        let notes = differences + remarks
        project.note(
            name, differences.isEmpty ? .converted : .approximated, notes.isEmpty ? nil : notes.joined(separator: "; "))
    }
}
