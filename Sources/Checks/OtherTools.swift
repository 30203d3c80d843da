/// The checks of other tools, and what each is here.
///
/// Made into a page of the docs; a test sees that every kind that it names exists and that few are missing.
package enum OtherTools {
    /// What a check of another tool is here.
    package enum Answer: Sendable, Hashable {
        /// One of our kinds, with what to write where the name does not say it: `not_null` with "fail: percent > 5".
        case kind(String, String? = nil)
        /// Something else of ours: an option, a command, a file, and what to write.
        case other(String)
        /// Nothing, and why.
        case none(String)
    }

    /// One type of check.
    package struct Entry: Sendable, Hashable {
        /// What it is called in general.
        package var name: String
        /// What tools call it, such as `dbt not_null`; none where no tool has it.
        package var theirNames: [String]
        /// What it is here.
        package var answer: Answer

        /// An entry of the table.
        package init(_ name: String, _ theirNames: [String], _ answer: Answer) {
            self.name = name
            self.theirNames = theirNames
            self.answer = answer
        }
    }

    /// Our kind for each name that tools use, without the tool.
    static var kindsByName: [(name: String, kind: String)] {
        families.flatMap(\.entries).flatMap { entry -> [(name: String, kind: String)] in
            guard case .kind(let kind, _) = entry.answer else { return [] }
            return entry.theirNames.compactMap { name in name.split(separator: " ").last.map { (String($0), kind) } }
        }
    }

    /// The entries by family.
    package static let families: [(title: String, entries: [Entry])] = [
        ("Completeness", completeness),
        ("Uniqueness and cardinality", uniqueness),
        ("Accepted values and sets", acceptedValues),
        ("Relationships", relationships),
        ("Numbers", numbers),
        ("Text, formats, parsing", text),
        ("Schema", schema),
        ("Freshness, timeliness, validity periods", time),
        ("Volume", volume),
        ("Aggregates", aggregates),
        ("Distribution and drift", drift),
        ("Rules of rows and columns", rowRules),
        ("Custom SQL and imports", customSQL),
        ("Reconciliation and diff", reconciliation),
        ("Change and anomaly", change),
        ("Sensitive data", sensitiveData),
        ("Operations", operations),
        ("PostgreSQL", postgreSQL),
    ]
}
