import CheckFiles
import Checks
import Comparison
import ExactJSON
import Execution
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// Two relations of one server, row by row.
struct TableDiffTests {
    private func compare(
        _ file: String, on database: TestServer.Database, _ place: DiffPlace = .oneServer, masking suite: String? = nil
    ) async throws -> DiffResult {
        try await place.compare(file, on: database, suite: suite)
    }

    private func states(_ result: DiffResult) -> [String] {
        result.sample.map { row in
            "\(row.state.rawValue) \(row.key.members.map { $0.value.scalarText ?? "NULL" }.joined(separator: ",")) "
                + row.changed.joined(separator: ",")
        }
    }

    /// A value of every type, one that is written otherwise and means the same, and one that differs.
    private static let types: [(type: String, same: [(String, String)], different: [(String, String)])] = [
        ("int2", [("1", "1")], [("1", "2"), ("0", "NULL")]),
        ("int8", [("4294967296", "4294967296")], [("1", "4294967297"), ("9007199254740993", "9007199254740992")]),
        (
            "numeric", [("1.0", "1.00"), ("'NaN'", "'NaN'"), ("0", "-0.0")],
            [
                ("1", "1.0000000000000000001"), ("'NaN'", "1"), ("-5", "5"), ("'NaN'", "'Infinity'"),
                ("'Infinity'", "'-Infinity'"), ("'-Infinity'", "0"), ("1", "10000"),
            ]
        ),
        (
            "float8", [("0", "-0.0"), ("'NaN'", "'NaN'"), ("0.1", "0.1")],
            [("0.30000000000000004", "0.3"), ("'Infinity'", "'-Infinity'")]
        ),
        ("float4", [("0.1", "0.1")], [("0.1", "0.10000001")]),
        (
            "text", [("'a'", "'a'")],
            [("''", "NULL"), ("''", "' '"), ("'a'", "'A'"), ("'é'", "E'e\\u0301'"), ("'a'", "'a '")]
        ),
        ("varchar(5)", [("'a'", "'a'")], [("'a'", "'a '")]),
        ("char(5)", [("'a'", "'a  '")], [("'a'", "'b'")]),
        ("bool", [("true", "true")], [("true", "false"), ("false", "NULL")]),
        (
            "date", [("'infinity'", "'infinity'"), ("'5874897-12-31'", "'5874897-12-31'")],
            [("'2026-01-01'", "'2026-01-02'"), ("'5874897-12-31'", "'infinity'")]
        ),
        ("time", [("'12:00'", "'12:00:00'")], [("'12:00'", "'12:00:00.000001'")]),
        (
            "timestamp", [("'2026-01-01'", "'2026-01-01 00:00'"), ("'-infinity'", "'-infinity'")],
            [
                ("'2026-01-01'", "'2026-01-01 00:00:00.000001'"),
                ("'9999-12-31 23:59:59.999999'", "'9999-12-31 23:59:59.999998'"),
                ("'9999-12-31 23:59:59.999999'", "'10000-01-01'"), ("'0001-01-01'", "'0001-01-01 00:00:00.000001'"),
                ("'infinity'", "'-infinity'"),
            ]
        ),
        (
            "timestamptz", [("'2026-01-01 12:00+02'", "'2026-01-01 10:00Z'")],
            [("'2026-01-01 12:00+02'", "'2026-01-01 12:00Z'"), ("'2026-01-01Z'", "'2026-01-01 00:00:00.000001Z'")]
        ),
        ("interval", [("'1 day'", "'1 day'")], [("'1 mon'", "'30 days'"), ("'24 hours'", "'1 day'")]),
        (
            "uuid", [("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'")],
            [("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12'")]
        ),
        ("bytea", [("'\\x00ff'", "'\\x00FF'")], [("'\\x00'", "'\\x0000'"), ("''", "NULL")]),
        (
            "jsonb", [("'{\"a\":1,\"b\":2}'", "'{\"b\":2,\"a\":1.0}'")],
            [
                ("'{\"a\":1}'", "'{\"a\":\"1\"}'"), ("'null'", "NULL"), ("'{\"a\":5}'", "'{\"a\":-5}'"),
                ("'{\"a\":{\"b\":1},\"c\":2}'", "'{\"a\":{\"b\":1,\"c\":2}}'"), ("'[[1],2]'", "'[[1,2]]'"),
                ("'{}'", "'[]'"), ("'[1]'", "'1'"), ("'null'", "'[null]'"), ("'\"v1.10\"'", "'\"v1.1\"'"),
                ("'[1.5]'", "'[1.50001]'"), ("'10'", "'1'"),
            ]
        ),
        ("json", [("'{\"a\":1,\"b\":2}'", "'{\"b\": 2, \"a\": 1}'")], [("'[1,2]'", "'[2,1]'")]),
        ("xml", [("'<a/>'", "'<a/>'")], [("'<a/>'", "'<b/>'")]),
        ("inet", [("'10.0.0.1'", "'10.0.0.1/32'")], [("'10.0.0.1'", "'10.0.0.1/8'")]),
        ("macaddr", [("'08:00:2b:01:02:03'", "'08-00-2b-01-02-03'")], [("'08:00:2b:01:02:03'", "'08:00:2b:01:02:04'")]),
        ("point", [("'(1,2)'", "'(1.0,2)'")], [("'(1,2)'", "'(1,2.0000001)'")]),
        ("int4range", [("'[1,2]'", "'[1,3)'")], [("'empty'", "'[1,2)'")]),
        ("text[]", [("'{a,NULL}'", "'{a,NULL}'")], [("'{a,b}'", "'{b,a}'"), ("'{}'", "'{NULL}'"), ("'{a}'", "'{A}'")]),
        (
            "numeric[]", [("'{1.0,NULL}'", "'{1.00,NULL}'"), ("'{10,2.50}'", "'{10.0,2.5}'")],
            [
                ("'{1}'", "'{1,1}'"), ("'{1}'", "'{-1}'"), ("'{NaN}'", "'{Infinity}'"), ("'{1,2}'", "'{{1,2}}'"),
                ("'{{1},{2}}'", "'{{1,2}}'"), ("'{1,2}'", "'[0:1]={1,2}'"), ("'{10}'", "'{1}'"), ("'{}'", "NULL"),
            ]
        ),
        ("int8[]", [("'{1}'", "'{1}'")], [("'{0}'", "'{4294967297}'"), ("'{1,2}'", "'{2,1}'")]),
        ("float8[]", [("'{-0,1}'", "'{0,1}'"), ("'{0,-0}'", "'{-0,0}'")], [("'{-0.5}'", "'{0.5}'")]),
        ("interval[]", [("'{1 mon}'", "'{1 mon}'")], [("'{1 mon}'", "'{30 days}'")]),
        ("jsonb[]", [("'{1.0}'", "'{1}'")], [("'{1}'", "'{-1}'"), ("'{\"[[1],2]\"}'", "'{\"[[1,2]]\"}'")]),
        ("json[]", [("'{1}'", "'{1}'")], [("'{1}'", "'{2}'")]),
        ("point[]", [("'{\"(1,2)\"}'", "'{\"(1,2)\"}'")], [("'{\"(1,2)\"}'", "'{\"(1,3)\"}'")]),
        ("numrange", [("'[1.0,2)'", "'[1,2.00)'")], [("'[1,2)'", "'[1,2]'"), ("'[1,2)'", "'[-1,2)'")]),
        ("int2vector", [("'1 2'", "'1 2'")], [("'1 2'", "'2 1'")]),
        ("bit varying", [("B'10'", "B'10'")], [("B'10'", "B'100'")]),
        ("tsvector", [("'a b'", "'b a'")], [("'a'", "'b'")]),
        ("cmp.mood", [("'sad'", "'sad'")], [("'sad'", "'ok'")]),
        ("cmp.pair", [("'(1,a)'", "'(1,a)'")], [("'(1,a)'", "'(1,)'")]),
        ("cmp.short", [("'x'", "'x'")], [("'x'", "'y'")]),
    ]

