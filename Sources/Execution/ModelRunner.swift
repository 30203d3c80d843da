import Catalog
import Checks
package import Comparison
import ExactJSON
package import Postgres
import Statistics
import StructuredSQL

/// Compares challengers with a champion on one server, in one snapshot; the server counts and sums, the client tests.
package struct ModelRunner: Sendable {
    private let server: ConnectionSettings
    private let context: TableDiffRunner.Context

    package init(server: ConnectionSettings, context: TableDiffRunner.Context) {
        self.server = server
        self.context = context
    }

    /// Rows of the largest disagreements, at most.
    private static let disagreementCount = 20
    /// Different scores of both models of which the curves are exact; of more they are rounded.
    private static let stepLimit = 200_000
    /// What a sort or a hash of the server may take: scores are sorted several times, and a disk makes that slow.
    private static let workMemory = 64 << 20
    /// Digits that are left then.
    private static let roundedDigits = 4

    /// Compares and decides.
    ///
    /// - Parameter comparisons: One for each challenger of one champion.
    /// - Returns: What came of each.
    /// - Throws: A ``PostgresError`` if the server cannot be reached, or `CancellationError`. What cannot be computed makes
    ///   the verdict inconclusive, with the reason.
    package func run(_ comparisons: [ModelComparison]) async throws -> [ModelResult] {
        let connection = try await Connection.open(server)
        var results: [ModelResult] = []
        do {
            let (snapshot, _) = try await SnapshotSession.begin(
                on: connection, settings: context.settings, exports: false)
            try await WindowError.requireInstants(context.window, slot: nil, on: connection)
            for comparison in comparisons {
                var result = try await compare(comparison, on: connection)
                result.takenAt = snapshot.takenAt.text
                results.append(result)
            }
        } catch {
            await connection.close()
            if let error = error as? PostgresError, error.kind == .cancelled { throw CancellationError() }
            throw error
        }
        await connection.close()
        for index in results.indices { results[index].decide() }
        ModelResult.correct(&results)
        return results
    }

    private func compare(_ comparison: ModelComparison, on connection: Connection) async throws -> ModelResult {
        var result = ModelResult(comparison)
        var rules: [String: MaskingRule] = [:]
        do {
            try await SnapshotSession.rewind(connection)
            // All rows of three inputs are joined: a nested loop is never what is wanted, only what stale statistics lead to.
            try await connection.execute(script: "SET LOCAL enable_nestloop = off")
            _ = try await connection.rows(SnapshotSession.workMemory(bytes: Self.workMemory))
            let query: ModelQuery
            (query, rules) = try await self.query(comparison, on: connection)
            try await compute(query, &result, on: connection, without: Set(rules.keys))
        } catch let failure as CheckFailure {
            result.problems.append(failure.message)
        } catch let error as PostgresError {
            if error.kind == .cancelled || error.kind == .connect { throw error }
            result.problems.append(TableDiffRunner.Context.problem(error, hasPersonalColumns: !rules.isEmpty))
        }
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
        let ofTruth = [comparison.cluster, comparison.weight, comparison.order, comparison.query].compactMap(\.self)
        let query = ModelQuery(
            comparison,
            truth: try await input(
                comparison.truth, comparison.task == .unlabeled ? "champion" : "truth",
                comparison.sliceColumns + ofTruth),
            champion: try await input(
                comparison.champion, "champion", [comparison.champion.probabilities].compactMap(\.self)),
            challenger: try await input(
                comparison.challenger, "challenger", [comparison.challenger.probabilities].compactMap(\.self)))
        return (query, rules)
    }

    // MARK: Computing

    private func compute(
        _ query: ModelQuery, _ result: inout ModelResult, on connection: Connection, without personal: Set<String>
    ) async throws {
        let comparison = result.comparison
        let unusable = try await connection.row(query.unusableKeys)
        let names = comparison.task == .unlabeled ? ["champion", "challenger"] : ["truth", "champion", "challenger"]
        for name in names {
            let count = try unusable.integer(named: name)
            guard count > 0 else { continue }
            result.problems.append(
                "\(count) rows of the \(name) have a NULL in the key, or share it: which of them belong together is not known"
            )
        }
        guard result.problems.isEmpty else { return }
        let coverage = try Self.coverage(try await connection.row(query.coverage))
        result.coverage = coverage
        if coverage.invalidWeights > 0 {
            result.problems.append(
                "\(coverage.invalidWeights) rows have a weight that is NULL, less than 0 or no number")
        }
        guard result.problems.isEmpty, coverage.complete > 0 else { return }
        for part in try await sums(query, of: comparison, on: connection) {
            if let slice = part.slice {
                let wanted = comparison.guardrails.filter { $0.by.contains(slice.column) }.map(\.metric)
                result.slices += part.estimates.filter { wanted.contains($0.metric) }
            } else {
                result.metrics = part.estimates
                result.flips = part.flips
                result.histogram = part.histogram
                if comparison.task == .binary {
                    result.steps.isRounded = part.scoreCount > Self.stepLimit
                    try await takeSteps(query, &result, on: connection)
                }
            }
        }
        for row in try await connection.rows(query.disagreements(Self.disagreementCount)) {
            guard let truth = row[1], let one = row[2], let two = row[3] else { continue }
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
        func model(_ name: String) throws(PostgresError) -> ModelResult.Coverage.Model {
            var model = ModelResult.Coverage.Model()
            model.missing = try row.integer(named: "\(name)_missing")
            model.null = try row.integer(named: "\(name)_null")
            model.invalid = try row.integer(named: "\(name)_invalid")
            model.orphans = try row.integer(named: "\(name)_orphans")
            return model
        }
        var coverage = ModelResult.Coverage()
        coverage.truth = try row.integer(named: "truth")
        coverage.unlabelled = try row.integer(named: "unlabelled")
        coverage.invalidLabels = try row.integer(named: "invalid_labels")
        coverage.invalidWeights = try row.integer(named: "invalid_weights")
        coverage.champion = try model("champion")
        coverage.challenger = try model("challenger")
        coverage.complete = try row.integer(named: "complete")
        coverage.differing = try row.integer(named: "differing")
        return coverage
    }

    /// What there is of all rows, and of each slice in the order of its column and value.
    private func sums(
        _ query: ModelQuery, of comparison: ModelComparison, on connection: Connection
    ) async throws -> [ModelSums] {
        let figures = try await connection.rows(query.figures).compactMap { row -> ModelFigure? in
            guard let kind = row[0].flatMap(ModelFigure.Kind.init), let part = row[1].flatMap({ Int($0) }),
                let figures = row[3].flatMap({ try? JSONValue(parsing: $0) })
            else { return nil }
            return ModelFigure(kind, part: part, value: row[2], figures: figures)
        }
        struct Part: Hashable {
            var part: Int
            var value: String?
        }
        let parts = Dictionary(grouping: figures) { Part(part: $0.part, value: $0.value) }
        return parts.sorted { one, two in
            // NULL comes last, as in an index.
            (one.key.part, one.key.value == nil ? 1 : 0, one.key.value ?? "")
                < (two.key.part, two.key.value == nil ? 1 : 0, two.key.value ?? "")
        }.map { ModelSums($0.value, of: comparison, unitMetrics: query.unitMetricNames) }
    }

    /// The steps of both curves, and how predictions would have to be corrected.
    private func takeSteps(_ query: ModelQuery, _ result: inout ModelResult, on connection: Connection) async throws {
        let digits = result.steps.isRounded ? Self.roundedDigits : nil
        for row in try await connection.rows(query.steps(digits: digits)) {
            guard let score = row[1].flatMap(Double.init), let weight = row[2].flatMap(Double.init),
                let positives = row[3].flatMap(Double.init)
            else { continue }
            let step = LogisticCalibration.Step(score: score, weight: weight, positives: positives)
            if row[0] == "1" { result.steps.champion.append(step) } else { result.steps.challenger.append(step) }
        }
        result.takeCalibration()
    }
}
