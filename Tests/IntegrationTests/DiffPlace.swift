import CheckFiles
import Comparison
import Execution
import Postgres
import TestSupport
import Testing

/// Where the sides of a comparison are: on one server, or on two, which here are the same one reached twice.
///
/// Of two it says what travels from them; where no constraint proves the key hashes do.
enum DiffPlace: String, CaseIterable {
    case oneServer, hashes, rows, checksums

    /// Compares as the file says; `suite` says what is personal.
    func compare(
        _ file: String, on database: TestServer.Database, suite: String? = nil,
        searchPaths: (left: [String], right: [String]) = ([], []),
        context change: (inout TableDiffRunner.Context) -> Void = { _ in },
        sink: @escaping @Sendable (DiffRow) async throws -> Void = { _ in }
    ) async throws -> DiffResult {
        let files =
            [SourceFile(path: "c.yaml", text: file)] + (suite.map { [SourceFile(path: "s.yaml", text: $0)] } ?? [])
        let project = try TestProject.project(files: files)
        var diff = try #require(project.diffs.first)
        var context = TableDiffRunner.Context(
            settings: AuditSettings(jobs: 2, searchPath: searchPaths.left), masking: project.masking,
            rightSearchPath: searchPaths.right)
        change(&context)
        if self == .oneServer {
            return try await TableDiffRunner(server: database.settings, context: context).run(diff, sink: sink)
        }
        diff.method = TransferMethod(rawValue: rawValue)
        return try await ServerDiffRunner(left: database.settings, right: database.settings, context: context)
            .run(diff, sink: sink)
    }
}
