import Catalog
import Checks
package import Comparison
import ExactJSON
package import Postgres
import StructuredSQL

/// Compares a challenger with a champion on one server, in one snapshot; the server counts and sums, the client tests.
package struct ModelRunner: Sendable {
    private let server: ConnectionSettings
    private let context: TableDiffRunner.Context

    package init(server: ConnectionSettings, context: TableDiffRunner.Context) {
        self.server = server
        self.context = context
    }

    /// Rows of the largest disagreements, at most.
    private static let disagreementCount = 20

    /// Compares and decides.
    ///
    /// - Throws: A ``PostgresError`` if the server cannot be reached, or `CancellationError`. What cannot be computed makes
    ///   the verdict inconclusive, with the reason.
    package func run(_ comparison: ModelComparison) async throws -> ModelResult {
        let connection = try await Connection.open(server)
        var result = ModelResult(comparison)
        var rules: [String: MaskingRule] = [:]
        do {
            _ = try await SnapshotSession.begin(on: connection, settings: context.settings, exports: false)
            try await WindowError.requireInstants(context.window, slot: nil, on: connection)
            // All rows of three inputs are joined: a nested loop is never what is wanted, only what stale statistics lead to.
            try await connection.execute(script: "SET LOCAL enable_nestloop = off")
            let query: ModelQuery
            (query, rules) = try await self.query(comparison, on: connection)
            try await compute(query, &result, on: connection, without: Set(rules.keys))
        } catch let failure as CheckFailure {
            result.problems.append(failure.message)
        } catch let error as PostgresError {
            await connection.close()
            if error.kind == .cancelled { throw CancellationError() }
            if error.kind == .connect { throw error }
            result.problems.append(TableDiffRunner.Context.problem(error, hasPersonalColumns: !rules.isEmpty))
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
        result.decide()
        return result
    }

    /// The statements, and what is personal in the truth.
    private func query(
        _ comparison: ModelComparison, on connection: Connection
    ) async throws -> (query: ModelQuery, rules: [String: MaskingRule]) {
        let reader = SideReader(connection: connection, searchPath: context.settings.searchPath)
        var rules: [String: MaskingRule] = [:]
        func input(_ input: ModelInput, _ name: String, _ wanted: [String]) async throws -> SideInput {
            let relation = try await reader.relation(of: input.side, resolving: context.windowValues)
            for column in comparison.key + [input.column] + wanted
            where !relation.columns.contains(where: { $0.name == column }) {
                throw CheckFailure(.plan, "column \"\(column)\" does not exist in the \(name), \(input.side.label)")
            }
            try await reader.lock(relation)
            rules.merge(context.rules(of: relation)) { $0.isStricter(than: $1) ? $0 : $1 }
            return SideInput(source: relation.source, filter: relation.filter)
        }
        let query = ModelQuery(
            comparison,
            truth: try await input(
                comparison.truth, "truth", comparison.sliceColumns + (comparison.cluster.map { [$0] } ?? [])),
            champion: try await input(comparison.champion, "champion", []),
            challenger: try await input(comparison.challenger, "challenger", []))
        return (query, rules)
    }

    // MARK: Computing

    private func compute(
        _ query: ModelQuery, _ result: inout ModelResult, on connection: Connection, without personal: Set<String>
    ) async throws {
        let unusable = try await connection.row(query.unusableKeys)
        for (index, name) in ["truth", "champion", "challenger"].enumerated() {
            let count = try unusable.integer(index)
            guard count > 0 else { continue }
            result.problems.append(
                "\(count) rows of the \(name) have a NULL in the key, or share it: which of them belong together is not known"
            )
        }
        guard result.problems.isEmpty else { return }
        result.coverage = try Self.coverage(try await connection.row(query.coverage))
        guard result.coverage?.complete ?? 0 > 0 else { return }
        let parts = try await sums(query, of: result.comparison, on: connection)
        for part in parts {
            let estimates = part.estimates(result.comparison.task, lossMetrics: query.lossMetrics)
            if let slice = part.slice {
                let wanted = result.comparison.guardrails.filter { $0.by.contains(slice.column) }.map(\.metric)
                result.slices += estimates.filter { wanted.contains($0.metric) }
            } else {
                result.metrics = estimates
                let (one, two) = part.rightAlone
                if result.comparison.task == .binary {
                    result.flips = one.positives + one.negatives + two.positives + two.negatives
                }
            }
        }
        for row in try await connection.rows(query.disagreements(Self.disagreementCount)) {
            guard let truth = row[1].flatMap(Double.init), let one = row[2].flatMap(Double.init),
                let two = row[3].flatMap(Double.init)
            else { continue }
            result.disagreements.append(
                ModelResult.Disagreement(
                    key: Self.document(row[0], without: personal), truth: truth, champion: one, challenger: two,
                    rows: (4...6).map { Self.document(row[$0], without: personal) }))
        }
    }

    /// A row, without personal columns.
    private static func document(_ text: String?, without personal: Set<String>) -> JSONValue {
        guard let row = text.flatMap({ try? JSONValue(parsing: $0) }) else { return .null }
        return .object(row.members.filter { !personal.contains($0.name) })
    }

    private static func coverage(_ row: Row) throws(PostgresError) -> ModelResult.Coverage {
        var coverage = ModelResult.Coverage()
        (coverage.truth, coverage.unlabelled, coverage.invalidLabels) = (
            try row.integer(0), try row.integer(1), try row.integer(2)
        )
        func model(_ first: Int, orphans: Int) throws(PostgresError) -> ModelResult.Coverage.Model {
            var model = ModelResult.Coverage.Model()
            (model.missing, model.null, model.invalid) = (
                try row.integer(first), try row.integer(first + 1), try row.integer(first + 2)
            )
            model.orphans = try row.integer(orphans)
            return model
        }
        coverage.champion = try model(3, orphans: 10)
        coverage.challenger = try model(6, orphans: 11)
        coverage.complete = try row.integer(9)
        coverage.differing = try row.integer(12)
        return coverage
    }

    private func sums(
        _ query: ModelQuery, of comparison: ModelComparison, on connection: Connection
    ) async throws -> [ModelSums] {
        let isBinary = comparison.task == .binary
        var statements = [query.sums]
        if isBinary { statements += [query.areas, query.curves] }
        if comparison.cluster != nil { statements.append(query.clusterSums) }
        let answers = try await connection.rows(ofEach: statements)
        var parts: [ModelSums] = []
        for row in answers[0] {
            var part = ModelSums()
            part.slice = Self.slice(row, comparison)
            (part.rows, part.positives) = (try row.integer(2), try row.integer(3))
            var next = 4
            for _ in query.lossMetrics {
                part.losses.append(
                    ModelSums.Loss(
                        champion: Self.number(row[next]) ?? .nan, challenger: Self.number(row[next + 1]) ?? .nan,
                        gain: Self.number(row[next + 2]) ?? .nan, variance: Self.number(row[next + 3]) ?? .nan))
                next += 4
            }
            if isBinary {
                part.champion = ModelSums.Confusion(
                    truePositives: try row.integer(next), falsePositives: try row.integer(next + 1))
                part.challenger = ModelSums.Confusion(
                    truePositives: try row.integer(next + 2), falsePositives: try row.integer(next + 3))
                part.rightAlone = (
                    (try row.integer(next + 4), try row.integer(next + 6)),
                    (try row.integer(next + 5), try row.integer(next + 7))
                )
            }
            parts.append(part)
        }
        func update(_ rows: [Row], _ change: (inout ModelSums, Row) throws(PostgresError) -> Void) throws(PostgresError)
        {
            for row in rows {
                guard let index = parts.firstIndex(where: { $0.slice == Self.slice(row, comparison) }) else { continue }
                try change(&parts[index], row)
            }
        }
        if isBinary {
            try update(answers[1]) { part, row in
                guard let one = Self.number(row[4]), let two = Self.number(row[5]) else { return }
                part.areas = ModelSums.Areas(champion: one, challenger: two, variance: Self.number(row[6]))
            }
            try update(answers[2]) { part, row in
                let curve = ModelSums.Curve(
                    averagePrecision: Self.number(row[3]), ks: Self.number(row[4]),
                    calibrationError: Self.number(row[5]))
                if row[2] == "1" { part.championCurve = curve } else { part.challengerCurve = curve }
            }
        }
        if comparison.cluster != nil, let rows = answers.last {
            try update(rows) { (part, row) throws(PostgresError) in
                part.clusters = try stride(from: 2, to: row.cells.count, by: 2).map { column throws(PostgresError) in
                    ModelSums.Clusters(count: try row.integer(column), squares: Self.number(row[column + 1]) ?? 0)
                }
            }
        }
        return parts
    }

    private static func slice(_ row: Row, _ comparison: ModelComparison) -> MetricEstimate.Slice? {
        guard let part = row[0].flatMap({ Int($0) }), part >= 0 else { return nil }
        return MetricEstimate.Slice(column: comparison.sliceColumns[part], value: row[1])
    }

    private static func number(_ text: String?) -> Double? { text.flatMap(Double.init) }
}
