import CheckFiles
import Comparison
import Execution
import Postgres

/// The way of a comparison: which servers, in which settings, by which runner.
struct ComparisonFlow {
    let project: Project
    let resolver: TargetResolver
    let window: (from: String, to: String)?
    let checkpoint: Checkpoint?
    let maximumActive: Int?
    let progress: ProgressChoice

    private func context(_ server: TargetResolver.Resolved) -> TableDiffRunner.Context {
        let settings = AuditSettings(
            jobs: project.defaults.jobs ?? 4, statementTimeout: project.defaults.statementTimeout,
            lockTimeout: project.defaults.lockTimeout, searchPath: server.searchPath)
        return TableDiffRunner.Context(
            settings: settings, masking: project.masking, window: window)
    }

    /// Compares two relations; differing rows go to `lines` as they come.
    func result(of diff: TableDiff, to lines: DiffLines) async throws -> DiffResult {
        let (left, right) = (try server(diff.left), try server(diff.right))
        var context = context(left)
        context.rightSearchPath = right.searchPath
        (context.checkpoint, context.maximumActive) = (checkpoint, maximumActive)
        let progress = CompareProgress(progress, of: diff.name)
        defer { progress.finish() }
        context.observe = { progress.handle($0) }
        let sink: @Sendable (DiffRow) async throws -> Void = { try await lines.write($0, of: diff.name) }
        do {
            // A statement has one search path: with two of them there are two sessions.
            return left.settings.conninfo == right.settings.conninfo && left.searchPath == right.searchPath
                ? try await TableDiffRunner(server: left.settings, context: context).run(diff, sink: sink)
                : try await ServerDiffRunner(left: left.settings, right: right.settings, context: context)
                    .run(diff, sink: sink)
        } catch let failure as Checkpoint.Failure {
            throw CommandFailure(.usage, failure.message)
        } catch let error as PostgresError {
            var result = DiffResult(diff: diff, schema: DiffSchema())
            result.problems = ["a server cannot be reached: \(error.message)"]
            return result
        } catch let error as WindowError {
            throw CommandFailure(.usage, error.message, hint: "--window takes FROM..TO, as PostgreSQL reads them.")
        }
    }

    /// Compares a champion with each of its challengers.
    func results(of models: [ModelComparison]) async throws -> [ModelResult] {
        let server = try server(models[0].truth.side)
        for model in models {
            for side in [model.champion.side, model.challenger.side] {
                let other = try self.server(side)
                guard other.settings.conninfo == server.settings.conninfo, other.searchPath == server.searchPath else {
                    throw CommandFailure(
                        .usage, "\(model.name): truth, champion and challenger are not on one target",
                        hint: "Models are compared on one server, in one snapshot; bring the predictions there.")
                }
            }
        }
        do {
            return try await ModelRunner(server: server.settings, context: context(server)).run(models)
        } catch let error as PostgresError {
            return models.map { model in
                var result = ModelResult(model)
                result.problems = ["the server cannot be reached: \(error.message)"]
                result.decide()
                return result
            }
        } catch let error as WindowError {
            throw CommandFailure(.usage, error.message, hint: "--window takes FROM..TO, as PostgreSQL reads them.")
        }
    }

    private func server(_ side: DiffSide) throws -> TargetResolver.Resolved {
        try side.target.map { try resolver.target(named: $0) } ?? resolver.target()
    }
}
