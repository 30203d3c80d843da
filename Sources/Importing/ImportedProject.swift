package import ExactJSON

/// What an importer makes of the files of another tool: our suites and queries, and what became of every item.
package struct ImportedProject: Sendable, Hashable {
    package var suites: [ImportedSuite] = []
    package var queries: [ImportedQuery] = []
    package var agreements: [ImportedAgreement] = []
    /// Every check of the other tool's files, in their order.
    package var items: [ImportItem] = []

    package init() {}

    /// Whether some item is not there in full.
    package var isPartial: Bool { items.contains { $0.fate != .converted } }

    /// The suite of a dataset; made where there is none yet.
    package mutating func withSuite(_ dataset: String, _ change: (inout ImportedSuite) -> Void) {
        let index = suites.firstIndex { $0.dataset == dataset } ?? suites.endIndex
        if index == suites.endIndex { suites.append(ImportedSuite(dataset: dataset)) }
        change(&suites[index])
    }

    /// Notes what became of an item.
    package mutating func note(_ name: String, _ fate: ImportItem.Fate, _ note: String? = nil) {
        items.append(ImportItem(name: name, fate: fate, note: note))
    }
}

/// A suite to be written: one dataset and its checks.
package struct ImportedSuite: Sendable, Hashable {
    /// As a suite names it, such as `shop.orders`.
    package var dataset: String
    package var description: String?
    package var key: [String] = []
    /// Name of the time column.
    package var timeColumn: String?
    package var timeZone: String?
    package var owner: String?
    package var tags: [String] = []
    /// When its checks are due: an object such as `{"every": "1h"}` or `{"cron": "0 6 * * *"}`.
    package var schedule: JSONValue?
    package var checks: [ImportedCheck] = []

    package init(dataset: String) {
        self.dataset = dataset
    }
}

/// A check to be written: a kind, what it takes, and options beside it.
package struct ImportedCheck: Sendable, Hashable {
    package var kind: String
    /// The column under which it stands; `nil` for a check on the dataset.
    package var column: String?
    /// What stands behind the kind: an object of parameters, or the short form's value; an empty object for none.
    package var arguments: JSONValue
    /// Options such as `where`, `fail`, `severity`, `id`, in the order in which they are written.
    package var options: [JSONValue.Member]

    package init(
        _ kind: String, column: String? = nil, _ arguments: JSONValue = .object([]), options: [JSONValue.Member] = []
    ) {
        self.kind = kind
        self.column = column
        self.arguments = arguments
        self.options = options
    }
}

/// A custom check to be written as a `.sql` file: one SELECT that returns the failing rows.
package struct ImportedQuery: Sendable, Hashable {
    /// Id of the check, such as `shop.paid_orders_have_payment`; the file is named after what follows the first dot.
    package var id: String
    package var dataset: String
    package var description: String?
    /// Header lines besides, such as `severity` and `fail`, by name.
    package var headers: [(name: String, value: String)] = []
    /// The query, without a semicolon at its end.
    package var sql: String

    package init(id: String, dataset: String, sql: String) {
        self.id = id
        self.dataset = dataset
        self.sql = sql
    }

    package static func == (left: ImportedQuery, right: ImportedQuery) -> Bool {
        left.id == right.id && left.sql == right.sql && left.dataset == right.dataset
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(sql)
    }
}

/// What became of one check of the other tool.
package struct ImportItem: Sendable, Hashable {
    /// How much of it is there.
    package enum Fate: String, Sendable, Hashable, CaseIterable {
        /// It asks the same.
        case converted
        /// It asks nearly the same; the note says what differs.
        case approximated
        /// It is not there; the note says why.
        case notConverted = "not converted"
    }

    /// Where it stands and what it is, such as `models/schema.yml: orders.status accepted_values`.
    package var name: String
    package var fate: Fate
    package var note: String?

    package init(name: String, fate: Fate, note: String?) {
        self.name = name
        self.fate = fate
        self.note = note
    }
}
