import CheckFiles
import Checks
import Comparison
import ExactJSON
import Execution
import Postgres
import Statistics
import StructuredSQL
import TestSupport
import Testing

/// A challenger and a champion on the same rows.
struct ModelTests {
    private func compare(_ file: String, on database: TestServer.Database, suite: String? = nil) async throws
        -> ModelResult
    {
        let files =
            [SourceFile(path: "m.yaml", text: file)] + (suite.map { [SourceFile(path: "s.yaml", text: $0)] } ?? [])
        let project = try TestProject.project(files: files)
        let context = TableDiffRunner.Context(settings: AuditSettings(jobs: 1), masking: project.masking)
        return try await ModelRunner(server: database.settings, context: context).run(
            try #require(project.modelFamilies.first))[0]
    }

    /// 400 rows: labels, scores with many ties, clusters; the same numbers that the reference was computed from.
    private static let tables: SQL = """
        CREATE TABLE truth AS SELECT i AS id,
            (((i * 29) % 7 < 3) OR ((i * 37) % 101 > 80))::int AS y, i * 0.5::float8 + (i * 7) % 13 AS amount, i % 20 AS shop,
            CASE WHEN i <= 300 THEN 'big' WHEN i <= 390 THEN 'small' END AS region FROM generate_series(1, 400) AS i;
        CREATE TABLE one AS SELECT id, ((id * 37) % 101) / 100.0::float8 AS p, amount + ((id * 37) % 101) / 10.0::float8 - 5 AS q FROM truth;
        CREATE TABLE two AS SELECT id, ((id * 53) % 89) / 88.0::float8 AS p, amount + ((id * 53) % 89) / 10.0::float8 - 4 AS q FROM truth
        """

    private func file(_ rest: String = "", primary: String = "{metric: auc}", challenger: String = "two") -> String {
        """
        {compare: m, task: binary, key: id, truth: {dataset: truth, label: y}, champion: {dataset: one, score: p},
         challenger: {dataset: \(challenger), score: p}, primary: \(primary)\(rest.isEmpty ? "" : ", " + rest)}
        """
    }

    private static let regression = """
        {compare: m, task: regression, key: id, truth: {dataset: truth, label: amount}, champion: {dataset: one, score: q},
         challenger: {dataset: two, score: q}, primary: {metric: mae}
        """

    /// Champion, challenger, the ends of the interval of the gain, p.
    private typealias Figures = [ModelMetric: (Double, Double, Double, Double, Double)]

    private func expect(_ result: ModelResult, _ figures: Figures) throws {
        #expect(result.problems == [])
        for (metric, wanted) in figures {
            let found = try #require(result.metrics.first { $0.metric == metric })
            let interval = found.interval(confidence: 0.95)
            let values = [found.champion, found.challenger, interval?.low, interval?.high, found.probability?.value]
            for (value, figure) in zip(values, [wanted.0, wanted.1, wanted.2, wanted.3, wanted.4]) {
                let value = try #require(value)
                #expect(abs(value - figure) <= 1e-9 * abs(figure), "\(metric): \(value), not \(figure)")
            }
        }
    }

    /// Against NumPy 2.4.6 and SciPy 1.17.1: mid-ranks by `rankdata`, `ttest_1samp`, `binomtest`, `norm` and `t`.
    @Test func outcomesAreJudgedAsByReference() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            let result = try await compare(file(), on: database)
            try expect(
                result,
                [
                    .auc: (
                        0.683979250081841, 0.486729117876659, -0.274995794308839, -0.119504470101526,
                        6.60386246464125e-07
                    ),
                    .brier: (
                        0.2425235, 0.341712939049587, -0.138875996375055, -0.0595028817241187, 1.30835025270568e-06
                    ),
                    .logLoss: (
                        0.790698267495755, 1.26348795472605, -0.842608518268806, -0.102970856191777, 0.0123534683178416
                    ),
                    .accuracy: (0.6175, 0.4975, -0.18857176448951, -0.0502342056597435, 0.00100983704169445),
                    .recall: (
                        0.612903225806452, 0.502304147465438, -0.202755210255192, -0.0164228719365885,
                        0.0278508881256622
                    ),
                    .specificity: (
                        0.622950819672131, 0.491803278688525, -0.232384209398092, -0.0270752500613671,
                        0.0184333529314625
                    ),
                ])
            #expect(result.verdict == .reject)
            let plain: [ModelMetric: (Double, Double)] = [
                .precision: (0.658415841584158, 0.53960396039604), .f1: (0.634844868735084, 0.520286396181384),
                .mcc: (0.235012229093706, -0.00587154191842067),
                .averagePrecision: (0.780863039439301, 0.532770135110278),
                .ks: (0.36405529953917, 0.0372440885396993), .calibrationError: (0.18285, 0.255909090909091),
            ]
            for (metric, wanted) in plain {
                let found = result.metrics.first { $0.metric == metric }
                #expect(
                    abs((found?.champion ?? 9) - wanted.0) < 1e-12 && abs((found?.challenger ?? 9) - wanted.1) < 1e-12)
            }
        }
    }

    /// Against the same; the variance of clustered areas by Obuchowski's formula in NumPy.
    @Test func rowsOfAClusterCountAsOne() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            try expect(
                try await compare(file("cluster: shop"), on: database),
                [
                    .auc: (
                        0.683979250081841, 0.486729117876659, -0.260645949479914, -0.133854314930452,
                        3.07829928211416e-06
                    ),
                    .brier: (
                        0.2425235, 0.341712939049587, -0.132672536057576, -0.0657063420415978, 5.88395806564148e-06
                    ),
                    .logLoss: (
                        0.790698267495755, 1.26348795472605, -0.957177158165423, 0.0115977837048398, 0.0551839974035395
                    ),
                    .accuracy: (0.6175, 0.4975, -0.156726145641649, -0.0832738543583507, 1.58402562924854e-06),
                    .recall: (
                        0.612903225806452, 0.502304147465438, -0.185285491830492, -0.0359126648515359,
                        0.00590240016977878
                    ),
                    .specificity: (
                        0.622950819672131, 0.491803278688525, -0.19576008497218, -0.0665349969950333,
                        0.000434672679104146
                    ),
                ])
            try expect(
                try await compare(Self.regression + ", cluster: shop}", on: database),
                [
                    .mae: (2.518, 2.24, 0.175946648536861, 0.380053351463139, 1.70128407896582e-05),
                    .mse: (8.46235, 6.73945, 1.21440017042051, 2.23139982957949, 9.564844638782e-07),
                ])
        }
    }

    @Test func numbersAreJudgedAsByReference() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            let result = try await compare(Self.regression + "}", on: database)
            try expect(
                result,
                [
                    .mae: (2.518, 2.24, 0.0860904700045579, 0.469909529995442, 0.00462933622496581),
                    .mse: (8.46235, 6.73945, 0.762126333280678, 2.68367366671933, 0.000471936131655872),
                ])
            let (rmse, bias) = (
                result.metrics.first { $0.metric == .rmse }, result.metrics.first { $0.metric == .bias }
            )
            #expect(abs((rmse?.champion ?? 0) - 2.90901185972144) < 1e-12)
            #expect(abs((bias?.champion ?? 0) - 0.0045) < 1e-12 && abs((bias?.challenger ?? 0) - 0.3955) < 1e-12)
            #expect(result.verdict == .promote)
            #expect(result.reasons == ["mae gains 0.278, between 0.08609 and 0.4699"])
        }
    }

    @Test func modelsThatAreTheSameAreHeld() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            for cluster in ["", "cluster: shop"] {
                for metric in ModelMetric.all(of: .binary) where metric.isDecidable(in: .binary) {
                    // Of a table of counts nothing is known of clusters.
                    if !cluster.isEmpty, [.balancedAccuracy, .precision, .f1, .kappa, .mcc].contains(metric) {
                        continue
                    }
                    let result = try await compare(
                        file(cluster, primary: "{metric: \(metric.rawValue)}", challenger: "one"), on: database)
                    #expect(result.verdict == .hold, "\(metric) \(cluster)")
                    #expect(result.reasons == ["the models predict the same on every row"])
                    #expect(result.metrics.allSatisfy { ($0.gain ?? 0) == 0 && ($0.probability?.value ?? 1) == 1 })
                    #expect(result.disagreements.isEmpty && result.coverage?.differing == 0)
                }
            }
        }
    }

    @Test func coverageComesBeforeAnyMetric() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            try await database.execute(
                """
                UPDATE truth SET y = NULL WHERE id <= 10; UPDATE truth SET y = 7 WHERE id = 11;
                DELETE FROM one WHERE id IN (20, 21); UPDATE one SET p = NULL WHERE id IN (22, 23, 24);
                UPDATE two SET p = 'NaN' WHERE id = 24; UPDATE two SET p = 1.5 WHERE id = 25; UPDATE two SET p = NULL WHERE id = 1;
                INSERT INTO two SELECT i, 0.5 FROM generate_series(1000, 1004) AS i
                """)
            let result = try await compare(file(), on: database)
            var wanted = ModelResult.Coverage()
            (wanted.truth, wanted.unlabelled, wanted.invalidLabels, wanted.complete) = (400, 10, 1, 383)
            (wanted.champion.missing, wanted.champion.null) = (2, 3)
            (wanted.challenger.invalid, wanted.challenger.orphans) = (2, 5)
            wanted.differing = result.coverage?.differing ?? 0
            #expect(result.coverage == wanted)
            #expect(result.verdict == .inconclusive)
            #expect(result.reasons == ["both models predicted 98.46 % of the labelled rows, less than 99 %"])
            #expect(try await compare(file("coverage: 98%"), on: database).verdict == .reject)
        }
    }

    @Test func keysThatIdentifyNothingAreSaid() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            try await database.execute(
                "INSERT INTO one SELECT * FROM one WHERE id < 3; INSERT INTO two VALUES (NULL, 0.5)")
            let result = try await compare(file(), on: database)
            #expect(result.verdict == .inconclusive && result.metrics.isEmpty)
            #expect(
                result.problems == [
                    "4 rows of the champion have a NULL in the key, or share it: which of them belong together is not known",
                    "1 rows of the challenger have a NULL in the key, or share it: which of them belong together is not known",
                ])
        }
    }

    @Test func whatIsNotDefinedIsNoNumber() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            try await database.execute(
                "UPDATE truth SET y = 1; UPDATE two SET p = 0.1; UPDATE one SET p = 0.1 + id * 0 ")
            let result = try await compare(file(), on: database)
            #expect(result.verdict == .inconclusive)
            #expect(result.reasons == ["auc has no interval: all labels are the same"])
            let undefined = result.metrics.filter { $0.undefined != nil }.map(\.metric)
            #expect(
                undefined == [
                    .auc, .specificity, .precision, .mcc, .averagePrecision, .ks, .calibrationSlope,
                    .calibrationIntercept,
                ])
            // One score for all rows ranks nothing: a half, for both.
            try await database.execute("UPDATE truth SET y = id % 2; UPDATE two SET p = 0.7")
            let constant = try await compare(file(), on: database)
            let auc = constant.metrics.first { $0.metric == .auc }
            #expect(auc?.champion == 0.5 && auc?.challenger == 0.5 && auc?.gain == 0 && auc?.probability?.value == 1)
            #expect(constant.verdict == .hold)
        }
    }

    @Test func theVerdictFollowsFromMarginsGoalsAndGuardrails() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            // The challenger errs half as much, but in the small region twice as much.
            try await database.execute(
                """
                UPDATE two SET p = t.y + (o.p - t.y) * CASE WHEN t.region = 'small' THEN 1.2 ELSE 0.5 END
                FROM truth AS t JOIN one AS o USING (id) WHERE t.id = two.id;
                UPDATE two SET p = LEAST(GREATEST(p, 0), 1)
                """)
            func verdict(_ rest: String, _ primary: String = "{metric: brier}") async throws -> (
                ModelResult.Verdict, [String]
            ) {
                let result = try await compare(file(rest, primary: primary), on: database)
                return (result.verdict, result.reasons)
            }
            #expect(try await verdict("").0 == .promote)
            #expect(try await verdict("", "{metric: brier, margin: 0.5}").0 == .hold)
            #expect(try await verdict("guardrails: [{metric: auc}]").0 == .promote)
            #expect(try await verdict("", "{metric: brier, margin: 0.01, goal: non_inferiority}").0 == .promote)
            // 90 rows are too few for min_rows, and so is the slice of NULL: what is not judged is said.
            let unjudged = try await verdict("guardrails: [{metric: brier, by: region}]")
            #expect(unjudged.0 == .promote && unjudged.1.last == "2 slices have too few rows to be judged (min_rows)")
            let none = try await verdict("guardrails: [{metric: brier, by: region}], min_rows: 301")
            #expect(none.0 == .hold)
            #expect(none.1[1] == "brier by region is judged nowhere: no slice has enough rows")
            let harmed = try await verdict("guardrails: [{metric: brier, by: region}], min_rows: 10")
            #expect(
                harmed.0 == .reject
                    && harmed.1[1].hasPrefix("brier where region is small loses more than 0: between -0."))
            #expect(
                try await verdict("guardrails: [{metric: brier, by: region, margin: 0.5}], min_rows: 10").0 == .promote)
            let few = try await verdict("min_rows: 1000")
            #expect(few.0 == .inconclusive && few.1 == ["brier rests on 400 rows, fewer than the 1000 of min_rows"])
        }
    }

    @Test func aMessageDoesNotQuoteWhatIsPersonal() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            try await database.execute("ALTER TABLE one ADD phone text; UPDATE one SET phone = 'call ada'")
            let file = file().replacing("one, score: p}", with: "one, score: phone}")
            let open = try await compare(file, on: database)
            #expect(open.problems.count == 1 && open.problems[0].contains("call ada"))
            let masked = try await compare(
                file, on: database,
                suite: "{dataset: one, pii: {phone: mask}, checks: [row_count: {min: 0}]}")
            #expect(
                masked.problems == [
                    "the server's message is withheld, because there are personal columns (SQLSTATE 22P02)"
                ])
        }
    }

    @Test func disagreementsShowTheRowWithoutWhatIsPersonal() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            try await database.execute(
                "ALTER TABLE truth ADD email text; UPDATE truth SET email = 'ada@example.com', y = 1; UPDATE two SET p = 0.99 WHERE id = 101"
            )
            let result = try await compare(
                file("where: shop < 5"), on: database,
                suite: "{dataset: truth, pii: {email: mask}, checks: [row_count: {min: 0}]}")
            let gaps = result.disagreements.map { abs((Double($0.champion) ?? 9) - (Double($0.challenger) ?? 9)) }
            #expect(gaps.count == 20 && gaps == gaps.sorted(by: >))
            #expect(result.disagreements[0].key["id"]?.integer == 101 && result.disagreements[0].champion == "0")
            #expect(result.disagreements.allSatisfy { $0.rows[0]["email"] == nil && $0.rows[0]["shop"] != nil })
            #expect(result.coverage?.truth == 100)
        }
    }
}