    @Test(arguments: DiffPlace.allCases)
    func valuesOfEveryTypeAreComparedByWhatTheyMean(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE SCHEMA cmp; CREATE TYPE cmp.mood AS ENUM ('sad', 'ok'); CREATE TYPE cmp.pair AS (n int, t text);
                CREATE DOMAIN cmp.short AS text CHECK (length(value) < 9)
                """)
            // A column for each type, and a row for each pair of its values, in which all other columns are NULL.
            let columns = Self.types.enumerated().map { "v\($0.offset) \($0.element.type)" }.joined(separator: ", ")
            var script: SQL = """
                CREATE TABLE cmp.l (id int PRIMARY KEY, \(SQL(quotedByServer: columns))); CREATE TABLE cmp.r (LIKE cmp.l INCLUDING ALL);
                """
            var changed: [String] = []
            var sameCount = 0
            for (number, one) in Self.types.enumerated() {
                for (index, pair) in (one.same + one.different).enumerated() {
                    let id = number * 100 + index
                    for (side, value) in [("l", pair.0), ("r", pair.1)] {
                        script +=
                            " INSERT INTO cmp.\(SQL(quotedByServer: side)) (id, v\(SQL(quotedByServer: String(number)))) "
                        script += "VALUES (\(SQL(quotedByServer: String(id))), \(SQL(quotedByServer: value)));"
                    }
                    if index >= one.same.count { changed.append("changed \(id) v\(number)") } else { sameCount += 1 }
                }
            }
            try await database.execute(script)
            let byKey = try await compare(
                "{compare: c, left: {dataset: cmp.l}, right: {dataset: cmp.r}, key: id}", on: database, place)
            #expect(byKey.problems.isEmpty, "\(byKey.problems)")
            for wanted in changed where !states(byKey).contains(wanted) {
                Issue.record("\(wanted): \(Self.types[(Int(wanted.split(separator: " ")[1]) ?? 0) / 100])")
            }
            #expect(Set(states(byKey)) == Set(changed) && byKey.counts?.identical == sameCount)
            // Without the key column the same values are in or out of the multiset.
            let multiset = try await compare(
                "{compare: c, left: {query: SELECT * FROM cmp.l}, right: {query: SELECT * FROM cmp.r}}", on: database,
                place)
            #expect(multiset.problems.isEmpty, "\(multiset.problems)")
            #expect(multiset.counts?.identical == sameCount && multiset.counts?.onlyLeft == changed.count)
        }
    }

    @Test(arguments: DiffPlace.allCases)
    func rowsAreInOneOfFourStatesAndAddUp(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE l (a int, b text, x int, y int); CREATE TABLE r (a int, b text, x int, y int);
                INSERT INTO l VALUES (1,'k',1,1),(2,'k',1,1),(3,'k',1,1),(4,'k',1,NULL),(5,NULL,1,1),(NULL,'k',7,7),(6,'d',1,1),(6,'d',2,2),(8,'k',1,2);
                INSERT INTO r VALUES (1,'k',1,1),(2,'k',2,1),(9,'k',1,1),(4,'k',1,0),(5,NULL,1,1),(NULL,'k',7,8),(6,'d',2,2),(6,'d',1,1),(8,'k',2,1)
                """)
            let result = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: r}, key: [a, b]}", on: database, place)
            let counts = result.counts ?? DiffResult.Counts()
            #expect(counts.left == 9 && counts.right == 9 && counts.identical == 1 && counts.changed == 3)
            #expect(counts.onlyLeft == 1 && counts.onlyRight == 1)
            #expect(counts.duplicateKeysLeft == 2 && counts.duplicateKeysRight == 2)
            #expect(counts.nullKeysLeft == 2 && counts.nullKeysRight == 2)
            #expect(counts.unmatchedLeft == 1 && counts.unmatchedRight == 1)
            // Row 8 has its values exchanged: a sum of hashes of columns would not see it.
            #expect(counts.columns.map(\.count) == [2, 2])
            let byKey = ["changed 2,k x", "only_left 3,k ", "changed 4,k y", "changed 8,k x,y", "only_right 9,k "]
            // Rows without a key of their own are shown where one statement finds them.
            let others = place == .oneServer ? ["only_left NULL,k ", "only_right NULL,k "] : []
            #expect(states(result) == byKey + others)
            #expect(result.outcome == .different)
        }
    }

    @Test(arguments: DiffPlace.allCases)
    func duplicatesThatAreTheSameOnBothSidesAreTheSame(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE l (id int, v text); INSERT INTO l VALUES (1,'a'),(1,'b'),(NULL,'c'),(2,'d');
                CREATE TABLE r AS TABLE l
                """)
            let file = "{compare: c, left: {dataset: l}, right: {dataset: r}, key: id}"
            let same = try await compare(file, on: database, place)
            #expect(same.outcome == .same && same.counts?.duplicateKeysLeft == 2 && same.counts?.nullKeysRight == 1)
            // One side has the key once: still nobody knows which of the two it is.
            try await database.execute("DELETE FROM r WHERE v = 'b'")
            let less = try await compare(file, on: database, place)
            #expect(
                less.outcome == .different && less.counts?.duplicateKeysRight == 1 && less.counts?.unmatchedLeft == 1)
        }
    }

    @Test(arguments: DiffPlace.allCases)
    func numbersMayBeApartAsFarAsDeclared(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE l (id int PRIMARY KEY, n numeric, f float8);
                INSERT INTO l VALUES (1, 0.3, 1), (2, 0.30, 1e20), (3, 1, 'NaN'), (4, NULL, 'Infinity'), (5, 1, 1), (6, 1, 'NaN'), (7, NULL, 1);
                CREATE TABLE r (id int PRIMARY KEY, n numeric, f float8);
                INSERT INTO r VALUES (1, 0.2, 1 + 1e-10), (2, 0.1999999, 1.0000000001e20), (3, 1, 'NaN'), (4, NULL, 'Infinity'),
                    (5, 1, 1.1), (6, 1, 1), (7, 1, 1)
                """)
            let result = try await compare(
                """
                {compare: c, left: {dataset: l}, right: {dataset: r}, key: id,
                 tolerance: {n: {absolute: 0.1}, f: {relative: 1e-9, absolute: 0}}}
                """, on: database, place)
            // 0.3 and 0.2 are 0.1 apart exactly.
            #expect(states(result) == ["changed 2 n", "changed 5 f", "changed 6 f", "changed 7 n"])
        }
    }

    @Test(arguments: DiffPlace.allCases)
    func whatCannotBeComparedIsSaidAndNothingIsClaimed(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE l (id int PRIMARY KEY, at timestamp, n int, only_here int); INSERT INTO l VALUES (1, now(), 1);
                CREATE TABLE r (id int PRIMARY KEY, at timestamptz, n int); INSERT INTO r VALUES (1, now(), 1)
                """)
            func problems(_ rest: String) async throws -> [String] {
                let result = try await compare(
                    "{compare: c, left: {dataset: l}, right: {dataset: r}, \(rest)}", on: database, place)
                #expect(result.outcome == .incomplete && result.counts == nil)
                return result.problems
            }
            #expect(
                try await problems("key: id") == [
                    "column \"at\" is timestamp without time zone on the left and timestamp with time zone on the right, which cannot be compared"
                ])
            #expect(
                try await problems("key: gone, columns: {exclude: at}") == ["key column \"gone\" is not on both sides"])
            #expect(
                try await problems("key: id, columns: {exclude: [at, typo]}") == ["column \"typo\" is on neither side"])
            #expect(
                try await problems("key: id, columns: {exclude: at}, where: n / 0 = 1") == [
                    "division by zero (SQLSTATE 22012)"
                ])
            let missing = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: gone}, key: id}", on: database, place)
            #expect(missing.outcome == .incomplete && missing.problems == ["relation \"gone\" does not exist"])
            // A column that one side lacks is a difference, not a problem.
            let lacking = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: r}, key: id, columns: {exclude: at}}", on: database,
                place)
            #expect(
                lacking.outcome == .different && lacking.schema.onlyLeft == ["only_here"]
                    && lacking.counts?.identical == 1)
        }
    }

    @Test(arguments: DiffPlace.allCases)
    func personalColumnsAreMasked(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE l (email text PRIMARY KEY, name text); INSERT INTO l VALUES ('ada@example.com', 'Ada');
                CREATE TABLE r (email text PRIMARY KEY, full_name text); INSERT INTO r VALUES ('ada@example.com', 'Grace'), ('x@y.z', 'Xe')
                """)
            let result = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: r}, key: email, columns: {map: {name: full_name}}}",
                on: database, place,
                masking: "{dataset: l, pii: {email: mask, name: hash}, checks: [row_count: {min: 0}]}")
            let text = result.sample.flatMap { [$0.key, $0.left, $0.right] }.compactMap { $0?.compactText }.joined()
            #expect(result.counts?.changed == 1 && result.counts?.onlyRight == 1)
            #expect(
                text.contains("a***") && text.contains("sha256:") && !text.contains("ada@") && !text.contains("Grace"))
        }
    }

    /// Against a comparison in Swift of what both sides hold, for tables with any mixture of trouble.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8], DiffPlace.allCases)
    func anyTwoTablesAreInTheStatesThatCountingGives(seed: UInt64, place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            var random = SplitMix64(state: seed)
            func rows(_ count: Int) -> [[String]] {
                (0..<count).map { _ in
                    [
                        random.next() % 20 == 0 ? "NULL" : String(random.next() % 40),
                        ["'a'", "'b'", "NULL"][Int(random.next() % 3)],
                        ["1.0", "1.00", "2", "'NaN'", "NULL"][Int(random.next() % 5)],
                    ]
                }
            }
            let (left, right) = (rows(60), rows(50))
            func script(_ name: String, _ rows: [[String]]) -> SQL {
                let values = rows.map { "(\($0.joined(separator: ", ")))" }.joined(separator: ", ")
                return SQL(
                    quotedByServer:
                        "CREATE TABLE \(name) (k int, t text, n numeric); INSERT INTO \(name) VALUES \(values);")
            }
            try await database.execute(script("l", left) + script("r", right))
            let result = try await compare(
                "{compare: c, left: {dataset: l}, right: {dataset: r}, key: k}", on: database, place)
            func normal(_ row: [String]) -> [String] { [row[0], row[1], row[2] == "1.00" ? "1.0" : row[2]] }
            func shared(_ rows: [[String]]) -> Set<String> {
                Set(Dictionary(grouping: rows.map { $0[0] }, by: \.self).filter { $1.count > 1 }.keys)
            }
            let duplicates = shared(left).union(shared(right)).subtracting(["NULL"])
            func paired(_ rows: [[String]]) -> [String: [String]] {
                Dictionary(
                    rows.filter { $0[0] != "NULL" && !duplicates.contains($0[0]) }.map { ($0[0], normal($0)) },
                    uniquingKeysWith: { first, _ in first })
            }
            let (one, two) = (paired(left), paired(right))
            let both = Set(one.keys).intersection(two.keys)
            let counts = result.counts ?? DiffResult.Counts()
            #expect(counts.changed == both.count { one[$0] != two[$0] })
            #expect(counts.identical == both.count { one[$0] == two[$0] })
            #expect(counts.onlyLeft == one.count - both.count && counts.onlyRight == two.count - both.count)
            func aside(_ rows: [[String]]) -> [[String]: Int] {
                Dictionary(
                    rows.filter { $0[0] == "NULL" || duplicates.contains($0[0]) }.map { (normal($0), 1) },
                    uniquingKeysWith: +)
            }
            let (rest, others) = (aside(left), aside(right))
            #expect(counts.duplicateKeysLeft + counts.nullKeysLeft == rest.values.reduce(0, +))
            #expect(counts.unmatchedLeft == rest.reduce(0) { $0 + max(0, $1.value - others[$1.key, default: 0]) })
            #expect(counts.unmatchedRight == others.reduce(0) { $0 + max(0, $1.value - rest[$1.key, default: 0]) })
            // The same as a multiset.
            let multiset = try await compare(
                """
                compare: c
                left: {query: "SELECT * FROM public.l"}
                right: {query: "SELECT * FROM public.r"}
                """, on: database, place)
            func all(_ rows: [[String]]) -> [[String]: Int] {
                Dictionary(rows.map { (normal($0), 1) }, uniquingKeysWith: +)
            }
            let (every, other) = (all(left), all(right))
            #expect(multiset.counts?.onlyLeft == every.reduce(0) { $0 + max(0, $1.value - other[$1.key, default: 0]) })
            #expect(multiset.counts?.onlyRight == other.reduce(0) { $0 + max(0, $1.value - every[$1.key, default: 0]) })
        }
    }

    @Test(arguments: [DiffPlace.oneServer, .hashes])
    func twoPointsInTimeOfOneTable(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE v (id int, name text, valid_from timestamptz, valid_to timestamptz, during tstzrange, day date);
                INSERT INTO v SELECT id, name, f, t, tstzrange(f, t), f::date FROM (VALUES
                    (1, 'a', timestamptz '2026-01-01Z', NULL), (2, 'b', '2026-01-01Z', timestamptz '2026-06-01Z'),
                    (2, 'c', '2026-06-01Z', NULL), (3, 'd', '2026-01-01Z', '2026-05-01Z'), (4, 'e', '2026-07-01Z', NULL)
                ) AS rows (id, name, f, t)
                """)
            let sides = [
                "{dataset: v, as_of: A, validity: [valid_from, valid_to]}", "{dataset: v, as_of: A, validity: during}",
            ]
            for side in sides {
                let (left, right) = (
                    side.replacing("A", with: "2026-03-01Z"), side.replacing("A", with: "2026-08-01Z")
                )
                let file =
                    "{compare: c, left: \(left), right: \(right), key: id, columns: {exclude: [valid_from, valid_to, during, day]}}"
                let result = try await compare(file, on: database, place)
                #expect(result.problems == [])
                #expect(states(result) == ["changed 2 name", "only_left 3 ", "only_right 4 "])
                #expect(result.counts?.left == 3 && result.counts?.identical == 1)
            }
            let windows = try await compare(
                """
                {compare: c, left: {dataset: v, time: day, window: 2026-01-01..2026-01-02}, key: [id, name],
                 right: {dataset: v, time: day, window: 2026-06-01..2026-12-01}, columns: {include: [id]}}
                """, on: database, place)
            #expect(windows.counts?.left == 3 && windows.counts?.right == 2 && windows.counts?.identical == 0)
            let exact = try await compare(
                "{compare: c, left: \(sides[0].replacing("A", with: "2026-06-01Z")), right: {dataset: v, as_of: 2026-05-31, validity: [valid_from, valid_to]}, key: id, columns: {exclude: [during, day]}}",
                on: database, place)
            #expect(states(exact) == ["changed 2 name"])
            #expect(
                exact.notes.first == "not compared, because that is which rows are: valid_from, valid_to")
        }
    }
}
