import Checks
import ExactJSON
import Execution
import StructuredSQL
import TestSupport
import Testing

/// Data on which kinds once passed, or failed, for the wrong reason.
struct FalsePassOfKindsTests {
    private func result(_ check: String, _ script: SQL) async throws -> CheckResult {
        try await TestServer.withDatabase { database in
            try await database.execute(script)
            let checks = try TestProject.checks("dataset: data\nchecks: [\(check)]")
            return try await TestProject.run(checks, on: database)[0]
        }
    }

    @Test(arguments: ["psi", "kl_divergence", "jensen_shannon", "hellinger", "l_infinity"])
    func aBaselineOfOneValueIsNotEverythingAboveIt(kind: String) async throws {
        let script: SQL = """
            CREATE TABLE data AS SELECT 1 AS b, 0 AS v FROM generate_series(1, 100)
            UNION ALL SELECT 0, 1000 + i FROM generate_series(1, 100) AS i
            """
        let moved = "{\(kind): {column: v, baseline_where: b = 1, max: 0.1}, where: b = 0}"
        #expect(try await result(moved, script).outcome == .fail)
        let same = "{\(kind): {column: v, baseline_where: b = 1, max: 0.1}, where: b = 1}"
        #expect(try await result(same, script).outcome == .pass)
    }

    @Test
    func aGroupThatIsNullHasItsOwnCategories() async throws {
        let script: SQL = """
            CREATE TABLE data (g text, v text, b int);
            INSERT INTO data VALUES (NULL, '1', 1), (NULL, '2', 0), ('a', '1', 1), ('a', '1', 0)
            """
        for kind in ["no_new_categories", "no_vanished_categories"] {
            let found = try await result(
                "{\(kind): {column: v, baseline_where: b = 1}, where: b = 0, group_by: g}", script)
            #expect(found.failing == 1 && found.total == 2, "\(kind)")
            #expect(found.groups?.worst.map(\.key.compactText) == [#"{"g":null}"#], "\(kind)")
        }
    }

    @Test
    func aColumnThatAnIndexOnlyIncludesDoesNotCount() async throws {
        let script: SQL = """
            CREATE TABLE parent (x int, y int, PRIMARY KEY (x, y));
            CREATE TABLE data (x int, y int, FOREIGN KEY (x, y) REFERENCES parent);
            CREATE INDEX ON data (y) INCLUDE (x); CREATE INDEX ON data USING brin (x, y)
            """
        #expect(try await result("{foreign_keys_indexed: {}}", script).failing == 1)
    }

    @Test
    func rangesThatMeetWhereBothBelongOverlap() async throws {
        let script: SQL = """
            CREATE TABLE data (r numrange);
            INSERT INTO data VALUES ('[1,2]'), ('[2,3]'), ('(3,4]'), ('[5,5]'), ('[5,6)')
            """
        #expect(try await result("{no_overlaps: {columns: r}}", script).failing == 4)
    }

    @Test
    func infinityIsNotBeforeTheFirstNumber() async throws {
        let script: SQL = """
            CREATE TABLE data (n float8);
            INSERT INTO data VALUES ('-Infinity'), (1), (2), (2), (4), (NULL), ('Infinity'), ('NaN')
            """
        #expect(try await result("{sequential: {column: n}}", script).failing == 5)
    }

    @Test
    func groupsMayBeCalledLikeWhatIsShown() async throws {
        let script: SQL = """
            CREATE TABLE data (value text, rows int, missing int, problem int, v text, at date);
            INSERT INTO data VALUES ('a', 1, 1, 1, 'x', '2026-01-01'), ('a', 1, 1, 1, 'y', '2026-01-03'), (NULL, 2, 2, 2, 'x', NULL)
            """
        for group in ["value", "rows", "missing", "problem"] {
            for check in [
                "required_values: {column: v, values: [x, y]}", "exact_values: {column: v, values: [x]}",
                "top_values: {column: v, values: [x]}", "no_new_categories: {column: v, baseline_where: v = 'x'}",
                "sequence_without_gaps: {column: at, every: day}",
            ] {
                let found = try await result("{\(check), group_by: \(group)}", script)
                #expect(found.outcome == .fail, "\(check) by \(group): \(found.failure?.message ?? "")")
            }
        }
    }

    @Test
    func nothingLoadedIsNotOnTimeInAnyGroup() async throws {
        let script: SQL = "CREATE TABLE data (g text, at timestamptz, v text)"
        let late = "{loaded_by: {column: at, at: '00:00', zone: UTC}, group_by: g}"
        #expect(try await result(late, script).outcome == .fail)
        #expect(try await result("{required_values: {column: v, values: [x]}, group_by: g}", script).outcome == .fail)
    }
}
