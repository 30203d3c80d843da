package import Postgres
import StructuredSQL

/// Creates and upgrades the results schema.
package struct Migrator {
    private let connection: Connection
    private let schema: String

    /// What a schema is, seen from this version of Assay.
    package enum State: Sendable, Hashable {
        case missing
        /// Some steps are still to be made.
        case behind(version: Int)
        case current
        /// Made by a newer Assay.
        case ahead(version: Int)

        /// Why this version can neither read nor write the schema, and what to do; `nil` if it can.
        package func problem(of schema: String) -> (message: String, hint: String)? {
            let name = "the results schema \"\(schema)\""
            return switch self {
            case .current: nil
            case .missing: ("\(name) does not exist", "Run \"assay migrate\" once.")
            case .behind(let version):
                ("\(name) is at version \(version), older than this Assay", "Run \"assay migrate\".")
            case .ahead(let version): ("\(name) is at version \(version), made by a newer Assay", "Upgrade Assay.")
            }
        }
    }

    package init(connection: Connection, schema: String) {
        self.connection = connection
        self.schema = schema
    }

    /// Compares the schema with the steps this version knows.
    package func state() async throws(PostgresError) -> State {
        let table: SQL = "\(identifier: schema, "schema_migration")"
        let existence: SQL = "SELECT pg_catalog.to_regclass(\(bind: table.literalText)) IS NOT NULL"
        let newestStep: SQL = "SELECT coalesce(max(version), 0) FROM \(table)"
        let version: Int
        if await connection.isInTransaction {
            // A question about a table that is not there would spoil the transaction.
            guard try await connection.row(existence).boolean(0) else { return .missing }
            version = try await connection.row(newestStep).integer(0)
        } else {
            let answers = try await connection.batch([existence, newestStep])
            guard try answers.first?.rows.get().first?.boolean(0) == true else { return .missing }
            version = try answers.last?.rows.get().first?.integer(0) ?? 0
        }
        let newest = Migration.all.last?.version ?? 0
        return version == newest ? .current : version < newest ? .behind(version: version) : .ahead(version: version)
    }

    /// Makes the missing steps, all or none, alone at a time.
    ///
    /// - Returns: The steps that were made.
    package func migrate() async throws -> [Migration] {
        try await connection.execute(script: "BEGIN ISOLATION LEVEL READ COMMITTED")
        do {
            _ = try await connection.row(
                """
                SELECT pg_catalog.pg_advisory_xact_lock(
                    pg_catalog.hashtextextended(\(bind: "assay migrate " + schema), 0))
                """
            )
            let encoding = try await connection.row("SELECT pg_catalog.current_setting('server_encoding')").text(0)
            guard encoding == "UTF8" else {
                throw PostgresError(
                    .client, "the results database is encoded in \(encoding), which cannot hold every text",
                    hint: "Use a database with ENCODING 'UTF8' for results.")
            }
            var from = 0
            switch try await state() {
            case .missing: try await createSchema()
            case .behind(let version): from = version
            case .current:
                try await connection.execute(script: "ROLLBACK")
                return []
            case .ahead(let version):
                throw PostgresError(
                    .client, "schema \"\(schema)\" is at version \(version), made by a newer Assay",
                    hint: "Upgrade Assay, or use another results schema.")
            }
            let steps = Migration.all.filter { $0.version > from }
            for step in steps {
                try await connection.execute(script: step.sql(schema: schema))
                _ = try await connection.rows(
                    """
                    INSERT INTO \(identifier: schema, "schema_migration") (version, name, sha256)
                    VALUES (\(bind: step.version), \(bind: step.name), \(bind: step.sha256))
                    """
                )
            }
            try await connection.execute(script: "COMMIT")
            return steps
        } catch {
            try? await connection.execute(script: "ROLLBACK")
            throw error
        }
    }

    /// All steps as one script for psql, for who must not or will not let Assay make them.
    package static func script(schema: String) -> String {
        let steps = Migration.all.map { step -> String in
            let record: SQL = """
                INSERT INTO \(identifier: schema, "schema_migration") (version, name, sha256)
                VALUES (\(bind: step.version), \(bind: step.name), \(bind: step.sha256));
                """
            return step.sql(schema: schema).literalText + "\n" + record.literalText
        }
        return
            ([
                "BEGIN ISOLATION LEVEL READ COMMITTED;",
                "CREATE SCHEMA IF NOT EXISTS \(SQL.quoted(identifier: schema));", bookkeeping(schema),
            ] + steps
            + ["COMMIT;"]).joined(separator: "\n\n") + "\n"
    }

    /// A role without CREATE on the database may use a schema that somebody made for it.
    private func createSchema() async throws(PostgresError) {
        let exists = try await connection.row(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = \(bind: schema))"
        ).boolean(0)
        if !exists { try await connection.execute(script: "CREATE SCHEMA \(identifier: schema)") }
        try await connection.execute(script: SQL(quotedByServer: Self.bookkeeping(schema)))
    }

    private static func bookkeeping(_ schema: String) -> String {
        let table = "\(SQL.quoted(identifier: schema)).schema_migration"
        return """
            CREATE TABLE \(table) (
                version integer PRIMARY KEY,
                name text NOT NULL,
                sha256 text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
            );
            COMMENT ON TABLE \(table) IS 'Steps of the results schema of Assay; forward only.';
            """
    }
}
