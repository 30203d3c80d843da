import Checks
import ExactJSON
import Execution
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// Every kind on planted data, with the exact rows that must fail.
struct KindTests {
    private static let table: SQL = """
        CREATE SCHEMA t;
        CREATE TYPE t.mood AS ENUM ('sad', 'ok');
        CREATE DOMAIN t.short AS text CHECK (length(value) < 100);
        CREATE TABLE t.parent (a int, b text, active boolean);
        INSERT INTO t.parent VALUES (1, 'x', true), (2, 'y', false), (NULL, 'z', true);
        CREATE TABLE t.rows (
            id int, n numeric, f float8, txt text, dom t.short, mood t.mood, tags text[], doc jsonb, raw bytea,
            fixed char(5), a int, b text, at timestamptz, local timestamp, day date, uid uuid,
            blanks text, word text, g float8, h float8
        );
        INSERT INTO t.rows (id, n, f, txt, dom, mood, tags, doc, raw, fixed, a, b, at, local, day) VALUES
            (1, 5, 5, 'alpha', 'd', 'ok', '{x}', '{"k":1}', 'a', 'abc', 1, 'x', now(), now(), current_date),
            (2, 0, '-0', '', '', 'sad', '{}', '{}', '', 'ab', 2, 'y', now() - interval '2 days', now(), current_date),
            (3, 10, 10, ' ', ' ', NULL, '{x,y}', '[]', 'abc', '', 3, 'x', now() + interval '1 day', now() + interval '1 day', current_date + 2),
            (4, 'NaN', 'NaN', 'a@b.example', NULL, 'ok', NULL, 'null', NULL, NULL, NULL, 'x', 'infinity', NULL, NULL),
            (5, -1, '-Infinity', NULL, 'd', 'ok', '{NULL}', '""', 'ab', 'abcde', 1, NULL, '-infinity', now(), 'infinity'),
            (6, NULL, NULL, 'Alpha', 'dd', 'sad', '{x}', NULL, 'a', 'abc', 1, 'x', NULL, now(), current_date),
            (7, 11, 'Infinity', '2023-02-29', 'd', 'ok', '{x}', '1', 'a', 'abc', 2, 'x', now(), now(), current_date);
        UPDATE t.rows SET blanks = (ARRAY[' x', E'x\\n', NULL, E'\\tx\\t', 'x y', '', 'x'])[id],
            word = (ARRAY['N/A', E' null\\t', '-', 'nothing', 'x', 'Unknown', ''])[id],
            g = (ARRAY[0.3, 1.1, 0.25, 'NaN', 7, NULL, '-Infinity']::float8[])[id],
            h = (ARRAY[90, -90, 120, 181, 'NaN', NULL, 0]::float8[])[id]
        """

