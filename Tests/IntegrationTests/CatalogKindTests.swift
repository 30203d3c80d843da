import Checks
import ExactJSON
import Execution
import StructuredSQL
import TestSupport
import Testing

/// Kinds that look at the schema, or at objects that belong to a relation.
struct CatalogKindTests {
    /// What a suite's only check comes to.
    private func result(
        _ check: String, on dataset: String, in database: TestServer.Database
    ) async throws -> CheckResult {
        let checks = try TestProject.checks("dataset: \(dataset)\nkeep: all\nchecks: [\(check)]")
        return try await TestProject.run(checks, on: database)[0]
    }

    /// The failing rows as JSON.
    private func rows(_ check: String, on dataset: String, in database: TestServer.Database) async throws -> [String] {
        let result = try await result(check, on: dataset, in: database)
        #expect(result.failing == result.rows.sample.count, "\(check): \(result.failure?.message ?? "")")
        return result.rows.sample.map(\.compactText).sorted()
    }

    @Test
    func schemasAreComparedWithWhatIsAsked() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TYPE mood AS ENUM ('sad', 'ok');
                CREATE TABLE a (id int, "Name" text, at timestamptz, mood mood);
                CREATE TABLE b (id bigint, "Name" text, mood mood, extra int);
                CREATE VIEW v AS SELECT * FROM a
                """)
            let cases: [(check: String, dataset: String, failing: Int, reason: String)] = [
                ("{table_exists: {}}", "a", 0, "public.a is a table"),
                ("{table_exists: table}", "v", 1, "public.v is a view, not a table"),
                ("{table_exists: {}}", "nope", 1, "relation \"nope\" does not exist"),
                ("{column_absent: [gone, name]}", "a", 0, "none of 2 columns is there"),
                ("{column_absent: [gone, Name, at]}", "a", 2, "public.a has column \"Name\", \"at\""),
                ("{column_set: [id, Name, at, mood]}", "a", 0, "all 4 columns are as they should be"),
                (
                    "{column_set: [id, at, nope]}", "a", 3,
                    "public.a has no column \"nope\" and also has \"Name\", \"mood\""
                ),
                ("{column_set: {columns: [at, id], allow_extra: true}}", "a", 0, "all 2 columns are as they should be"),
                (
                    "{column_set: {columns: [at, id], allow_extra: true, ordered: true}}", "a", 2,
                    "public.a has \"id\", \"at\" in another order"
                ),
                (
                    "{column_set: {columns: [id, Name, at], optional: mood}}", "a", 0,
                    "all 3 columns are as they should be"
                ),
                ("{column_count: {min: 5}}", "a", 1, "public.a has 4 columns"),
                ("{column_count: {same_as: b}}", "a", 0, "public.a has 4 columns, public.b 4"),
                (
                    "{same_columns: b}", "a", 3,
                    "only public.a has \"at\"; only public.b has \"extra\"; \"id\" is integer here and bigint there"
                ),
                ("{same_columns: {as: b, ignore_types: true, except: [at, extra]}}", "a", 0, "the same 3 columns"),
                ("{enum_labels: {column: mood, labels: [ok, sad]}}", "a", 0, "type public.mood has these labels"),
                (
                    "{enum_labels: {column: mood, labels: [ok, sad], ordered: true}}", "a", 1,
                    "type public.mood has its labels in another order"
                ),
                (
                    "{enum_labels: {column: mood, labels: [ok, glad]}}", "a", 2,
                    "type public.mood has no label \"glad\" and also has \"sad\""
                ),
            ]
            for one in cases {
                let result = try await result(one.check, on: one.dataset, in: database)
                #expect(result.failing == one.failing, "\(one.check): \(result.failure?.message ?? "")")
                #expect(result.reason == one.reason, "\(one.check)")
                #expect(result.outcome == (one.failing > 0 ? .fail : .pass))
            }
            #expect(try await rows("{column_names: '^[a-z]+$'}", on: "a", in: database) == [#"{"column":"Name"}"#])
        }
    }

    @Test
    func objectsThatFailAreShown() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE parent (id int PRIMARY KEY, other int UNIQUE);
                CREATE UNLOGGED TABLE child (id smallint GENERATED ALWAYS AS IDENTITY, big bigserial, parent int, p2 int, n int);
                ALTER TABLE child ADD CONSTRAINT indexed FOREIGN KEY (parent) REFERENCES parent;
                ALTER TABLE child ADD CONSTRAINT bare FOREIGN KEY (p2) REFERENCES parent (other) NOT VALID;
                ALTER TABLE child ADD CONSTRAINT small CHECK (n < 10) NOT VALID;
                CREATE INDEX ON child (parent, n); CREATE INDEX ON child (p2) WHERE n > 0; CREATE INDEX broken ON child (n);
                UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass;
                SELECT setval('child_id_seq', 30000);
                GRANT SELECT, INSERT ON child TO PUBLIC; GRANT UPDATE (n) ON child TO PUBLIC;
                CREATE MATERIALIZED VIEW later AS SELECT 1 AS x WITH NO DATA;
                INSERT INTO child (n) SELECT g FROM generate_series(1, 5) AS g; ANALYZE child
                """)
            #expect(
                try await rows("{constraints_validated: {}}", on: "child", in: database) == [
                    #"{"relation":"public.child","constraint":"bare"}"#,
                    #"{"relation":"public.child","constraint":"small"}"#,
                ])
            #expect(
                try await rows("{indexes_valid: {}}", on: "child", in: database) == [
                    #"{"relation":"public.child","index":"public.broken"}"#
                ])
            #expect(
                try await rows("{foreign_keys_indexed: {}}", on: "child", in: database).map { $0.contains("bare") } == [
                    true
                ])
            let sequences = try await rows("{sequence_headroom: {}}", on: "child", in: database)
            #expect(
                sequences.count == 1
                    && sequences[0].contains(#""last_value":30005,"ends_at":32767,"percent_left":8.43"#))
            #expect(try await rows("{sequence_headroom: {min_percent: 5}}", on: "child", in: database) == [])
            #expect(try await rows("{logged: {}}", on: "child", in: database) == [#"{"relation":"public.child"}"#])
            #expect(try await rows("{logged: {}}", on: "parent", in: database) == [])
            #expect(
                try await rows("{row_security: {}}", on: "parent", in: database) == [#"{"relation":"public.parent"}"#])
            #expect(
                try await rows("{not_public: {}}", on: "child", in: database) == [
                    #"{"column":"n","privilege":"UPDATE"}"#, #"{"column":null,"privilege":"INSERT"}"#,
                    #"{"column":null,"privilege":"SELECT"}"#,
                ])
            #expect(try await result("{not_public: {columns: p2}}", on: "child", in: database).failing == 2)
            #expect(try await result("{statistics_fresh: 1d}", on: "parent", in: database).failing == 1)
            #expect(try await result("{statistics_fresh: 1d}", on: "child", in: database).failing == 0)
            #expect(try await result("{populated: {}}", on: "later", in: database).failing == 1)
            #expect(try await result("{transaction_age: {}}", on: "child", in: database).failing == 0)
            #expect(try await result("{transaction_age: 0}", on: "child", in: database).failing == 1)
            #expect(try await result("{collations_current: {}}", on: "child", in: database).failing == 0)
            try await database.execute("UPDATE pg_collation SET collversion = '1' WHERE collname = 'C.utf8'")
            try await database.execute("CREATE TABLE sorted (t text COLLATE \"C.utf8\")")
            try await database.execute("DELETE FROM child; DELETE FROM child")
            #expect(try await result("{not_bloated: {min_rows: 10}}", on: "child", in: database).failing == 0)
            #expect(try await result("{replication_lag: 1s}", on: "child", in: database).value == "0")
        }
    }

    @Test
    func partitionsAreWhereTheyAreNeeded() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE days (at timestamptz, n int) PARTITION BY RANGE (at);
                CREATE TABLE d0 PARTITION OF days FOR VALUES FROM (MINVALUE) TO (date_trunc('day', now()) - interval '3 days');
                CREATE TABLE d1 PARTITION OF days FOR VALUES FROM (date_trunc('day', now()) - interval '1 day')
                    TO (date_trunc('day', now()) + interval '2 days');
                CREATE TABLE rest PARTITION OF days DEFAULT PARTITION BY RANGE (n);
                CREATE TABLE rest0 PARTITION OF rest DEFAULT;
                INSERT INTO days VALUES (now(), 1), (now() - interval '2 days', 2), (now() + interval '9 days', 3), (NULL, 4);
                CREATE TABLE numbers (n int) PARTITION BY RANGE (n);
                CREATE TABLE n2 PARTITION OF numbers FOR VALUES FROM (9) TO (100);
                CREATE TABLE n1 PARTITION OF numbers FOR VALUES FROM (1) TO (9);
                """)
            let stray = try await result("{default_partition_empty: {}}", on: "days", in: database)
            #expect(stray.failing == 3 && stray.total == 4)
            #expect(stray.rows.sample.compactMap { $0["n"]?.compactText }.sorted() == ["2", "3", "4"])
            let ahead = try await result("{partitions_ahead: {every: day, next: 3}}", on: "days", in: database)
            #expect(ahead.failing == 2 && ahead.total == 4)
            #expect(try await result("{partitions_ahead: day}", on: "days", in: database).failing == 0)
            #expect(
                try await rows("{partitions_contiguous: {}}", on: "days", in: database).map { $0.contains("public.d1") }
                    == [true])
            #expect(try await result("{partitions_contiguous: {}}", on: "numbers", in: database).failing == 0)
            try await database.execute("CREATE TABLE n3 PARTITION OF numbers FOR VALUES FROM (101) TO (200)")
            #expect(
                try await rows("{partitions_contiguous: {}}", on: "numbers", in: database).map { $0.contains("n3") }
                    == [true])
            #expect(try await result("{partitions_contiguous: {}}", on: "d0", in: database).outcome == .error)
        }
    }

    @Test
    func valuesThatAreMissingAreRows() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
                CREATE TABLE data (g text, v varchar(2), n numeric(4,1), mood mood);
                INSERT INTO data VALUES ('a', 'x', 1.0, 'ok'), ('a', 'y', 2.5, 'ok'), ('b', 'x', NULL, 'sad'), ('b', 'x', 1, NULL),
                    (NULL, NULL, 7, NULL);
                CREATE TABLE other (g text, v text, n numeric, k int);
                INSERT INTO other VALUES ('a', 'x', 1, 1), ('a', 'y', 2.5, 2), ('b', 'x', NULL, 3), ('c', 'x', 1, 4), (NULL, NULL, 8, 5)
                """)
            let cases: [(check: String, rows: [String], total: Int?)] = [
                (
                    "{required_values: {column: v, values: [x, y, xx, xxx]}}",
                    [#"{"value":"xx"}"#, #"{"value":"xxx"}"#], 4
                ),
                ("{required_values: {column: n, values: [1, 2.50, 2.55]}}", [#"{"value":2.55}"#], 3),
                ("{all_labels_used: mood}", [#"{"value":"glad"}"#], 3),
                (
                    "{exact_values: {column: v, values: [x, z]}}",
                    [#"{"value":"y","problem":"unexpected"}"#, #"{"value":"z","problem":"missing"}"#], 3
                ),
                ("{top_values: {column: v, values: [x]}}", [], 1),
                ("{top_values: {column: v, values: [x], top: 2}}", [#"{"value":"y","rows":1}"#], 2),
                (
                    "{aggregates_match: {expression: sum(n), as: other, by: g}}",
                    [
                        #"{"g":"b","here":"1.0","there":null}"#, #"{"g":"c","here":null,"there":"1"}"#,
                        #"{"g":null,"here":"7.0","there":"8"}"#,
                    ], 4
                ),
                ("{aggregates_match: {expression: count(*), as: other}}", [], 1),
                ("{aggregates_match: {expression: sum(n), as: other, tolerance: 1}}", [], 1),
                (
                    "{aggregates_match: {expression: sum(n), as: other, tolerance_percent: 7}}",
                    [#"{"here":"11.5","there":"12.5"}"#], 1
                ),
                (
                    "{same_rows: {as: other, columns: [g, v, n]}}",
                    [
                        #"{"assay:side":"here","g":"b","v":"x","n":1}"#,
                        #"{"assay:side":"here","g":null,"v":null,"n":7}"#,
                        #"{"assay:side":"there","g":"c","v":"x","n":1}"#,
                        #"{"assay:side":"there","g":null,"v":null,"n":8}"#,
                    ], 10
                ),
            ]
            for one in cases {
                let result = try await result(one.check, on: "data", in: database)
                #expect(
                    result.rows.sample.map(\.compactText).map {
                        $0.replacing("1.0}", with: "1}").replacing("7.0}", with: "7}")
                    }.sorted()
                        == one.rows, "\(one.check): \(result.failure?.message ?? "")")
                #expect(result.failing == one.rows.count && result.total == one.total, "\(one.check)")
            }
            let grouped = try await result(
                "{required_values: {column: v, values: [x, y]}, group_by: g}", on: "data", in: database)
            #expect(grouped.failing == 3 && grouped.total == 6)
            #expect(grouped.groups?.worst.map(\.key.compactText) == [#"{"g":null}"#, #"{"g":"b"}"#])
        }
    }

    @Test
    func periodsAreInOrder() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE periods (id int, k text, a int, b int, r int4range);
                INSERT INTO periods (id, k, a, b) VALUES (1, 'x', 1, 5), (2, 'x', 5, 7), (3, 'x', 6, 9), (4, 'x', 12, NULL),
                    (5, 'y', NULL, 3), (6, 'y', 3, 4), (7, 'y', 3, 3), (8, NULL, 1, 9), (9, NULL, 2, 3), (10, 'z', 1, 20),
                    (11, 'z', 2, 3), (12, 'z', 15, 16), (13, 'w', NULL, NULL), (14, 'w', 1, 2), (15, 'x', 9, 8);
                UPDATE periods SET r = CASE WHEN b <= a THEN 'empty' ELSE int4range(a, b) END
                """)
            for columns in ["[a, b]", "[r]"] {
                func ids(_ kind: String) async throws -> [Int] {
                    try await result("{\(kind): {columns: \(columns), per: k}}", on: "periods", in: database).rows
                        .sample
                        .compactMap { $0["id"].flatMap { Int($0.compactText) } }.sorted()
                }
                #expect(try await ids("no_overlaps") == [2, 3, 10, 11, 12, 13, 14], "\(columns)")
                #expect(try await ids("no_gaps") == [4], "\(columns)")
            }
        }
    }
}
