import ExactJSON

/// What has been made of a project so far, with ids that no two checks share.
struct DbtAssembly {
    private(set) var project = ImportedProject()
    private var ids: Set<String> = []
    private let catalog: DbtCatalog

    init(_ catalog: DbtCatalog) {
        self.catalog = catalog
    }

    /// Notes something that is no test of data.
    mutating func leaveOut(_ name: String, because reason: String) {
        project.note(name, .notConverted, reason)
    }

    /// Converts a generic test.
    mutating func add(_ test: DbtTest) {
        do throws(DbtObstacle) {
            var outcome = try DbtConverter.outcome(of: test, in: catalog)
            let levels = try DbtLevels(Self.config(of: test))
            for note in levels.notes { outcome = outcome.noting(note) }
            for draft in outcome.drafts {
                let (check, notes) = try draft.check(levels)
                for note in notes { outcome = outcome.noting(note) }
                outcome.checks.append(check)
            }
            for (index, check) in outcome.checks.enumerated() {
                let title = test.title.map { index == 0 ? $0 : "\($0)_\(check.kind)" }
                insert(check, title: title, test, into: test.relation.dataset)
            }
            for sql in outcome.queries {
                let parts = [test.relation.name, test.column.flatMap(DbtText.columnName), test.name].compactMap(\.self)
                let name = test.title ?? parts.joined(separator: "_")
                insert(sql, name: name, levels, test.config, test.description, on: test.relation)
            }
            setTime(&outcome, of: test.relation.dataset)
            note(test.itemName, outcome)
        } catch {
            project.note(test.itemName, .notConverted, error.reason)
        }
    }

    /// Converts what a source says of how new it must be.
    mutating func add(_ freshness: DbtFreshness) {
        do throws(DbtObstacle) {
            var outcome = try freshness.outcome(in: catalog)
            for check in outcome.checks { insert(check, into: freshness.relation.dataset) }
            setTime(&outcome, of: freshness.relation.dataset)
            note(freshness.itemName, outcome)
        } catch {
            project.note(freshness.itemName, .notConverted, error.reason)
        }
    }

    /// Converts a file of SQL.
    mutating func add(_ test: DbtSingularTest) {
        do throws(DbtObstacle) {
            let query = try test.query(in: catalog)
            let levels = try DbtLevels(query.config)
            insert(query.sql, name: test.name, levels, query.config, query.description, on: query.relation)
            var outcome = DbtOutcome([])
            for note in levels.notes { outcome = outcome.noting(note) }
            note(test.itemName, outcome)
        } catch {
            project.note(test.itemName, .notConverted, error.reason)
        }
    }

    /// Describes the suite of a resource, if there is one.
    mutating func describe(_ resource: DbtResource) {
        let text = DbtText.trimmed((resource.properties["description"] ?? .null).scalarText ?? "")
        let dataset = catalog.relation(of: resource).dataset
        guard !text.isEmpty, !DbtTemplate.hasJinja(text),
            let index = project.suites.firstIndex(where: { $0.dataset == dataset })
        else { return }
        project.suites[index].description = text
    }

    private mutating func note(_ name: String, _ outcome: DbtOutcome) {
        let isExact = outcome.notes.isEmpty
        project.note(name, isExact ? .converted : .approximated, isExact ? nil : outcome.notes.joined(separator: "; "))
    }

    /// Three tests of dbt_utils count by themselves what is known here.
    private static func config(of test: DbtTest) -> DbtConfig {
        var config = test.config
        let counting = ["equal_rowcount", "equality", "fewer_rows_than"]
        if test.package == "dbt_utils", counting.contains(test.name) { config.set("fail_calc", .null) }
        return config
    }

    // MARK: Checks

    private mutating func insert(_ check: ImportedCheck, title: String?, _ test: DbtTest, into dataset: String) {
        var check = check
        if let description = test.description, !description.isEmpty, !DbtTemplate.hasJinja(description) {
            check.options.insert(.init("description", .string(description)), at: 0)
        }
        let tags = test.config.tags
        if !tags.isEmpty { check.options.append(.init("tags", .array(tags.map(JSONValue.string)))) }
        if test.config.isDisabled { check.options.append(.init("enabled", false)) }
        insert(check, title: title, into: dataset)
    }

    private mutating func insert(_ check: ImportedCheck, title: String? = nil, into dataset: String) {
        var check = check
        let usual = Self.usualID(of: check)
        let id = unused(title.map(DbtText.idPart) ?? usual, in: dataset)
        if id != usual { check.options.insert(.init("id", .string(id)), at: 0) }
        project.withSuite(dataset) { $0.checks.append(check) }
    }

    /// The id if it is free in the dataset, else with a number.
    private mutating func unused(_ id: String, in dataset: String) -> String {
        var (candidate, number) = (id, 2)
        while !ids.insert("\(dataset).\(candidate)").inserted {
            candidate = "\(id)_\(number)"
            number += 1
        }
        return candidate
    }

    /// The id behind its dataset that a check has if none is given.
    private static func usualID(of check: ImportedCheck) -> String {
        var parts: [String] = []
        let isAboutTable = ["column_set", "same_rows"].contains(check.kind)
        let columns = check.arguments["columns"] ?? check.arguments
        if let column = check.column {
            parts.append(DbtText.idPart(column))
        } else if !isAboutTable, !columns.elements.isEmpty {
            parts.append(columns.elements.compactMap(\.scalarText).map(DbtText.idPart).joined(separator: "_"))
        }
        parts.append(check.kind)
        if ["expect", "metric", "aggregates_match"].contains(check.kind) {
            let text = check.arguments["expression"]?.scalarText ?? check.arguments.scalarText ?? ""
            let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
            parts.append(String(words.joined(separator: "_").prefix(40)))
        }
        return parts.joined(separator: ".")
    }

    /// A suite has one time column and one zone for all times that have none.
    private mutating func setTime(_ outcome: inout DbtOutcome, of dataset: String) {
        guard let column = outcome.timeColumn else { return }
        let zone = outcome.timeZone ?? "UTC"
        var other: String?
        project.withSuite(dataset) { suite in
            if suite.timeColumn == nil { (suite.timeColumn, suite.timeZone) = (column, zone) }
            if suite.timeZone != zone { other = suite.timeZone }
        }
        if let other { outcome = outcome.noting("a time without a zone is read by the clock of \(other), not \(zone)") }
    }

    // MARK: Queries

    private mutating func insert(
        _ sql: String, name: String, _ levels: DbtLevels, _ config: DbtConfig, _ description: String?,
        on relation: DbtRelation
    ) {
        let name = unused(DbtText.idPart(name), in: relation.idPrefix)
        var query = ImportedQuery(id: "\(relation.idPrefix).\(name)", dataset: relation.dataset, sql: sql)
        if let description, !description.isEmpty, !DbtTemplate.hasJinja(description) { query.description = description }
        query.headers = levels.countOptions.map { (name: $0.name, value: $0.value.scalarText ?? "") }
        if !config.tags.isEmpty {
            let tags = config.tags.map { $0 == DbtText.idPart($0) ? $0 : JSONValue.string($0).compactText }
            query.headers.append((name: "tags", value: "[\(tags.joined(separator: ", "))]"))
        }
        if config.isDisabled { query.headers.append((name: "enabled", value: "false")) }
        project.queries.append(query)
    }
}