    /// The suite's checks, and the ids of the rows that must fail.
    private static let cases: [(check: String, failing: [Int])] = [
        ("{not_null: n}", [6]),
        ("{not_null: {column: txt}}", [5]),
        ("{not_empty: txt}", [2]),
        ("{not_empty: {column: txt, trim: true}}", [2, 3]),
        ("{not_empty: {column: txt}, nulls: fail}", [2, 5]),
        ("{not_empty: dom}", [2]),
        ("{not_empty: tags}", [2]),
        ("{not_empty: doc}", [2, 3, 4, 5]),
        ("{not_empty: raw}", [2]),
        ("{is_null: txt}", [1, 2, 3, 4, 6, 7]),
        ("{not_blank: txt}", [2, 3]),
        ("{not_blank: {column: dom}, nulls: fail}", [2, 3, 4]),
        ("{trimmed: {column: dom}}", [3]),
        ("{trimmed: {column: blanks}}", [1, 2, 4]),
        ("{trimmed: {column: blanks, side: left}}", [1, 4]),
        ("{trimmed: {column: blanks, side: right}, nulls: fail}", [2, 3, 4]),
        ("{trimmed: {column: fixed}}", []),
        ("{no_placeholder: {column: word}}", [1, 2, 3, 6]),
        ("{no_placeholder: {column: word, values: [X, 'NULL']}}", [2, 5]),
        ("{complete: [n, txt]}", [5, 6]),
        ("{any_complete: [a, b]}", []),
        ("{any_complete: {columns: [n, txt, mood, tags], min: 4}}", [3, 4, 5, 6]),
        ("{null_together: [a, b]}", [4, 5]),
        ("{null_exclusive: [a, b]}", [1, 2, 3, 6, 7]),
        ("{required_if: {column: txt, condition: id > 3}}", [5]),
        ("{required_if: {column: txt, condition: id > 5}}", []),
        ("{different_columns: [a, id]}", [1, 2, 3]),
        ("{different_columns: [a, id], nulls: fail}", [1, 2, 3, 4]),
        ("{outside_range: {column: n, min: 0, max: 10}}", [1, 2, 3]),
        ("{non_negative: n}", [4, 5]),
        ("{non_negative: f}", [4, 5]),
        ("{positive: n, nulls: fail}", [2, 4, 5, 6]),
        ("{positive: a}", []),
        ("{negative: f}", [1, 2, 3, 4, 7]),
        ("{not_zero: f}", [2, 4]),
        ("{multiple_of: {column: n, step: 5}}", [4, 5, 7]),
        ("{multiple_of: {column: g, step: 0.1}}", [3, 4, 7]),
        ("{is_integer: n}", [4]),
        ("{is_integer: g}", [1, 2, 3, 4, 7]),
        ("{max_scale: {column: g, digits: 1}}", [3, 4, 7]),
        ("{max_scale: {column: f, digits: 0}, nulls: fail}", [4, 5, 6, 7]),
        ("{finite: n}", [4]),
        ("{finite: f}", [4, 5, 7]),
        ("{finite: at}", [4, 5]),
        ("{finite: day}", [5]),
        ("{latitude: h}", [3, 4, 5]),
        ("{longitude: h}", [4, 5]),
        ("{unique: b}", [1, 3, 4, 6, 7]),
        ("{unique: [a, b]}", [1, 6]),
        ("{unique: a}", [1, 2, 5, 6, 7]),
        ("{unique: [a, b], nulls: fail}", [1, 6]),
        ("{unique: f}", []),
        ("{unique: mood, nulls: fail}", [1, 2, 4, 5, 6, 7]),
        ("{accepted_values: {column: txt, values: [alpha, Alpha]}}", [2, 3, 4, 7]),
        ("{accepted_values: {column: a, values: [1, 2]}, nulls: fail}", [3, 4]),
        ("{accepted_values: {column: f, values: [5, NaN, 0]}}", [3, 5, 7]),
        ("{accepted_values: {column: mood, values: [ok]}}", [2, 6]),
        ("{rejected_values: {column: b, values: [y]}, nulls: fail}", [2, 5]),
        ("{in_range: {column: n, min: 0, max: 10}}", [4, 5, 7]),
        ("{in_range: {column: n, above: 0, below: 10}, nulls: fail}", [2, 3, 4, 5, 6, 7]),
        ("{in_range: {column: f, min: 0}}", [4, 5]),
        ("{in_range: {column: f, max: 100}}", [4, 7]),
        ("{in_range: {column: txt, min: a}}", [2, 3, 6, 7]),
        ("{matches: {column: txt, regex: '^[a-z]+$'}}", [2, 3, 4, 6, 7]),
        ("{matches: {column: txt, regex: '^alpha$', case_insensitive: true}, nulls: fail}", [2, 3, 4, 5, 7]),
        ("{matches: {column: id, regex: '[1-5]', not: true}}", [1, 2, 3, 4, 5]),
        ("{like: {column: txt, pattern: '%lpha'}}", [2, 3, 4, 7]),
        ("{like: {column: txt, pattern: 'A%', case_insensitive: true, not: true}}", [1, 4, 6]),
        ("{length: {column: txt, min: 1, max: 5}}", [2, 4, 7]),
        ("{length: {column: tags, equals: 1}}", [2, 3]),
        ("{length: {column: raw, max: 2}, nulls: fail}", [3, 4]),
        ("{length: {column: fixed, min: 3}}", [2, 3]),
        ("{format: {column: txt, is: email}}", [1, 2, 3, 6, 7]),
        ("{format: {column: txt, is: iso_date}}", [1, 2, 3, 4, 6, 7]),
        ("{format: {column: day, is: iso_date}}", [5]),
        ("{references: {column: a, to: t.parent.a}}", []),
        ("{references: {columns: [a], to: t.parent}}", [3]),
        ("{references: {columns: [a], to: t.parent.a, to_where: active}}", [2, 3, 7]),
        ("{references: {columns: [a, b], to: t.parent, to_columns: [a, b]}}", [3, 7]),
        ("{references: {columns: [a], to: t.parent}, nulls: fail}", [3, 4]),
        ("{references: {columns: [a], to: t.parent.a}, where: id > 3, nulls: fail}", [4]),
        ("{expect: n >= 0}", [5]),
        ("{expect: n >= 0, nulls: fail}", [5, 6]),
        ("{expect: 10 / a > 6, where: a is not null}", [2, 3, 7]),
        ("{not_in_future: at}", [3, 4]),
        ("{not_in_future: {column: at, tolerance: 2d}}", [4]),
        ("{not_in_future: local}", [3]),
        ("{not_in_future: {column: day}, nulls: fail}", [3, 4, 5]),
        ("{primary_key: id}", []),
        ("{primary_key: [a, b]}", [1, 4, 5, 6]),
        (
            "{no_duplicate_rows: {except: [id, n, f, txt, dom, mood, tags, doc, raw, at, local, uid, blanks, word, g, h]}}",
            [1, 6]
        ),
        ("{no_near_duplicates: {column: txt}}", [1, 6]),
        ("{consistent_casing: {column: txt}}", [1, 6]),
        ("{accepted_combinations: {columns: [a, b], values: [[1, x], [2, y]]}}", [3, 7]),
        ("{accepted_combinations: {columns: [mood, a], values: [[ok, 1]]}, nulls: fail}", [2, 3, 4, 6, 7]),
        ("{elements_in: {column: tags, values: [x]}}", [3, 5]),
        ("{references: {columns: [a, b], to: t.parent, to_columns: [a, b], match: full}}", [3, 4, 5, 7]),
        ("{absent_from: {columns: [a], to: t.parent}}", [1, 2, 5, 6, 7]),
        ("{absent_from: {columns: [a], to: t.parent, to_where: not active}}", [2, 7]),
        ("{children_between: {columns: [a], of: t.rows, max: 2}}", [1, 5, 6]),
        ("{children_between: {columns: [b], of: t.parent, of_where: active, equals: 1}}", [2, 5]),
        ("{acyclic: {column: id, parent: a}}", [1, 2, 3]),
        ("{acyclic: {column: id, parent: a, max_depth: 2}}", [1, 2, 3]),
        ("{within_stddevs: {column: n, sigma: 1}}", [4, 5, 7]),
        ("{within_stddevs: {column: id, sigma: 2}}", []),
        ("{within_iqr: {column: n, factor: 0}}", [4, 5, 7]),
        ("{within_iqr: {column: h}}", [5]),
        ("{increasing: {column: n, order_by: id}}", [2, 5]),
        ("{increasing: {column: a, order_by: id, strict: true}}", [5, 6]),
        ("{decreasing: {column: a, order_by: [id]}}", [2, 3, 7]),
        ("{sequential: {column: id}}", []),
        ("{sequential: {column: n, step: 5}}", [2, 4, 7]),
        ("{sequential: {column: a}}", [5, 6, 7]),
        ("{within_distance: {columns: [h, g], latitude: 0, longitude: 0, kilometres: 10000}}", [1, 2, 3, 4, 5, 7]),
        (
            "{within_distance: {columns: [id, a], latitude: 1, longitude: 1, kilometres: 200}, nulls: fail}",
            [3, 4, 5, 6, 7]
        ),
        ("{matches_list: {column: txt, regexes: ['^a', '^A']}}", [2, 3, 7]),
        ("{matches_list: {column: txt, regexes: ['a$', '^a'], match: all}}", [2, 3, 4, 6, 7]),
        (
            "{matches_list: {column: txt, regexes: ['ALPHA', '@'], match: none, case_insensitive: true}, nulls: fail}",
            [1, 4, 5, 6]
        ),
        ("{like_list: {column: txt, patterns: ['a%', '% ']}}", [2, 6, 7]),
        ("{like_list: {column: txt, patterns: ['%a', 'A%'], match: all}}", [1, 2, 3, 4, 7]),
        ("{like_list: {column: txt, patterns: ['a%', '20%'], match: none, case_insensitive: true}}", [1, 4, 6, 7]),
        ("{word_count: {column: blanks, min: 1, max: 1}}", [5, 6]),
        ("{charset: {column: txt, class: alnum}}", [3, 4, 7]),
        ("{charset: {column: blanks, class: printable}}", [2, 4]),
        ("{normalized: {column: txt}}", []),
        ("{parsable_as: {column: txt, type: date}}", [1, 2, 3, 4, 6, 7]),
        ("{parsable_as: {column: dom, type: boolean}, nulls: fail}", [1, 2, 3, 4, 5, 6, 7]),
        ("{date_format: {column: txt, format: '%Y-%m-%d'}}", [1, 2, 3, 4, 6, 7]),
        ("{valid_json: {column: doc}, nulls: fail}", [6]),
        ("{json_keys: {column: doc, keys: [k]}}", [2, 3, 4, 5, 7]),
        ("{json_keys: {column: doc, keys: [k], only: true}, nulls: fail}", [2, 3, 4, 5, 6, 7]),
        ("{json_type: {column: doc, type: object}}", [3, 4, 5, 7]),
        ("{json_type: {column: doc, path: $.k, type: number, required: true}}", [2, 3, 4, 5, 7]),
        ("{ingestion_delay: {column: at, loaded: local, max: 1h}}", [2, 5]),
        ("{retention: {column: at, max_age: 1d}}", [2, 5]),
        ("{start_before_end: [at, local]}", []),
        ("{start_before_end: {columns: [id, a], strict: true}, nulls: fail}", [1, 2, 3, 4, 5, 6, 7]),
        ("{no_overlaps: {columns: [a, id]}}", [4, 5, 6, 7]),
        ("{no_gaps: {columns: [id, n]}}", []),
        ("{equal_columns: [id, a]}", [5, 6, 7]),
        ("{equal_columns: [id, a], nulls: fail}", [4, 5, 6, 7]),
        ("{compare_columns: {columns: [id, a], is: <=}}", [5, 6, 7]),
        ("{sum_of_columns: {columns: [id, a], equals: n}}", [1, 2, 3, 5, 7]),
        ("{sum_of_columns: {columns: [id, a], equals: 6, tolerance: 1}}", [1, 2, 7]),
        ("{expect: n >= 0, group_by: b}", [5]),
        ("{unique: a, group_by: b}", [1, 6]),
    ]

