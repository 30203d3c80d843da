package import Comparison
package import ExactJSON
package import Postgres
import StructuredSQL

/// What one comparison came to, as it is recorded.
package struct ComparisonRecord: Sendable {
    /// A UUID.
    package var id: String
    package var name: String
    /// `diff`, or what models predict.
    package var task: String
    /// What was asked: another definition is another question.
    package var definition: JSONValue
    package var championVersion: String?
    package var challengerVersion: String?
    package var verdict: String
    package var reasons: [String]
    /// Everything but rows.
    package var body: JSONValue
    /// Some differing rows.
    package var sample: JSONValue
    /// The instant of the snapshot, as PostgreSQL reads it.
    package var observedAt: String?

    package init(
        id: String, name: String, task: String, definition: JSONValue, verdict: String, reasons: [String],
        body: JSONValue, sample: JSONValue
    ) {
        self.id = id
        self.name = name
        self.task = task
        self.definition = definition
        self.verdict = verdict
        self.reasons = reasons
        self.body = body
        self.sample = sample
    }

    /// Tells definitions apart.
    package var definitionSHA256: String { Digest.sha256(definition.compactText) }
}

/// Records comparisons, and reads them back.
package struct ComparisonLedger: Sendable {
    private let connection: Connection
    private let schema: String

    package init(connection: Connection, schema: String) {
        self.connection = connection
        self.schema = schema
    }

    /// Records one.
    ///
    /// - Parameters:
    ///   - record: What it came to.
    ///   - version: Of Assay.
    ///   - revision: Of the project's files; `nil` where it is not known.
    ///   - host: Where it ran.
    /// - Returns: How often this definition has been compared, this time included.
    /// - Throws: A ``PostgresError`` if it cannot be written.
    package func record(
        _ record: ComparisonRecord, assay version: String, revision: String?, host: String?
    ) async throws(PostgresError) -> Int {
        try await connection.row(
            """
            INSERT INTO \(identifier: schema, "comparison") (comparison_id, name, task, definition_sha256, definition,
                champion_version, challenger_version, verdict, reasons, look, body, sample, assay_version, project_revision, host,
                observed_at)
            SELECT \(bind: record.id)::pg_catalog.uuid, \(bind: record.name), \(bind: record.task), \(bind: record.definitionSHA256),
                \(bind: record.definition.compactText)::pg_catalog.jsonb, \(bind: record.championVersion),
                \(bind: record.challengerVersion), \(bind: record.verdict), \(bind: SQLArray.text(record.reasons))::pg_catalog.text[],
                1 + (
                    SELECT count(*) FROM \(identifier: schema, "comparison") AS c
                    WHERE c.definition_sha256 = \(bind: record.definitionSHA256) AND c.name = \(bind: record.name)
                        AND c.verdict <> 'incomplete' AND c.observed_at IS NOT NULL
                ), \(bind: record.body.compactText)::pg_catalog.jsonb, \(bind: record.sample.compactText)::pg_catalog.jsonb,
                \(bind: version), \(bind: revision), \(bind: host), \(bind: record.observedAt)::pg_catalog.timestamptz
            RETURNING look
            """
        ).integer(0)
    }

    /// The newest comparisons of each name, oldest first.
    ///
    /// - Parameters:
    ///   - pattern: Names to read, with `*` for any text; `nil` means all.
    ///   - limit: Most of each.
    /// - Returns: Comparisons by name and time.
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func entries(matching pattern: String?, limit: Int) async throws(PostgresError) -> [RecordedComparison] {
        let rows = try await connection.rows(
            """
            SELECT name, champion_version, challenger_version, verdict, pg_catalog.to_json(reasons)::pg_catalog.text, look,
                pg_catalog.to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"'),
                (
                    SELECT m.value::pg_catalog.text FROM pg_catalog.jsonb_array_elements(body -> 'metrics') AS m
                    WHERE m.value ->> 'metric' = body -> 'comparison' -> 'primary' ->> 'metric' AND m.value -> 'slice' = 'null'
                    LIMIT 1
                )
            FROM (
                SELECT *, coalesce(observed_at, recorded_at) AS moment,
                    row_number() OVER (PARTITION BY name ORDER BY coalesce(observed_at, recorded_at) DESC, comparison_id DESC) AS age
                FROM \(identifier: schema, "comparison") WHERE name LIKE \(bind: History.like(pattern))
            ) AS c
            WHERE age <= \(bind: limit)::pg_catalog.int8 ORDER BY name, moment, comparison_id
            """)
        var entries: [RecordedComparison] = []
        for row in rows {
            let reasons = row[4].flatMap { try? JSONValue(parsing: $0) }
            entries.append(
                RecordedComparison(
                    name: try row.text(0), time: try row.text(6), champion: row[1], challenger: row[2],
                    verdict: try row.text(3), reasons: (reasons?.elements ?? []).compactMap(\.string),
                    look: try row.integer(5), primary: row[7].flatMap { try? JSONValue(parsing: $0) }))
        }
        return entries
    }
}
