package import CheckFiles
package import Checks
package import Execution
package import Planning

/// Makes checks from the text of a suite, as a user writes them.
package enum TestProject {
    /// The checks of one suite.
    ///
    /// - Throws: A ``Mistakes`` with everything the loader found wrong.
    package static func checks(_ suite: String) throws -> [Check] {
        try checks(files: [SourceFile(path: "suite.yaml", text: suite)])
    }

    package static func checks(files: [SourceFile]) throws -> [Check] {
        try project(files: files).checks
    }

    package static func project(files: [SourceFile]) throws -> Project {
        let project = ProjectLoader.load(files)
        guard !project.hasErrors else { throw Mistakes(diagnostics: project.diagnostics) }
        return project
    }

    /// What the loader found wrong in a suite that a test took for right.
    package struct Mistakes: Error, CustomStringConvertible {
        package var diagnostics: [Diagnostic]

        package var description: String {
            diagnostics.map { "\($0.location): \($0.message)" }.joined(separator: "\n")
        }
    }

    /// Something for each check that compares with earlier runs: what they may have measured and seen.
    package static func past(for checks: [Check]) -> PlanningContext.PastAccess {
        let measurements = (0..<20).map { day in
            PastMeasurement(moment: moment(day: day), metric: String(20 + day * day % 7))
        }
        let columns = [RelationSchema.Column(name: "gone", type: "text", isNotNull: true)]
        var past: [String: Past] = [:]
        for check in checks where (check.kind as? any PastKind)?.need != nil {
            past[check.id] = Past(
                moments: [moment(day: 20)], measurements: measurements,
                schema: RelationSchema(kind: "table", columns: columns, primaryKey: []),
                histogram: RecordedHistogram(bins: .values(["abc", "dd"]), counts: [3, 4]))
        }
        return .known(past)
    }

    /// Noon of a day, counted from a Thursday.
    package static func moment(day: Int) -> Moment {
        Moment(time: Timestamp(microseconds: (day * 24 + 12) * 3_600_000_000), weekday: (day + 3) % 7 + 1, hour: 12)
    }

    /// Evaluates checks and fetches their rows, as a run does.
    package static func run(
        _ checks: [Check],
        on database: TestServer.Database,
        settings: AuditSettings = AuditSettings(jobs: 2, sampleSize: .max),
        window: (from: String, to: String)? = nil,
        past: PlanningContext.PastAccess = .unread
    ) async throws -> [CheckResult] {
        let audit = try await Audit.begin(
            database.settings, checks: checks, settings: settings, window: window, past: { _ in past })
        try await audit.evaluate()
        try await audit.collectRows(into: nil)
        return await audit.finish()
    }
}
