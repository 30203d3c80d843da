import Checks
import ExactJSON
import Foundation
import StructuredSQL
import TestSupport
import Testing

@testable import CheckFiles

/// The published schema and the parser read the same files the same way.
struct JSONSchemaTests {
    private static let validator = SchemaValidator(JSONSchema.document)

    /// A YAML node as an editor's YAML 1.2 reader hands it to a schema.
    private static func json(_ node: YAMLNode) -> JSONValue {
        switch node.content {
        case .sequence(let elements): return .array(elements.map(json))
        case .mapping(let entries): return .object(entries.map { .init($0.key, json($0.value)) })
        case .scalar(let text, isPlain: false): return .string(text)
        case .scalar(let text, isPlain: true):
            if node.isNull { return .null }
            if text == "true" || text == "false" { return .boolean(text == "true") }
            if case .number(let number) = JSONValue.number(postgres: text) { return .number(number) }
            return .string(text)
        }
    }

    private func agree(_ text: String, isValid: Bool, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws
    {
        let file = SourceFile(path: "suite.yaml", text: text)
        let project = ProjectLoader.load([file])
        let node = try #require(try YAMLNode.parse(file))
        #expect(
            project.hasErrors != isValid, "parser: \(project.diagnostics.map(\.message))",
            sourceLocation: sourceLocation)
        #expect(Self.validator.accepts(Self.json(node)) == isValid, "schema", sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        "columns: {a: not_null}", "columns: {a: [not_null, unique]}", "columns: {a: {unique: true}}",
        "columns: {a: {accepted_values: [x, 1, NO], nulls: fail}}", "columns: {a: {in_range: [0, 10]}}",
        "columns: {a: {in_range: {min: 0, below: 9.5}}, b: {length: 3}}",
        "columns: {a: {format: email, severity: high}}",
        "columns: {a: {references: s.t.id}}", "columns: {a: {matches: {regex: x, not: true}}}",
        "columns: {a: {not_null: {}, warn: count > 3, fail: percent > 0.5}}", "checks: [{unique: [a, b]}]",
        "checks: [{row_count: {min: 1, per: day}}]\ntime: at", "checks: [{metric: avg(a), fail: value > 3}]",
        "checks: [{metric: {expression: avg(a), max: 3}}]", "checks: [{fresh: 6h}]\ntime: {column: at, zone: UTC}",
        "checks: [{fresh: {within: 6h, column: a}}]", "checks: [{column_exists: [a, b]}]", "checks: [{not_null: a}]",
        "checks: [{sequence_without_gaps: {every: hour, group_by: g}}]\ntime: at", "checks: [not_in_future]\ntime: at",
        "checks: [{expect: a > b, id: x, where: c, keep: all, tags: [t], enabled: false, on_empty: fail}]",
        "checks: [{expect: a > b}]\npii: {e: hash}\nkey: [a, b]\nkeep: 5\nschedule: {every: 1h, grace: 5min}",
        "checks: [{expect: a > b}]\nschedule: {cron: 0 6 * * *, zone: America/New_York}\nseverity: now\nowner: me",
    ])
    func bothTake(suite: String) throws {
        try agree("dataset: s.t\n" + suite, isValid: true)
    }

    @Test(arguments: [
        "columns: {a: not_nul}", "columns: {a: {not_null: {}, nulls: maybe}}", "columns: {a: {in_range: {minimum: 0}}}",
        "columns: {a: {accepted_values: x}}", "columns: {a: {row_count: 3}}", "columns: {a: {format: telephone}}",
        "columns: {a: {length: -1}}", "columns: {a: {length: {min: x}}}", "colums: {a: not_null}",
        "checks: {unique: a}",
        "checks: [{expect: a > b, wher: c}]", "checks: [{fresh: six hours}]\ntime: at",
        "checks: [{row_count: {per: decade}}]",
        "checks: [{unique: [a], keep: some}]", "checks: [{expect: a > b}]\npii: {e: encrypt}", "checks: [{id: x}]",
        "checks: [{expect: a > b}]\ntime: {col: at}", "checks: [{expect: a > b}]\nschedule: {hourly: true}",
        "checks: [{expect: a > b}]\nseverity: urgent", "checks: [{matches: {column: a}}]",
        "columns: {a: {matches: {not: x}}}",
        "checks: [{expect: a > b, enabled: 'yes'}]", "description: nothing to check",
    ])
    func bothRefuse(suite: String) throws {
        try agree("dataset: s.t\n" + suite, isValid: false)
    }

    @Test
    func theSampleProjectFitsTheSchema() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../checks")
        let names = try #require(FileManager.default.enumerator(atPath: root.path))
        var count = 0
        for case let name as String in names where name.hasSuffix(".yaml") {
            let text = try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
            let node = try #require(try YAMLNode.parse(SourceFile(path: name, text: text)))
            #expect(Self.validator.accepts(Self.json(node)), "\(name)")
            count += 1
        }
        #expect(count >= 10)
    }
}
