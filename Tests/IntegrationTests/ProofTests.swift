import Checks
import Execution
import StructuredSQL
import TestSupport
import Testing

/// A proof must never pass what the rows would fail.
struct ProofTests {
    private static let suite = """
        dataset: child
        columns:
          id: [not_null, unique]
          code: [unique, not_null]
          parent: {references: parent.id}
          mood: {accepted_values: [sad, ok], nulls: fail}
        """

    private static let healthy: SQL = """
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        CREATE TABLE parent (id int PRIMARY KEY);
        INSERT INTO parent VALUES (1), (2);
        CREATE TABLE child (id int PRIMARY KEY, code int UNIQUE NOT NULL, parent int REFERENCES parent, mood mood NOT NULL);
        INSERT INTO child VALUES (1, 1, 1, 'ok'), (2, 2, NULL, 'sad')
        """

    private func proved(_ database: TestServer.Database) async throws -> [String] {
        let results = try await TestProject.run(TestProject.checks(Self.suite), on: database)
        return results.filter { $0.provedBy != nil }.map(\.check.id)
    }

    @Test
    func constraintsProveWhatTheySay() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.healthy)
            #expect(
                try await proved(database) == [
                    "child.id.not_null", "child.id.unique", "child.code.unique", "child.code.not_null",
                    "child.parent.references", "child.mood.accepted_values",
                ])
        }
    }

    /// Each change takes a proof away; the data could now be wrong without the constraint noticing.
    @Test(arguments: [
        ("ALTER TABLE child ALTER code DROP NOT NULL", "child.code.not_null"),
        ("ALTER TABLE child DROP CONSTRAINT child_code_key", "child.code.unique"),
        (
            "ALTER TABLE child DROP CONSTRAINT child_code_key; CREATE UNIQUE INDEX ON child (code) WHERE id > 5",
            "child.code.unique"
        ),
        (
            "ALTER TABLE child DROP CONSTRAINT child_code_key; CREATE UNIQUE INDEX ON child (abs(code))",
            "child.code.unique"
        ),
        (
            "ALTER TABLE child DROP CONSTRAINT child_code_key; ALTER TABLE child ADD UNIQUE (code) DEFERRABLE",
            "child.code.unique"
        ),
        (
            "ALTER TABLE child DROP CONSTRAINT child_parent_fkey; ALTER TABLE child ADD FOREIGN KEY (parent) REFERENCES parent NOT VALID",
            "child.parent.references"
        ),
        ("ALTER TABLE child DISABLE TRIGGER ALL", "child.parent.references"),
        ("ALTER TYPE mood ADD VALUE 'happy'", "child.mood.accepted_values"),
        ("ALTER TABLE child ALTER mood DROP NOT NULL", "child.mood.accepted_values"),
        ("CREATE TABLE grandchild () INHERITS (child)", "child.id.unique"),
        (
            "ALTER TABLE child RENAME TO base; CREATE VIEW child AS SELECT id, code, parent, NULL::mood AS mood FROM base",
            "child.id.not_null"
        ),
    ])
    func aConstraintThatDoesNotHoldForAllRowsProvesNothing(change: String, check: String) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.healthy)
            try await database.execute(SQL(quotedByServer: change))
            #expect(try await !proved(database).contains(check))
        }
    }
}
