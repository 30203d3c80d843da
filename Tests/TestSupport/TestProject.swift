package import CheckFiles
package import Checks
package import Execution

/// Makes checks from the text of a suite, as a user writes them.
package enum TestProject {
    /// The checks of one suite.
    ///
    /// - Throws: A ``Mistakes`` with everything the loader found wrong.
    package static func checks(_ suite: String) throws -> [Check] {
        try checks(files: [SourceFile(path: "suite.yaml", text: suite)])
    }

    package static func checks(files: [SourceFile]) throws -> [Check] {
        let project = ProjectLoader.load(files)
        guard !project.hasErrors else { throw Mistakes(diagnostics: project.diagnostics) }
        return project.checks
    }

    /// What the loader found wrong in a suite that a test took for right.
    package struct Mistakes: Error, CustomStringConvertible {
        package var diagnostics: [Diagnostic]

        package var description: String {
            diagnostics.map { "\($0.location): \($0.message)" }.joined(separator: "\n")
        }
    }

    /// Evaluates checks and fetches their rows, as a run does.
    package static func run(
        _ checks: [Check],
        on database: TestServer.Database,
        settings: AuditSettings = AuditSettings(jobs: 2, sampleSize: .max),
        window: (from: String, to: String)? = nil
    ) async throws -> [CheckResult] {
        let audit = try await Audit.begin(database.settings, checks: checks, settings: settings, window: window)
        try await audit.evaluate()
        try await audit.collectRows(into: nil)
        return await audit.finish()
    }
}
