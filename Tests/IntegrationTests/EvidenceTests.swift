import Checks
import ExactJSON
import Execution
import StructuredSQL
import TestSupport
import Testing

/// What explains a value is shown with it, and personal values are not.
struct EvidenceTests {
    private static let script: SQL = """
        CREATE TABLE data (id int PRIMARY KEY, g text, x numeric, c text, email text);
        INSERT INTO data SELECT i, 'g' || i % 3, i % 10, 'c' || i % 4, 'p' || i || '@example.com' FROM generate_series(1, 100) AS i;
        INSERT INTO data VALUES (101, 'g1', 5000, 'new', 'x@example.com'), (102, 'g2', -900, 'new', 'y@example.com');
        CREATE TABLE before AS SELECT * FROM data WHERE id <= 100
        """

    private func result(_ check: String) async throws -> CheckResult {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.script)
            let checks = try TestProject.checks("{dataset: data, key: id, pii: {email: mask}, checks: [\(check)]}")
            return try await TestProject.run(checks, on: database)[0]
        }
    }

    private func ids(_ result: CheckResult) -> [Int] { result.evidence.compactMap { $0["id"]?.integer } }

    @Test(
        arguments: [
            ("{max: {column: x, max: 9}}", 101, "rows with the greatest values"),
            ("{min: {column: x, min: 0}}", 102, "rows with the least values"),
            ("{sum: {column: x, max: 10}}", 101, "rows with the greatest values"),
            ("{stddev: {column: x, max: 10}}", 101, "rows with values farthest from the mean"),
            ("{kurtosis: {column: x, max: 0}}", 101, "rows with values farthest from the mean"),
            ("{skewness: {column: x, max: 0}}", 101, "rows with the greatest values"),
            ("{value_range: {column: x, max: 0}}", 101, "rows with values farthest from the mean"),
        ])
    func rowsExplainAValue(check: String, first: Int, title: String) async throws {
        let result = try await result(check)
        #expect(result.evidence.count == 3 && ids(result).first == first, "\(result.evidence)")
        #expect(result.evidenceTitle == title)
        // Whole rows, masked.
        #expect(result.evidence.allSatisfy { $0["email"]?.string?.hasSuffix("***") == true })
    }

    @Test
    func aSpreadThatIsTooSmallHasNoRowsBehindIt() async throws {
        let result = try await result("{stddev: {column: x, min: 100000}}")
        #expect(result.outcome == .fail && result.evidence.isEmpty && result.evidenceTitle == nil)
    }

    @Test
    func ofGroupsTheWorstIsExplained() async throws {
        let result = try await result("{max: {column: x, max: 8}, group_by: g}")
        #expect(result.outcome == .fail && ids(result).first == 101)
        #expect(result.evidence.allSatisfy { $0["g"]?.string == "g1" })
    }

    @Test
    func driftIsExplainedByWhatMoved() async throws {
        let values = try await result("{psi: {column: c, baseline: before, min_rows: 3, max: 0}}")
        #expect(
            values.evidence.first?.compactText == #"{"value":"new","percent_now":1.96,"percent_before":0.00}"#,
            "\(values.evidence)")
        #expect(values.evidenceTitle == "values that changed most")
        let bins = try await result(
            "{chi_square: {column: x, baseline: before, edges: [0, 5, 10], min_rows: 3, min: 1}}")
        #expect(bins.evidence.count == 3 && bins.evidence[0]["percent_now"] != nil && bins.evidence[0]["from"] != nil)
    }

    @Test
    func personalValuesAreMaskedUnderWhateverName() async throws {
        for check in [
            "{no_new_categories: {column: email, baseline: before}}",
            "{exact_values: {column: email, values: [a@example.com]}}",
        ] {
            let result = try await result(check)
            #expect(result.outcome == .fail && !result.rows.sample.isEmpty)
            #expect(
                result.rows.sample.allSatisfy { $0["value"]?.string?.hasSuffix("***") == true }, "\(result.rows.sample)"
            )
        }
        let drift = try await result("{psi: {column: email, baseline: before, min_rows: 3, max: 0}}")
        #expect(drift.outcome == .fail && drift.evidence.isEmpty)
    }
}
