import ExactJSON

/// What becomes of one rule of another tool: checks and queries to be written, or the reason why there are none.
struct RuleConversion: Sendable, Hashable {
    private(set) var checks: [ImportedCheck] = []
    private(set) var queries: [ImportedQuery] = []
    private(set) var fate = ImportItem.Fate.converted
    private(set) var notes: [String] = []

    /// Checks that ask the same.
    init(_ checks: [ImportedCheck]) {
        self.checks = checks
    }

    /// A check that asks the same.
    init(_ check: ImportedCheck) {
        checks = [check]
    }

    /// A query that asks the same; its id may still be another one's.
    init(_ query: ImportedQuery) {
        queries = [query]
    }

    /// Nothing, for this reason.
    static func notConverted(_ reason: String) -> RuleConversion {
        var conversion = RuleConversion([])
        conversion.fate = .notConverted
        conversion.notes = [reason]
        return conversion
    }

    /// The same where `difference` is `nil`, else what asks nearly the same; a rule that is not there stays so.
    func approximated(_ difference: String?) -> RuleConversion {
        guard let difference, fate != .notConverted else { return self }
        var conversion = self
        conversion.fate = .approximated
        conversion.notes.append(difference)
        return conversion
    }

    /// The same with something to know that changes nothing about what passes.
    func noted(_ note: String?) -> RuleConversion {
        guard let note else { return self }
        var conversion = self
        conversion.notes.append(note)
        return conversion
    }

    /// The same with further options beside every check, and in the header of every query.
    func with(_ options: [JSONValue.Member]) -> RuleConversion {
        var conversion = self
        for index in conversion.checks.indices { conversion.checks[index].options += options }
        for index in conversion.queries.indices {
            for option in options {
                if option.name == "description", let text = option.value.scalarText {
                    conversion.queries[index].description = text
                } else {
                    conversion.queries[index].headers.append((name: option.name, value: Self.yaml(option.value)))
                }
            }
        }
        return conversion
    }

    /// A value on one line: plain words as they are, everything else as JSON, which YAML reads, too.
    private static func yaml(_ value: JSONValue) -> String {
        guard case .string(let text) = value, text.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9_ .<>=-]*/#) != nil else {
            return value.compactText
        }
        return text
    }
}

extension ImportedProject {
    /// Takes what a rule became: a check that is already there is not written twice, and no two have the same id.
    mutating func take(_ conversion: RuleConversion, of item: String, for dataset: String) {
        if !conversion.checks.isEmpty {
            withSuite(dataset) { suite in
                for var check in conversion.checks
                where !suite.checks.contains(where: { $0 == check || $0.withoutID == check }) {
                    let id = check.identifier
                    let taken = Set(suite.checks.map(\.identifier))
                    var number = 2
                    while taken.contains(check.identifier) {
                        check.identifier = "\(id)_\(number)"
                        number += 1
                    }
                    suite.checks.append(check)
                }
            }
        }
        for query in conversion.queries {
            var query = query
            let (id, taken) = (query.id, Set(queries.map(\.id)))
            var number = 2
            while taken.contains(query.id) {
                query.id = "\(id)_\(number)"
                number += 1
            }
            queries.append(query)
        }
        note(item, conversion.fate, conversion.notes.isEmpty ? nil : conversion.notes.joined(separator: "; "))
    }
}

extension ImportedCheck {
    fileprivate var withoutID: ImportedCheck {
        ImportedCheck(kind, column: column, arguments, options: options.filter { $0.name != "id" })
    }

    /// Its id behind the dataset's name: the one that it is given, else the one that follows from kind and columns.
    fileprivate var identifier: String {
        get {
            if let given = options.first(where: { $0.name == "id" })?.value.scalarText { return given }
            let named = kind == "column_set" ? [] : arguments["columns"]?.elements.compactMap(\.scalarText) ?? []
            let columns = column.map { [$0] } ?? named
            let suffix = arguments["expression"]?.scalarText.map { String(QualifiedTable.slug($0).prefix(40)) }
            return [columns.joined(separator: "_"), kind, suffix ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
        }
        set {
            options.removeAll { $0.name == "id" }
            options.insert(.init("id", .string(QualifiedTable.plainID(newValue))), at: 0)
        }
    }
}
