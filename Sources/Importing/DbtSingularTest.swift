import ExactJSON

/// A test that is a file of SQL: a query that returns failing rows.
struct DbtSingularTest: Sendable, Hashable {
    var file: String
    var name: String
    /// The file's text, with Jinja.
    var text: String
    /// What the project says of its tests, and a file of properties of this one.
    var config: DbtConfig
    var description: String?

    /// Where it stands and what it is.
    var itemName: String { "\(file): \(name)" }

    /// The query without Jinja, the relation that it is about, and what is said of it.
    struct Query: Sendable, Hashable {
        var relation: DbtRelation
        var sql: String
        var description: String?
        var config: DbtConfig
    }

    /// The test as a custom check; the first relation that it names is its dataset.
    func query(in catalog: DbtCatalog) throws(DbtObstacle) -> Query {
        let template = try DbtTemplate(parsing: text, in: catalog)
        var config = config
        config.apply(template.config)
        guard let relation = template.relations.first else { throw DbtObstacle("it names no ref and no source") }
        let (comment, rest) = Self.split(template.sql)
        var sql = DbtText.trimmed(rest)
        while sql.hasSuffix(";") { sql = DbtText.trimmed(String(sql.dropLast())) }
        guard sql.lowercased().firstMatch(of: #/^\(*\s*(select|with|values|table)\b/#) != nil else {
            throw DbtObstacle("it does not begin with a query")
        }
        // A comment that looks like a key of a header would be taken for one.
        sql = sql.replacing(#/(?m)^([ \t]*)--([ \t]*[A-Za-z_\-]+[ \t]*:)/#) { "\($0.output.1)-- *\($0.output.2)" }
        return Query(
            relation: relation, sql: sql, description: description ?? (comment.isEmpty ? nil : comment), config: config)
    }

    /// The comments at the top as one text, and what follows them.
    private static func split(_ sql: String) -> (comment: String, rest: String) {
        var words: [String] = []
        var rest = sql.drop(while: \.isWhitespace)
        while true {
            if rest.hasPrefix("--") {
                let line = rest.prefix { !$0.isNewline }
                words.append(DbtText.trimmed(String(line.drop { $0 == "-" })))
                rest = rest.dropFirst(line.count).drop(while: \.isWhitespace)
            } else if rest.hasPrefix("/*"), let end = rest.firstRange(of: "*/") {
                let lines = rest[..<end.lowerBound].dropFirst(2).split(whereSeparator: \.isNewline)
                words += lines.map { DbtText.trimmed(String($0)) }
                rest = rest[end.upperBound...].drop(while: \.isWhitespace)
            } else {
                return (words.filter { !$0.isEmpty }.joined(separator: " "), String(rest))
            }
        }
    }
}

extension DbtSingularTest {
    /// The tests that lie in the project's folders of tests.
    static func all(in project: DbtProject) -> [DbtSingularTest] {
        project.scripts.compactMap { script in
            guard let folders = project.below(script.folders, "test-paths"), !DbtTemplate.definesMacro(script.content)
            else { return nil }
            var config = project.config(["tests", "data_tests"], folders + [script.stem])
            let properties = properties(of: script.stem, in: project)
            config.apply(properties?["config"])
            return DbtSingularTest(
                file: script.path, name: script.stem, text: script.content, config: config,
                description: properties?["description"]?.scalarText)
        }
    }

    /// The tests of the manifest that are files of SQL.
    static func all(in manifest: DbtManifest) -> [DbtSingularTest] {
        manifest.tests.compactMap { node in
            guard node["test_metadata"] == nil || node["test_metadata"] == .null, let name = node["name"]?.scalarText,
                let text = (node["raw_code"] ?? node["raw_sql"])?.scalarText
            else { return nil }
            var config = DbtConfig(node["config"])
            config.set("tags", node["tags"] ?? .array([]))
            let description = node["description"]?.scalarText ?? ""
            return DbtSingularTest(
                file: node["original_file_path"]?.scalarText ?? "manifest.json", name: name, text: text, config: config,
                description: description.isEmpty ? nil : description)
        }
    }

    private static func properties(of name: String, in project: DbtProject) -> JSONValue? {
        let entries = project.properties.flatMap { file in
            (file.content["data_tests"]?.elements ?? []) + (file.content["tests"]?.elements ?? [])
        }
        return entries.first { $0["name"]?.scalarText == name }
    }
}
