import Checks
import ExactJSON
import Execution
import StructuredSQL
import TestSupport
import Testing

/// Kinds that compute a number, against NumPy 2.4.6 and SciPy 1.17.1.
///
/// Made with `np.percentile(x, q)`, `x.std(ddof=1)`, `scipy.stats.skew(x)`, `kurtosis(x)`, `iqr(x)`, `entropy(counts)` and
/// `pearsonr(x, y)`; mutual information as the sum of p(x,y) ln(p(x,y) / p(x) p(y)) over `collections.Counter`.
struct StatisticKindTests {
    private static let values: [(check: String, value: Double)] = [
        ("avg: {column: x}", 4.86), ("sum: {column: x}", 48.6), ("min: {column: x}", -1.25),
        ("max: {column: x}", 15.75),
        ("median: {column: x}", 4), ("percentile: {column: x, percent: 5}", -0.6425),
        ("percentile: {column: x, percent: 90}", 8.774999999999997),
        ("percentile: {column: n, percent: 99.5}", 15.401250000000001),
        ("value_range: {column: x}", 17), ("interquartile_range: {column: n}", 4.25),
        ("stddev: {column: x}", 4.806696717428023), ("stddev: {column: n, of: population}", 4.560032894618196),
        ("variance: {column: n}", 23.104333333333336), ("variance: {column: x, of: population}", 20.7939),
        ("variance: {column: big}", 30), ("skewness: {column: big}", 0),
        ("skewness: {column: x}", 1.0544820892400548), ("kurtosis: {column: n}", 0.7470302545774925),
        ("entropy: {column: l}", 1.0549201679861442), ("entropy: {column: x}", 1.8343719702816237),
        ("entropy: {column: one}", 0), ("mutual_information: {columns: [l, m]}", 0.4682131227124219),
        ("mutual_information: {columns: [l, one]}", 0), ("correlation: {columns: [x, y]}", 0.9224919163388794),
        ("ratio_of_sums: {columns: [y, n]}", 0.5967078189300411), ("distinct_percent: {columns: x}", 70),
        ("unique_percent: {columns: n}", 71.42857142857143), ("min_length: {column: w}", 1),
        ("max_length: {column: w}", 5),
        ("avg_length: {column: w}", 16 / 7.0), ("true_percent: {column: b}", 30),
        ("value_count: {column: g, equals: 9}", 9),
        ("same_row_count: {as: other, factor: 2}", 4), ("same_row_count: {as: other, in: percent}", 233.33333333333334),
        ("same_distinct_count: {columns: l, to: other}", 1),
    ]

    private static let table: SQL = """
        CREATE TABLE data (x float8, n numeric, big float8, y int, l text, m text, one int, w text, b boolean, g int);
        INSERT INTO data SELECT x, x::numeric, CASE WHEN i <= 4 THEN 1e9 + (ARRAY[4, 7, 13, 16])[i] END, y,
            substr('aabbbcabca', i::int, 1), substr('uuvvvuuvuv', i::int, 1), 1, NULL, i % 4 = 1, nullif(i, 7)
        FROM unnest(ARRAY[2.5, 3.5, -1.25, 8, 8, 0.1, 15.75, 4, 4, 4], ARRAY[1, 2, 2, 5, 4, 0, 9, 3, 2, 1])
            WITH ORDINALITY AS t (x, y, i);
        UPDATE data SET w = CASE WHEN g IS NULL THEN NULL WHEN y = 9 THEN 'ééééé' WHEN y = 5 THEN 'ééééé' WHEN y = 0 THEN 'é'
            ELSE 'éé' END;
        UPDATE data SET w = NULL WHERE y IN (3, 4);
        CREATE TABLE other (l text); INSERT INTO other VALUES ('a'), ('b'), (NULL);
        INSERT INTO data DEFAULT VALUES; DELETE FROM data WHERE l IS NULL
        """