    @Test
    func everyRowKindFindsExactlyTheRowsThatFail() async throws {
        // `references: {column: …}` is wrong usage and stays out of the table.
        let cases = Self.cases.filter { !$0.check.contains("references: {column:") }
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let suite = """
                dataset: t.rows
                key: id
                time: {column: at, zone: UTC}
                keep: all
                checks:
                """
            // The case's number as its id; that company changes nothing is another test's business.
            let entries = cases.enumerated().map { "  - \($1.check.dropLast()), id: case_\($0)}" }
            let checks = try TestProject.checks(([suite] + entries).joined(separator: "\n"))
            let results = try await TestProject.run(checks, on: database)
            for (one, result) in zip(cases, results) {
                let ids = result.rows.sample.compactMap { row -> Int? in
                    if case .number(let text)? = row["id"] { Int(text) } else { nil }
                }
                #expect(ids.sorted() == one.failing, "\(one.check): \(result.failure?.message ?? "")")
                #expect(result.failing == one.failing.count, "\(one.check)")
                #expect(result.outcome == (one.failing.isEmpty ? .pass : .fail), "\(one.check)")
            }
        }
    }

    private static let valueCases: [(check: String, outcome: Outcome, value: String?)] = [
        ("{row_count: {min: 1, max: 10}}", .pass, "7"),
        ("{row_count: 8}", .fail, "7"),
        ("{row_count: 1, where: a = 3}", .pass, "1"),
        ("{metric: {expression: 'max(a)', min: 3, max: 3}}", .pass, "3"),
        ("{metric: sum(a), fail: value > 9}", .fail, "10"),
        ("{metric: sum(a), where: id = 4, fail: value > 9}", .error, nil),
        ("{metric: sum(a), where: id = 4, fail: value > 9, on_empty: pass}", .pass, nil),
        ("{metric: avg(n), fail: value > 9}", .error, "NaN"),
        ("{metric: count(DISTINCT b), fail: value != 2}", .pass, "2"),
        ("{metric: 'percentile_disc(0.5) within group (order by id)', fail: value != 4}", .pass, "4"),
        ("{distinct_count: {columns: [b], equals: 2}}", .pass, "2"),
        ("{distinct_count: {columns: [a, b], min: 5}}", .fail, "4"),
        ("{distinct_count: {columns: f, equals: 6}}", .pass, "6"),
    ]

    @Test
    func everyValueKindComputesItsValue() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            for one in Self.valueCases {
                let checks = try TestProject.checks("dataset: t.rows\nchecks: [\(one.check)]")
                let result = try await TestProject.run(checks, on: database)[0]
                #expect(result.outcome == one.outcome, "\(one.check): \(result.failure?.message ?? "")")
                #expect(result.value == one.value, "\(one.check)")
            }
        }
    }

    @Test
    func freshnessIsTheAgeByTheServersClock() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE loads (at timestamptz, local timestamp, day date);
                INSERT INTO loads VALUES (now() - interval '3 hours', (now() - interval '3 hours') AT TIME ZONE 'Asia/Tokyo',
                    (now() AT TIME ZONE 'Asia/Tokyo')::date);
                CREATE TABLE nothing (LIKE loads)
                """)
            func outcome(_ dataset: String, _ check: String) async throws -> CheckResult {
                let suite = "dataset: \(dataset)\ntime: {column: at, zone: Asia/Tokyo}\nchecks: [\(check)]"
                return try await TestProject.run(TestProject.checks(suite), on: database)[0]
            }
            #expect(try await outcome("loads", "{fresh: 4h}").outcome == .pass)
            #expect(try await outcome("loads", "{fresh: 2h}").outcome == .fail)
            #expect(try await outcome("loads", "{fresh: {within: 4h, column: local}}").outcome == .pass)
            #expect(try await outcome("loads", "{fresh: {within: 2h, column: local}}").outcome == .fail)
            #expect(try await outcome("loads", "{fresh: {within: 24h, column: day}}").outcome == .pass)
            #expect(try await outcome("nothing", "{fresh: 4h}").outcome == .fail)
            #expect(try await outcome("nothing", "{fresh: {within: 4h}, on_empty: skip}").outcome == .skip)
        }
    }

    @Test
    func periodsWithoutDataAreRows() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE hours AS
                SELECT g, at FROM (VALUES ('a'), ('b'), (NULL)) AS v (g),
                    generate_series('2026-03-28 20:00Z'::timestamptz, '2026-03-30 04:00Z', '1 hour') AS at
                WHERE NOT (g = 'a' AND at IN ('2026-03-29 00:00Z', '2026-03-29 01:00Z'))
                    AND NOT (g IS NULL AND at BETWEEN '2026-03-28 22:00Z' AND '2026-03-29 21:59Z')
                """)
            func result(_ check: String, zone: String = "Europe/Berlin") async throws -> CheckResult {
                let suite = "dataset: hours\nkeep: all\ntime: {column: at, zone: \(zone)}\nchecks: [\(check)]"
                return try await TestProject.run(TestProject.checks(suite), on: database)[0]
            }
            let hours = try await result("{sequence_without_gaps: {every: hour, group_by: g}}")
            #expect(hours.failing == 26)
            #expect(hours.total == 99)
            #expect(hours.rows.keptCount == 26)
            // Berlin changes its clocks on the 29th: the day has 23 hours and is one day all the same.
            let days = try await result("{sequence_without_gaps: {every: day, group_by: g}}")
            #expect(days.failing == 1)
            #expect(days.rows.sample.map(\.compactText) == [#"{"g":null,"missing":"2026-03-29T00:00:00"}"#])
            let counts = try await result("{row_count: {min: 48, per: day}}")
            // 28th: 3 hours of the local day in 3 groups, 29th: 23 hours in 2 groups less two, 30th: 7 hours; after that the feed
            // has stopped, and every day to yesterday counts 0.
            #expect(counts.rows.sample.prefix(4).map { $0["rows"]?.compactText } == ["8", "44", "21", "0"])
            #expect(counts.failing == counts.total)
            #expect(try #require(counts.total) > 200)
        }
    }

    @Test
    func theCatalogAnswersForColumns() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let results = try await TestProject.run(
                TestProject.checks(
                    """
                    dataset: t.rows
                    columns:
                      n: {column_type: decimal}
                      tags: {column_type: "text[]"}
                      at: {column_type: timestamptz}
                      fixed: [{column_type: char(5)}]
                      mood: {column_type: mood}
                      a: {column_type: bigint}
                      gone: {column_type: int}
                    checks:
                      - column_exists: [id, n]
                      - {column_exists: [id, Id, nope], id: missing}
                    """), on: database)
            #expect(results.map(\.outcome) == [.pass, .pass, .pass, .pass, .pass, .fail, .error, .pass, .fail])
            #expect(results[5].reason == "column \"a\" is integer, not bigint")
            #expect(results[8].reason == "t.rows has no column \"Id\", \"nope\"")
            #expect(results[8].failing == 2)
        }
    }
}
