import Checks
import Execution
import Planning
import TestSupport
import Testing

/// The docs' examples do what the docs say.
struct KindExampleTests {
    @Test
    func everyExampleGivesWhatItsKindSays() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(ExampleData.script)
            let kinds = KindCatalogue.all.map { $0.definition }
            for dataset in Set(kinds.map(\.example.dataset)).sorted() {
                let kinds = kinds.filter { $0.example.dataset == dataset }
                let suite = ["dataset: \(dataset)", "checks:"] + kinds.map { "  - \($0.example.check)" }
                let checks = try TestProject.checks(suite.joined(separator: "\n"))
                #expect(checks.map(\.kindName) == kinds.map(\.name))
                let past = zip(checks, kinds).compactMap { check, kind in kind.example.past.map { (check.id, $0) } }
                let results = try await TestProject.run(
                    checks, on: database, past: .known(Dictionary(uniqueKeysWithValues: past)))
                for (kind, result) in zip(kinds, results) {
                    #expect(
                        kind.example.fits(result), "\(kind.name): \(result.summary) \(result.failure?.message ?? "")")
                }
            }
        }
    }
}

extension KindExample {
    /// What earlier runs of the example recorded.
    fileprivate var past: Past? {
        let day = 86_400_000_000
        func moment(_ number: Int) -> Moment {
            Moment(time: Timestamp(microseconds: number * day), weekday: number % 7 + 1, hour: 0)
        }
        switch earlier {
        case nil: return nil
        case .alterations(let schema, _)?: return Past(schema: schema)
        case .runs(let metrics)?:
            return Past(
                moments: [moment(metrics.count)],
                measurements: metrics.enumerated().map { PastMeasurement(moment: moment($0), metric: $1) })
        }
    }

    /// Whether this is what came of it; a number may have been rounded to six digits, and an age is left out.
    fileprivate func fits(_ result: CheckResult) -> Bool {
        if result.check.kind is Fresh { return self.result == result.outcome.rawValue }
        guard let value = result.value.flatMap(Double.init), let own = number else {
            return self.result == result.summary
        }
        return self.result.hasPrefix(result.outcome.rawValue + ": ")
            && abs(value - own) <= 1e-5 * max(abs(value), abs(own))
    }

    private var number: Double? { result.split(separator: " ").last.flatMap { Double($0) } }
}

extension CheckResult {
    /// The outcome and what was measured.
    fileprivate var summary: String {
        if let value { return "\(outcome.rawValue): \(value)" }
        guard let failing else { return outcome.rawValue }
        return "\(outcome.rawValue): \(failing)" + (total.map { " of \($0)" } ?? "")
    }
}
