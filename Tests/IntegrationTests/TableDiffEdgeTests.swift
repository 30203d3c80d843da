import CheckFiles
import Checks
import Comparison
import ExactJSON
import Execution
import Postgres
import StructuredSQL
import Synchronization
import TestSupport
import Testing

/// What an attack on comparisons found: each of these was once taken for the same, or shown to whom it must not be.
struct TableDiffEdgeTests {
    private func compare(
        _ file: String, on database: TestServer.Database, _ place: DiffPlace = .oneServer, suite: String? = nil,
        searchPaths: (left: [String], right: [String]) = ([], []),
        sink: @escaping @Sendable (DiffRow) async throws -> Void = { _ in }
    ) async throws -> DiffResult {
        try await place.compare(file, on: database, suite: suite, searchPaths: searchPaths, sink: sink)
    }

    @Test(arguments: DiffPlace.allCases)
    func aKeyFarFromNowIsFoundAgain(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE l (k timestamptz PRIMARY KEY, v int);
                INSERT INTO l SELECT '9999-12-31 23:59:59.9999Z'::timestamptz + make_interval(secs => 0) + i * interval '1 microsecond', 1
                    FROM generate_series(0, 99) AS i;
                INSERT INTO l VALUES ('-infinity', 1), ('infinity', 1), ('0001-01-01 00:00:00.000001Z', 1), ('1999-12-31 23:59:59.999999Z', 1);
                CREATE TABLE r (LIKE l INCLUDING ALL); INSERT INTO r SELECT k, v + 1 FROM l
                """)
            let result = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: r}, key: k}", on: database, place)
            #expect(result.problems.isEmpty && result.counts?.changed == 104 && result.counts?.identical == 0)
            #expect(result.sample.allSatisfy { $0.left?["v"]?.integer == 1 && $0.right?["v"]?.integer == 2 })
        }
    }

    /// Some hash functions return their seed for a zero, or forget it for nothing: a chain of them must not.
    @Test(arguments: DiffPlace.allCases)
    func valuesThatChangePlacesAreSeen(place: DiffPlace) async throws {
        let types = [
            ("float8", "0", "5"), ("float4", "0", "5"), ("numeric", "0", "5"), ("int8", "0", "5"),
            ("bool", "false", "true"),
            ("text", "''", "'x'"), ("jsonb", "'null'", "'5'"), ("jsonb[]", "'{}'", "'{5}'"),
            ("numeric[]", "'{}'", "'{5}'"),
            ("int4[]", "'{NULL}'", "'{5}'"), ("timestamptz", "'1970-01-01Z'", "'2026-01-01Z'"),
            ("date", "'1970-01-01'", "'2026-01-01'"),
            ("bytea", "''", "'x'"), ("interval", "'0'", "'1 day'"),
        ]
        try await TestServer.withDatabase { database in
            for (number, one) in types.enumerated() {
                for zero in [one.1, "NULL"] {
                    let table = "t\(number)\(zero == "NULL" ? "n" : "z")"
                    var script = ""
                    for side in ["l", "r"] {
                        script +=
                            "CREATE TABLE \(table)\(side) (id int PRIMARY KEY, a \(one.0), b \(one.0), c \(one.0), d \(one.0));"
                        for row in 0..<4 {
                            let values = (0..<4).map { $0 == (side == "l" ? row : (row + 1) % 4) ? one.2 : zero }
                            script += "INSERT INTO \(table)\(side) VALUES (\(row), \(values.joined(separator: ", ")));"
                        }
                    }
                    try await database.execute(SQL(quotedByServer: script))
                    let result = try await compare(
                        "{compare: c, left: {dataset: \(table)l}, right: {dataset: \(table)r}, key: id}", on: database,
                        place)
                    #expect(result.counts?.changed == 4, "\(one.0) \(zero) \(result.problems)")
                    #expect(result.sample.allSatisfy { $0.changed.count == 2 }, "\(one.0) \(zero)")
                }
            }
        }
    }

    @Test(arguments: DiffPlace.allCases)
    func toleranceIsExactWhateverTheMagnitude(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE l (id int PRIMARY KEY, n numeric, f float8);
                INSERT INTO l VALUES (1, 1234567890123456789012345678901234567890123456789, 1e-150), (2, 1e400, 1.7e308),
                    (3, 1, 1e-318), (4, -5, 1), (5, 1e400, 1);
                CREATE TABLE r (id int PRIMARY KEY, n numeric, f float8);
                INSERT INTO r VALUES (1, 1234567890123456789012345678901234567890123456788, 2e-150), (2, 1e400 + 0.25, -1.7e308),
                    (3, 1, 2e-318), (4, 5, 1), (5, 1e400 + 1, 1)
                """)
            let result = try await compare(
                """
                {compare: c, left: {dataset: l}, right: {dataset: r}, key: id,
                 tolerance: {n: {absolute: 0.5}, f: {relative: 1e-9, absolute: 1e-100}}}
                """, on: database, place)
            #expect(result.problems == [])
            let changed = result.sample.map { "\($0.key["id"]?.scalarText ?? "") \($0.changed.joined(separator: ","))" }
            #expect(changed == ["1 n", "2 f", "4 n", "5 n"])
        }
    }

    @Test
    func eachSideHasItsOwnSearchPath() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE SCHEMA v1; CREATE TABLE v1.t (id int PRIMARY KEY, v int); INSERT INTO v1.t VALUES (1, 1);
                CREATE SCHEMA v2; CREATE TABLE v2.t (id int PRIMARY KEY, v int); INSERT INTO v2.t VALUES (1, 2), (3, 4)
                """)
            for side in ["dataset: t", "query: SELECT * FROM t"] {
                let result = try await compare(
                    "{compare: c, left: {\(side)}, right: {\(side)}, key: id}", on: database, .hashes,
                    searchPaths: (["v1"], ["v2"]))
                #expect(result.counts?.changed == 1 && result.counts?.onlyRight == 1, "\(side)")
            }
        }
    }

    @Test(arguments: DiffPlace.allCases)
    func everyColumnOfTheRightSideIsAccountedFor(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE l (id int PRIMARY KEY, a int); INSERT INTO l VALUES (1, 1);
                CREATE TABLE r (id int PRIMARY KEY, a int, b int); INSERT INTO r VALUES (1, 9, 1);
                CREATE TABLE s (order_id int PRIMARY KEY, id int, a int); INSERT INTO s VALUES (1, 9, 1)
                """)
            let mapped = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: r}, key: id, columns: {map: {a: b}}}", on: database,
                place)
            #expect(mapped.schema.onlyRight == ["a"] && mapped.outcome == .different)
            let key = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: s}, key: id, columns: {map: {id: order_id}}}",
                on: database, place)
            #expect(key.schema.onlyRight == ["id"] && key.outcome == .different)
            let excluded = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: r}, key: id, columns: {map: {a: b}, exclude: [a]}}",
                on: database, place)
            #expect(excluded.schema.onlyRight == ["a"])
            let nothing = try await compare(
                "{compare: c, left: {query: SELECT 1 AS a}, right: {query: SELECT 2 AS a}, columns: {exclude: [a]}}",
                on: database, place)
            #expect(
                nothing.outcome == .incomplete
                    && nothing.problems == ["no column is compared: everything would be the same"])
        }
    }

    @Test(arguments: DiffPlace.allCases)
    func columnsMayHaveAnyName(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            let names = ["j", "r", "a", "b", "h", "k0", "c0", "object", "position", "wanted", "n", "m", "v"]
            let columns = SQL(quotedByServer: names.map { "\"\($0)\" int" }.joined(separator: ", "))
            try await database.execute(
                """
                CREATE TABLE l (id int PRIMARY KEY, \(columns)); INSERT INTO l (id, j) VALUES (1, 1), (2, 2), (3, 3);
                CREATE TABLE r (id int PRIMARY KEY, \(columns)); INSERT INTO r (id, j) VALUES (1, 1), (2, 9), (4, 4)
                """)
            let result = try await compare(
                """
                {compare: c, left: {dataset: l}, right: {dataset: r}, key: id, where: "position IS NULL AND k0 IS NULL"}
                """, on: database, place)
            #expect(result.problems == [])
            #expect(result.sample.map { $0.key["id"]?.integer } == [2, 3, 4])
            #expect(result.sample.first?.right?["j"]?.integer == 9)
        }
    }

    @Test(arguments: DiffPlace.allCases)
    func personalColumnsAreMaskedHoweverTheRelationIsNamed(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE SCHEMA shop; CREATE TABLE shop.c (id int PRIMARY KEY, email text, phone text);
                INSERT INTO shop.c VALUES (1, 'ada@example.com', '555');
                CREATE TABLE shop.d (id int PRIMARY KEY, a text, b text); INSERT INTO shop.d VALUES (1, 'x@example.com', 'y@example.com')
                """)
            let suite = "{dataset: shop.c, pii: {email: mask, phone: drop}, checks: [row_count: {min: 0}]}"
            for file in [
                "{compare: c, left: {dataset: c}, right: {dataset: shop.d}, key: id, columns: {map: {email: a, phone: b}}}",
                "{compare: c, left: {dataset: shop.d}, right: {dataset: c}, key: id, columns: {map: {a: email, b: email}}}",
            ] {
                let result = try await compare(
                    file, on: database, place, suite: suite, searchPaths: (["shop"], ["shop"]))
                let text = result.sample.flatMap { [$0.key, $0.left, $0.right] }.compactMap { $0?.compactText }.joined()
                #expect(result.counts?.changed == 1)
                #expect(!text.contains("example.com") && !text.contains("555"))
            }
        }
    }

    @Test
    func aTableCannotBeEmptiedBehindAComparison() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE l (id int PRIMARY KEY, v int); INSERT INTO l SELECT i, 1 FROM generate_series(1, 8000) AS i;
                CREATE TABLE r (LIKE l INCLUDING ALL); INSERT INTO r SELECT i, CASE WHEN i > 7000 THEN 2 ELSE 1 END FROM generate_series(1, 8000) AS i;
                ANALYZE l, r
                """)
            try await database.execute(
                "UPDATE pg_class SET reltuples = 5000000 WHERE relname IN ('l', 'r')")
            // The first row that arrives says that the comparison is under way: the tables must be locked then.
            let tried = Mutex<[String]>([])
            let result = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: r}, key: id, keep: 7}", on: database
            ) { _ in
                guard tried.withLock({ $0.isEmpty }) else { return tried.withLock { $0.append("row") } }
                tried.withLock { $0.append("row") }
                do {
                    try await database.execute("SET lock_timeout = '50ms'; TRUNCATE l, r")
                    tried.withLock { $0.append("emptied") }
                } catch let error as PostgresError {
                    tried.withLock { $0.append(error.sqlState?.rawValue ?? "") }
                }
            }
            #expect(result.counts?.changed == 1000 && result.counts?.identical == 7000, "\(result.problems)")
            let log = tried.withLock { $0 }
            #expect(log.contains("55P03") && !log.contains("emptied"))
            // The rows that are kept are as many as asked for, in however many ranges they are found.
            #expect(log.filter { $0 == "row" }.count == 7)
            #expect(result.method.contains("ranges"), "\(result.method)")
        }
    }

    /// Two tables that differ in every row, more than any buffer holds.
    private static let unlike: SQL = """
        CREATE TABLE l (id int PRIMARY KEY, v text); INSERT INTO l SELECT i, repeat('a', 200) FROM generate_series(1, 20000) AS i;
        CREATE TABLE r (id int PRIMARY KEY, v text); INSERT INTO r SELECT i, repeat('b', 200) FROM generate_series(1, 20000) AS i;
        ANALYZE l, r
        """

    @Test(arguments: DiffPlace.allCases)
    func aServerThatGoesAwayLeavesNothingClaimed(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.unlike)
            let once = Once()
            let result = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: r}, key: id, keep: all}", on: database, place
            ) { _ in
                guard once.isFirst() else { return }
                try await database.execute(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """)
            }
            #expect(result.outcome == .incomplete && result.counts == nil && result.sample.isEmpty)
            #expect(result.problems.count == 1)
        }
    }

    @Test(arguments: DiffPlace.allCases)
    func rowsThatChangeMeanwhileAreAsTheyWere(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.unlike)
            let once = Once()
            let result = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: r}, key: id, keep: all}", on: database, place
            ) { _ in
                guard once.isFirst() else { return }
                try await database.execute(
                    "UPDATE l SET v = r.v FROM r WHERE r.id = l.id; DELETE FROM r WHERE id > 10000")
            }
            #expect(result.problems == [] && result.counts?.changed == 20000 && result.counts?.identical == 0)
        }
    }

    /// True the first time it is asked.
    private final class Once: Sendable {
        private let asked = Mutex(false)

        func isFirst() -> Bool {
            asked.withLock { asked in
                defer { asked = true }
                return !asked
            }
        }
    }
}
