import ExactJSON

/// How new the rows of a source must be: `freshness` with `loaded_at_field`.
struct DbtFreshness: Sendable, Hashable {
    /// A time after which something happens.
    private struct Limit: Sendable, Hashable {
        var count: String
        var period: String
    }

    var file: String
    var resource: String
    var relation: DbtRelation
    private var warning: Limit?
    private var failure: Limit?
    private var filter: String?
    private var field: String?
    private var query: String?

    /// Where it stands and what it is.
    var itemName: String { "\(file): \(resource) freshness" }

    /// What a file of properties says; `nil` where nothing is asked.
    ///
    /// A table takes from its source what it does not say itself, and asks nothing if it says `freshness: null`.
    init?(_ resource: DbtResource, in catalog: DbtCatalog) {
        let parent = resource.source == nil ? nil : resource.parent
        let own = Self.setting("freshness", of: resource.properties)
        guard own != .null else { return nil }
        let base = Self.setting("freshness", of: parent) ?? resource.config["freshness"]
        self.init(
            file: resource.file, resource: resource.displayName, relation: catalog.relation(of: resource), own, base)
        guard warning != nil || failure != nil else { return nil }
        let said = { (name: String) in
            Self.setting(name, of: resource.properties) ?? Self.setting(name, of: parent) ?? resource.config[name]
        }
        field = said("loaded_at_field")?.scalarText
        query = said("loaded_at_query")?.scalarText
    }

    /// What the manifest says; `nil` where nothing is asked.
    init?(_ node: DbtManifest.Node) {
        let file = node.properties["original_file_path"]?.scalarText ?? "manifest.json"
        self.init(
            file: file, resource: node.displayName, relation: node.relation, node.properties["freshness"], nil)
        guard warning != nil || failure != nil else { return nil }
        field = node.properties["loaded_at_field"]?.scalarText
        query = node.properties["loaded_at_query"]?.scalarText
    }

    private init(file: String, resource: String, relation: DbtRelation, _ own: JSONValue?, _ base: JSONValue?) {
        self.file = file
        self.resource = resource
        self.relation = relation
        warning = Self.limit("warn_after", own, base)
        failure = Self.limit("error_after", own, base)
        filter = (own?["filter"] ?? base?["filter"])?.scalarText
    }

    // MARK: The check

    private static let note =
        "a newest row more than five minutes in the future fails, too, and a time without a zone is read as UTC"

    /// The check on the newest row.
    func outcome(in catalog: DbtCatalog) throws(DbtObstacle) -> DbtOutcome {
        _ = try relation.usable()
        guard query == nil else { throw DbtObstacle("loaded_at_query is a query of its own") }
        guard let field else { throw DbtObstacle("without loaded_at_field only metadata could say it") }
        let sql = try Self.plain(field, in: catalog)
        var options: [JSONValue.Member] = []
        if let filter { options.append(.init("where", .string(try Self.plain(filter, in: catalog)))) }
        let (warns, fails) = (try Self.span(warning), try Self.span(failure))
        if let warns { options.append(.init("warn", .string("value > \(warns.seconds)"))) }
        let (column, zone) = Self.column(sql)
        if let fails, let column {
            let check = ImportedCheck("fresh", column: column, .string(fails.duration), options: options)
            var outcome = DbtOutcome(ready: check, Self.note)
            (outcome.timeColumn, outcome.timeZone) = (column, zone)
            return outcome
        }
        // As in dbt, a table without rows is as old as time.
        let age = DbtRecency.age("coalesce(max(\(DbtColumn(sql).sql)), 'epoch')")
        if let fails { options.append(.init("fail", .string("value > \(fails.seconds)"))) }
        return DbtOutcome(ready: ImportedCheck("metric", .string(age), options: options))
    }

    /// The column, and the zone that is given for it; no column for an expression.
    private static func column(_ sql: String) -> (name: String?, zone: String?) {
        if let name = DbtText.columnName(sql) { return (name, nil) }
        let inZone = #/(?i)\(?\s*("?[a-z0-9_$]+"?)\s+at\s+time\s+zone\s+'([^']+)'\s*\)?/#
        guard let match = sql.wholeMatch(of: inZone) else { return (nil, nil) }
        return (DbtText.columnName(String(match.output.1)), String(match.output.2))
    }

    private static func plain(_ text: String, in catalog: DbtCatalog) throws(DbtObstacle) -> String {
        let template = try DbtTemplate(parsing: text, in: catalog)
        return DbtText.trimmed(template.sql)
    }

    private static func span(_ limit: Limit?) throws(DbtObstacle) -> (duration: String, seconds: Int)? {
        guard let limit else { return nil }
        guard let count = Int(limit.count), let span = DbtRecency.length(count, limit.period) else {
            throw DbtObstacle("\(limit.count) \(limit.period) is no length of time")
        }
        return span
    }

    // MARK: Settings

    /// What properties say, as such or below `config`; null where they say null.
    private static func setting(_ name: String, of properties: JSONValue?) -> JSONValue? {
        properties?[name] ?? properties?["config"]?[name]
    }

    private static func limit(_ name: String, _ own: JSONValue?, _ base: JSONValue?) -> Limit? {
        if own?[name] == .null { return nil }
        let count = own?[name]?["count"]?.scalarText ?? base?[name]?["count"]?.scalarText
        let period = own?[name]?["period"]?.scalarText ?? base?[name]?["period"]?.scalarText
        guard let count, let period else { return nil }
        return Limit(count: count, period: period)
    }
}
