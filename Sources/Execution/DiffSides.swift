import Catalog
import Checks
import Comparison
import ExactJSON
import Postgres
import StructuredSQL

/// Both sides of a comparison as their servers know them, and what they have in common.
struct DiffSides: Sendable {
    var left: SideRelation
    var right: SideRelation
    var schema: DiffSchema
    /// Rules of personal columns, by name in the result.
    var rules: [String: MaskingRule]

    /// The sides as statements take them.
    var inputs: (left: SideInput, right: SideInput) {
        (left.input(keyedBy: schema.key.map(\.left.name)), right.input(keyedBy: schema.key.map(\.right.name)))
    }

    /// Rows of both sides, by what the servers know without counting; `nil` where one does not know.
    var estimatedRowCount: Int? {
        guard let one = left.relation?.estimatedRowCount, let two = right.relation?.estimatedRowCount else {
            return nil
        }
        return Int(one + two)
    }

    /// Reads both sides, keeps them from changing shape, and has `body` compare them.
    ///
    /// Without a declared key it is the primary key of both.
    ///
    /// - Returns: What `body` made of it; incomplete, with the reason, where a side cannot be read or compared.
    /// - Throws: A ``PostgresError`` that cancels, and what else `body` throws.
    static func comparing(
        _ diff: TableDiff, by readers: (left: SideReader, right: SideReader), in context: TableDiffRunner.Context,
        _ body: (DiffSides, inout DiffResult) async throws -> Void
    ) async throws -> DiffResult {
        var diff = diff
        let relations: (left: SideRelation, right: SideRelation)
        do {
            relations = (
                try await readers.left.relation(of: diff.left, resolving: context.windowValues),
                try await readers.right.relation(of: diff.right, resolving: context.windowValues)
            )
        } catch let failure as CheckFailure {
            var result = DiffResult(diff: diff, schema: DiffSchema())
            result.problems = [failure.message]
            return result
        }
        let (left, right) = relations
        if diff.key.isEmpty, left.primaryKey == right.primaryKey { diff.key = left.primaryKey }
        let schema = DiffSchema(diff, left: left.columns, right: right.columns)
        var result = DiffResult(diff: diff, schema: schema)
        let times = Set(diff.left.timeColumns + diff.right.timeColumns).intersection(diff.columns.excluded).sorted()
        if !times.isEmpty {
            result.notes.append(
                "not compared, because that is which rows are: \(times.joined(separator: ", "))")
        }
        guard result.problems.isEmpty else { return result }
        let rules = context.rules(of: schema, left: left, right: right)
        do {
            try await readers.left.lock(left)
            try await readers.right.lock(right)
            try await body(DiffSides(left: left, right: right, schema: schema, rules: rules), &result)
        } catch let error as PostgresError {
            if error.kind == .cancelled { throw error }
            result.counts = nil
            result.problems.append(TableDiffRunner.Context.problem(error, hasPersonalColumns: !rules.isEmpty))
        }
        return result
    }

    /// What must be the same for what an earlier try found to count.
    func fingerprint(of diff: TableDiff, window: (from: String, to: String)?, places: [String]) -> String {
        let columns = (schema.key + schema.columns).map { pair in
            "\(pair.name) \(pair.left.type.formatted) \(pair.right.type.formatted)"
        }
        let parts: [String] =
            [diff.definition.compactText, "key \(schema.key.count)"] + columns
            + [
                "keep \(diff.keep.map(String.init) ?? "all")", "method \(diff.method?.rawValue ?? "")",
                "window \(window.map { "\($0.from)..\($0.to)" } ?? "")",
            ] + places
        return parts.joined(separator: "\n")
    }
}