    @Test
    func everyStatisticIsWhatAnotherProgramComputes() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            for one in Self.values {
                let checks = try TestProject.checks("dataset: data\nchecks: [{\(one.check), warn: value = 123456789}]")
                let result = try await TestProject.run(checks, on: database)[0]
                let value = result.value.flatMap(Double.init) ?? .nan
                #expect(
                    abs(value - one.value) <= 1e-12 * max(1, abs(one.value)),
                    "\(one.check): \(value) \(result.failure?.message ?? "")")
            }
        }
    }

    private static let drift: [(check: String, value: Double)] = [
        ("psi: {column: l, min_rows: 9, %}", 2.301170691531552), ("kl_divergence: {column: l, %}", 0.9215720482198592),
        ("jensen_shannon: {column: l, %}", 0.14739205974233505), ("hellinger: {column: l, %}", 0.432374224965895),
        ("l_infinity: {column: l, %}", 1 / 3.0), ("chi_square: {column: l, %}", 0.21383189816867879),
        ("chi_square: {column: l, as: statistic, %}", 5.809523809523809), ("chi_square: {column: one, %}", 1),
        ("kolmogorov_smirnov: {column: x, %}", 1 / 6.0),
        ("kolmogorov_smirnov: {column: x, as: probability, %}", 0.9962551923793987),
        ("wasserstein: {column: x, %}", 1.75), ("psi: {column: x, bins: 4, %}", 0),
        ("l_infinity: {column: x, edges: [2, 5], %}", 1 / 12.0), ("l_infinity: {column: x, bins: 0, %}", 1 / 6.0),
        ("cramers_v: {columns: [l, g]}", 1 / 3.0), ("category_share: {column: l, values: [a, d]}", 700 / 12.0),
    ]

    /// Against `scipy.stats.entropy`, `ks_2samp`, `kstwobign.sf`, `wasserstein_distance`, `chi2_contingency` and
    /// `contingency.association`, and `scipy.spatial.distance.jensenshannon` squared; shares below 0.0001 raised to it.
    @Test
    func everyMeasureOfDriftIsWhatAnotherProgramComputes() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE data AS SELECT now, x::float8, l, g, 1 AS one FROM (
                    SELECT true, unnest(ARRAY[1, 2, 2, 3, 5, 8, 13, 21, -1, 0.5, 4, 4]), unnest(string_to_array('aaaabbbccdaa', NULL)),
                        unnest(string_to_array('uvuvuvuvuvuv', NULL))
                    UNION ALL
                    SELECT false, unnest(ARRAY[0, 1, 1, 2, 3, 3, 4, 6, 6, 7, 9, 10.5]), unnest(string_to_array('aabbbbccccee', NULL)), 'w'
                ) AS samples (now, x, l, g);
                INSERT INTO data VALUES (true), (false)
                """)
            for one in Self.drift {
                let check = one.check.replacing("%", with: "min_rows: 12, baseline_where: not now")
                    .replacing("min_rows: 9, min_rows: 12", with: "min_rows: 12")
                let checks = try TestProject.checks(
                    "dataset: data\nchecks: [{\(check), warn: value = 123456789, where: now}]")
                let result = try await TestProject.run(checks, on: database)[0]
                let value = result.value.flatMap(Double.init) ?? .nan
                #expect(
                    abs(value - one.value) <= 1e-12 * max(1, abs(one.value)),
                    "\(check): \(value) \(result.failure?.message ?? "")")
            }
            let few = try TestProject.checks(
                """
                dataset: data
                checks:
                  - {psi: {column: l, baseline_where: not now, max: 1}, where: now, on_empty: skip}
                  - {no_new_categories: {column: l, baseline_where: not now}, where: now}
                  - {no_vanished_categories: {column: l, baseline_where: not now}, where: now}
                  - {histogram: {column: x, edges: [2, 5], shares: [[0, 20], [40, 50], [33, 34]]}, where: now}
                """)
            let results = try await TestProject.run(few, on: database)
            #expect(results.map(\.outcome) == [.skip, .fail, .fail, .fail])
            #expect(results[1].rows.sample.map(\.compactText) == [#"{"value":"d","rows":1}"#] && results[1].total == 4)
            #expect(results[2].rows.sample.map(\.compactText) == [#"{"value":"e","rows":2}"#] && results[2].total == 4)
            #expect(
                results[3].rows.sample.map(\.compactText) == [
                    #"{"from":null,"to":2,"percent":25.000000,"least":0,"most":20}"#
                ])
        }
    }

    @Test
    func aGroupWithoutValuesIsNotJudged() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE data (g text, x float8);
                INSERT INTO data VALUES ('a', 1), ('a', 2), ('b', NULL), ('c', 'NaN'), (NULL, 5)
                """)
            func groups(_ check: String) async throws -> [Outcome: Int] {
                let checks = try TestProject.checks("dataset: data\nchecks: [{\(check), group_by: g}]")
                return try await TestProject.run(checks, on: database)[0].groups?.counts ?? [:]
            }
            for check in ["avg: {column: x, max: 4}", "median: {column: x, max: 4}"] {
                #expect(try await groups(check) == [.pass: 1, .warn: 0, .fail: 1, .error: 2, .skip: 0], "\(check)")
            }
            let skewed = try await groups("skewness: {column: x, max: 4}, on_empty: skip")
            #expect(skewed == [.pass: 1, .warn: 0, .fail: 0, .error: 1, .skip: 2])
            let entropies = try await groups("entropy: {column: x, min: 0.5}, on_empty: fail")
            #expect(entropies == [.pass: 1, .warn: 0, .fail: 3, .error: 0, .skip: 0])
        }
    }
}
