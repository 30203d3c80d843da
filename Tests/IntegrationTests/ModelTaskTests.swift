import CheckFiles
import Comparison
import ExactJSON
import Execution
import Statistics
import StructuredSQL
import TestSupport
import Testing

/// Tasks besides outcomes, weights, orders, distances and several challengers.
///
/// References are from NumPy 2.4.6 and SciPy 1.17.1, derivatives of tables and the calibration from mpmath 1.3.0 with 40 digits.
struct ModelTaskTests {
    private func compare(_ file: String, on database: TestServer.Database) async throws -> [ModelResult] {
        let project = try TestProject.project(files: [SourceFile(path: "m.yaml", text: file)])
        let context = TableDiffRunner.Context(settings: AuditSettings(jobs: 1))
        return try await ModelRunner(server: database.settings, context: context).run(
            try #require(project.modelFamilies.first))
    }

    /// 400 rows; the same numbers that the references were computed from.
    private static let tables: SQL = """
        CREATE TABLE truth AS SELECT i AS id, (((i * 29) % 7 < 3) OR ((i * 37) % 101 > 80))::int AS y,
            i * 0.5::float8 + (i * 7) % 13 AS amount, chr(97 + (i * 29) % 7 % 4) AS kind, ((i * 11) % 7) / 2.0 AS w, i % 20 AS shop,
            CASE WHEN i % 40 = 7 THEN 0 ELSE GREATEST((i * 31) % 11 - 7, 0) END AS rel, i % 40 AS q FROM generate_series(1, 400) AS i;
        CREATE FUNCTION shares(id bigint, a int) RETURNS jsonb LANGUAGE sql AS $$
            SELECT jsonb_object_agg(chr(97 + k), n::float8 / total) FROM (
                SELECT k, 1 + (id * a + k * 13) % 5 AS n, sum(1 + (id * a + k * 13) % 5) OVER ()::float8 AS total FROM generate_series(0, 3) AS k
            ) AS counted
        $$;
        CREATE TABLE one AS SELECT id, ((id * 37) % 101) / 100.0::float8 AS p, amount + ((id * 37) % 101) / 10.0::float8 - 5 AS r,
            CASE WHEN (id * 37) % 101 < 60 THEN kind ELSE chr(97 + (id * 37) % 3) END AS k, ((id * 17) % 23) / 22.0::float8 AS s,
            shares(id, 37) AS shares FROM truth;
        CREATE TABLE two AS SELECT id, ((id * 53) % 89) / 88.0::float8 AS p, amount + ((id * 53) % 89) / 10.0::float8 - 4 AS r,
            CASE WHEN (id * 53) % 89 < 40 THEN kind ELSE chr(97 + (id * 53) % 5) END AS k, ((id * 41) % 19) / 18.0::float8 AS s,
            shares(id, 53) AS shares FROM truth
        """

    private func file(_ task: String, label: String?, column: String, primary: String, _ rest: String = "") -> String {
        let key = column == "k" ? "prediction" : "score"
        let more = column == "k" && task == "multiclass" ? ", probabilities: shares" : ""
        let truth = label.map { "truth: {dataset: truth, label: \($0)}, " } ?? ""
        return """
            {compare: m, task: \(task), key: id, \(truth)champion: {dataset: one, \(key): \(column)\(more)},
             challenger: {dataset: two, \(key): \(column)\(more)}, primary: {metric: \(primary)}\(rest)}
            """
    }

    /// Champion, challenger, and where they are known the ends of the interval of the gain and p.
    private typealias Figures = [ModelMetric: [Double]]

    private func expect(_ result: ModelResult, _ figures: Figures, tolerance: Double = 1e-9) throws {
        #expect(result.problems == [])
        for (metric, wanted) in figures {
            let found = try #require(result.metrics.first { $0.metric == metric }, "\(metric)")
            let interval = found.interval(confidence: 0.95)
            let values = [found.champion, found.challenger, interval?.low, interval?.high, found.probability?.value]
            if wanted.count == 2 { #expect(interval == nil, "\(metric)") }
            for (value, figure) in zip(values, wanted) where !figure.isNaN {
                let value = try #require(value, "\(metric)")
                #expect(abs(value - figure) <= tolerance * abs(figure), "\(metric): \(value), not \(figure)")
            }
        }
    }

    @Test func labelsOfSeveralClasses() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            let file = file("multiclass", label: "kind", column: "k", primary: "accuracy")
            let result = try await compare(file, on: database)[0]
            try expect(
                result,
                [
                    .accuracy: [0.71, 0.565, -0.21299280332783582, -0.07556441060251246, 6.447838075699736e-05],
                    .balancedAccuracy: [
                        0.695766590389016, 0.5623379099923722, -0.20576827440516254, -0.06108908638812503,
                        0.0003002230290281014,
                    ],
                    .macroF1: [
                        0.5725929366349877, 0.4684138857941182, -0.1610027901609186, -0.04735531152082048,
                        0.00032646234958253725,
                    ],
                    .weightedF1: [
                        0.7112410792382902, 0.5965995322475109, -0.18318222253318095, -0.04610087144837749,
                        0.0010445374024612198,
                    ],
                    .kappa: [
                        0.6007468786838415, 0.4321334160112268, -0.25962787185525504, -0.07759905348997428,
                        0.0002822891921905166,
                    ],
                    .mcc: [
                        0.6026503160894358, 0.4367771892998865, -0.25659117013175525, -0.07515508344734316,
                        0.00033877398892153624,
                    ],
                    .brier: [
                        0.799822255721856, 0.7994666113662118, -0.025877135134543455, 0.02658842384583216,
                        0.9787501696067811,
                    ],
                    .logLoss: [
                        1.514623929242548, 1.5124352573991633, -0.06021418081122317, 0.06459152449799267,
                        0.9450627738209313,
                    ],
                ])
            #expect(result.flips == 238 && result.verdict == .reject)
            #expect(
                result.disagreements.count == 20 && result.disagreements.allSatisfy { $0.champion != $0.challenger })
            // A label that is not known, and probabilities that do not come to 1.
            try await database.execute(
                """
                UPDATE truth SET kind = NULL WHERE id <= 5; UPDATE one SET shares = '{"a": 0.5}' WHERE id = 10;
                UPDATE two SET k = NULL WHERE id = 11
                """)
            let coverage = try #require(try await compare(file, on: database)[0].coverage)
            #expect(coverage.unlabelled == 5 && coverage.champion.invalid == 1 && coverage.challenger.null == 1)
            #expect(coverage.complete == 393)
        }
    }

    @Test func metricsOfATableHaveTheirErrors() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            try expect(
                try await compare(file("binary", label: "y", column: "p", primary: "f1"), on: database)[0],
                [
                    .balancedAccuracy: [
                        0.6179270227392913, 0.4970537130769812, -0.19061691830149582, -0.05112970102312456,
                        0.0006817076284800477,
                    ],
                    .precision: [
                        0.6584158415841584, 0.5396039603960396, -0.18846625202026596, -0.049157510355971656,
                        0.0008282454875932101,
                    ],
                    .f1: [
                        0.6348448687350835, 0.5202863961813843, -0.18850373382586136, -0.04061321128153722,
                        0.0023938833877781155,
                    ],
                    .kappa: [
                        0.2343491968172947, -0.005854976730220687, -0.3788405580377123, -0.10156778905731845,
                        0.0006841013964353697,
                    ],
                    .mcc: [
                        0.23501222909370592, -0.005871541918420584, -0.37988553068792164, -0.10188201133633137,
                        0.0006824631127102834,
                    ],
                    .calibrationInTheLarge: [0.042050000000000004, 0.04301136363636364],
                    .calibrationSlope: [0.25169041250168717, 0.007675668538925015],
                    .calibrationIntercept: [0.17693372854232445, 0.17050204100972674],
                    .psi: [0, 0.002282871907084652], .jensenShannon: [0, 0.020287103879346093],
                    .scoreKS: [0, 0.0125], .wasserstein: [0, 0.00368181818181818],
                    .meanDistance: [0, 0.3422772727272727],
                ])
        }
    }

    @Test func rowsCountAsMuchAsTheyWeigh() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            let result = try await compare(
                file("binary", label: "y", column: "p", primary: "brier", ", weight: w"), on: database)[0]
            try expect(
                result,
                [
                    .accuracy: [
                        0.652789342214821, 0.5045795170691091, -0.23269586125019182, -0.063723789041232,
                        0.0005854406700243352,
                    ],
                    .recall: [
                        0.7008547008547008, 0.5149572649572649, -0.3080904404347103, -0.0637044313601615,
                        0.0028658074867333946,
                    ],
                    .specificity: [
                        0.6221009549795361, 0.4979536152796726, -0.23818725854974696, -0.010107420849980203,
                        0.03286925688721721,
                    ],
                    .precision: [
                        0.5421487603305785, 0.3957307060755337, -0.22922513599059763, -0.06361097251949205,
                        0.0005290998640734309,
                    ],
                    .f1: [
                        0.6113699906803355, 0.44753946146703805, -0.2529051507472695, -0.07475590767932537,
                        0.0003123158900143332,
                    ],
                    .mcc: [
                        0.31500466924409326, 0.012593929758920059, -0.46583514455232483, -0.1389863344180216,
                        0.0002869110296389207,
                    ],
                    .brier: [
                        0.21302489592006657, 0.33351812539137493, -0.1665470899012934, -0.07443936904132326,
                        4.491469831013146e-07,
                    ],
                    .logLoss: [
                        0.6468897605013766, 1.3483314959938064, -1.1771974898082687, -0.2256859811765911,
                        0.003973151132496047,
                    ],
                    .auc: [0.7549949860659274, 0.505178635976726],
                    .averagePrecision: [0.7729758595656093, 0.40630223157716305],
                    .ks: [0.5085470085470085, 0.038490689241030274],
                    .calibrationInTheLarge: [-0.1123480432972523, -0.10905684656725458],
                    .calibrationSlope: [0.5531672467955069, 0.014790489950215695],
                    .calibrationIntercept: [-0.5499211122388789, -0.4495382577548151],
                ])
            // Rows of no weight are none.
            #expect(result.metrics.first { $0.metric == .brier }?.rows == 343)
            try expect(
                try await compare(
                    file("regression", label: "amount", column: "r", primary: "mae", ", weight: w"), on: database)[0],
                [
                    .mae: [
                        2.519816819317236, 2.268276436303081, 0.022905953422762054, 0.48017481260554806,
                        0.031157484919467484,
                    ],
                    .mse: [
                        8.476511240632808, 6.883963363863448, 0.4345553892793066, 2.750540364259415,
                        0.007171398245548908,
                    ],
                    .r2: [0.9974767397869329, 0.9979508042434977],
                ])
            try expect(
                try await compare(
                    file("regression", label: "amount", column: "r", primary: "mae", ", weight: w, cluster: shop"),
                    on: database)[0],
                [
                    .mae: [
                        2.519816819317236, 2.268276436303081, 0.14229727420406052, 0.36078349182424957,
                        0.00011916831787081136,
                    ]
                ])
            try await database.execute("UPDATE truth SET w = -1 WHERE id = 3; UPDATE truth SET w = NULL WHERE id = 4")
            let spoilt = try await compare(
                file("regression", label: "amount", column: "r", primary: "mae", ", weight: w"), on: database)[0]
            #expect(spoilt.problems == ["2 rows have a weight that is NULL, less than 0 or no number"])
            #expect(spoilt.verdict == .inconclusive)
        }
    }

    @Test func forecastsInOrderAreJudgedByDieboldAndMariano() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            let reference: [Int: Figures] = [
                1: [
                    .mae: [2.518, 2.24, 0.08609047000455788, 0.4699095299954425, 0.0046293362249658085],
                    .mse: [8.46235, 6.73945, 0.7621263332806778, 2.6836736667193257, 0.0004719361316558716],
                    .r2: [0.9974726239630854, 0.9979871874323346],
                ],
                4: [
                    .mae: [2.518, 2.24, 0.10230518702856758, 0.45369481297143277, 0.002000776770750356],
                    .mse: [8.46235, 6.73945, 0.8913494828243879, 2.5544505171756158, 5.5943819724515266e-05],
                ],
                12: [
                    .mae: [2.518, 2.24, 0.18125111406244393, 0.37474888593755645, 3.073764726231826e-08],
                    .mse: [8.46235, 6.73945, 1.108234437960509, 2.3375655620394946, 6.431375351351025e-08],
                ],
            ]
            for (horizon, figures) in reference {
                let result = try await compare(
                    file(
                        "regression", label: "amount", column: "r", primary: "mae",
                        ", order: id, horizon: \(horizon)"), on: database)[0]
                try expect(result, figures)
                #expect(result.metrics.first { $0.metric == .mae }?.test == "diebold_mariano")
            }
        }
    }

    @Test func rankingsAreJudgedByQuery() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            func file(_ k: Int) -> String {
                self.file("ranking", label: "rel", column: "s", primary: "ndcg", ", query: q, k: \(k), min_rows: 30")
            }
            let result = try await compare(file(10), on: database)[0]
            try expect(
                result,
                [
                    .ndcg: [
                        0.544888599032007, 0.5689113922103674, -0.03545398254406812, 0.08349956890078865,
                        0.4186505598490063,
                    ],
                    .meanAveragePrecision: [
                        0.4266992266992267, 0.4580111246777913, -0.05394129098166816, 0.11656508693879747,
                        0.4617383351889815,
                    ],
                    .meanReciprocalRank: [
                        0.4765567765567765, 0.5195054945054944, -0.08865691043657915, 0.17455434633401506,
                        0.5128227935735418,
                    ],
                    .precisionAtK: [0.2717948717948719, 0.2717948717948719, 0, 0, 1], .recallAtK: [1, 1, 0, 0, 1],
                ])
            #expect(result.metrics.first?.rows == 39 && result.verdict == .inconclusive)
            try expect(
                try await compare(file(3), on: database)[0],
                [
                    .ndcg: [
                        0.24369837823093227, 0.2782734507438961, -0.07354068033333436, 0.14269082535926195,
                        0.5212686122477046,
                    ],
                    .meanAveragePrecision: [
                        0.2037037037037037, 0.23717948717948714, -0.07491709122884349, 0.14186865818041045,
                        0.5355707731707798,
                    ],
                    .meanReciprocalRank: [
                        0.4017094017094017, 0.45726495726495714, -0.09792487566483223, 0.20903598677594337,
                        0.4681930617499031,
                    ],
                    .precisionAtK: [
                        0.2735042735042735, 0.2905982905982906, -0.0936249977572057, 0.1278130319452399,
                        0.7563327446847447,
                    ],
                    .recallAtK: [
                        0.3034188034188034, 0.32051282051282054, -0.10035800269219106, 0.13454603688022523,
                        0.7698792640077154,
                    ],
                ])
        }
    }

    @Test func withoutATruthModelsAreNearOrFar() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            let scores = try await compare(
                file("unlabeled", label: nil, column: "p", primary: "flip_rate, margin: 0.05", ", threshold: 0.5"),
                on: database)[0]
            try expect(
                scores,
                [
                    .flipRate: [0, 0.515, -0.5635858989458264, -0.4661170713512033],
                    .meanDistance: [
                        0, 0.3422772727272727, -0.3660246559428323, -0.3185298895117131, 1.4088609486000942e-97,
                    ],
                    .psi: [0, 0.002282871907084652], .jensenShannon: [0, 0.020287103879346093],
                    .scoreKS: [0, 0.0125], .wasserstein: [0, 0.00368181818181818],
                ])
            #expect(scores.verdict == .reject && scores.flips == 206)
            let numbers = try await compare(
                file("unlabeled", label: nil, column: "r", primary: "mean_distance, margin: 4"), on: database)[0]
            try expect(
                numbers,
                [
                    .meanDistance: [0, 3.2405, -3.4649872242996596, -3.0160127757003403, 9.400563052945451e-98],
                    .psi: [0, 0.000875495447094871], .jensenShannon: [0, 0.012564749179354899],
                    .scoreKS: [0, 0.01], .wasserstein: [0, 0.543],
                ], tolerance: 1e-8)
            #expect(numbers.verdict == .promote)
            let labels = try await compare(
                file("unlabeled", label: nil, column: "k", primary: "flip_rate, margin: 0.7"), on: database)[0]
            try expect(labels, [.psi: [0, 0.78079841095976], .jensenShannon: [0, 0.2572649101000088]])
            #expect(labels.flips == 238 && labels.verdict == .promote)
            #expect(!labels.metrics.contains { $0.metric == .wasserstein })
            // No flip among few rows is no proof.
            let few = try await compare(
                """
                {compare: m, task: unlabeled, key: id, champion: {dataset: one, score: p, where: id <= 100},
                 challenger: {dataset: one, score: p}, primary: {metric: flip_rate, margin: 0.01}, threshold: 0.5}
                """, on: database)[0]
            #expect(few.flips == 0 && few.verdict == .hold)
        }
    }

    @Test func severalChallengersAreCorrectedForTheirNumber() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            func file(_ challengers: String) -> String {
                """
                {compare: m, task: regression, key: id, truth: {dataset: truth, label: amount},
                 champion: {dataset: one, score: r}, challengers: [\(challengers)], primary: {metric: mae}}
                """
            }
            // Two-sided p is 0.0046: half of it is enough for one of ten challengers, not for one of eleven that are no better.
            let two = "{dataset: two, score: r, version: two}"
            func others(_ count: Int) -> String {
                (1...count).map { ", {dataset: one, score: r, version: v\($0)}" }.joined()
            }
            let ten = try await compare(file(two + others(9)), on: database)
            #expect(ten.map(\.verdict) == [.promote] + Array(repeating: .hold, count: 9))
            let eleven = try await compare(file(two + others(10)), on: database)
            #expect(eleven[0].verdict == .hold)
            #expect(eleven[0].reasons.last == "one of 11 challengers may look as good by luck (Holm: 0.0255)")
            #expect(eleven.map(\.comparison.label)[1] == "m, v1")
        }
    }

    /// Ten thousand million rows of which `first` and `second` are right for one model alone.
    private func accuracy(_ first: Int, _ second: Int) throws -> MetricEstimate {
        let file = file("multiclass", label: "kind", column: "k", primary: "accuracy")
        let comparison = try #require(
            ProjectLoader.load([SourceFile(path: "m.yaml", text: file)]).modelFamilies.first?.first)
        let cells = [("a", "a", 10_000_000_000 - first - second), ("a", "b", first), ("b", "a", second)].map {
            one, two, count in
            ModelFigure(
                .cells, part: -1, value: nil,
                figures: [
                    "y": "a", "l1": .string(one), "l2": .string(two), "n": .number(String(count)),
                    "w": .number(String(count)), "q": .number(String(count)),
                ])
        }
        let sums = ModelSums(cells, of: comparison, unitMetrics: [])
        return try #require(sums.estimates.first { $0.metric == .accuracy })
    }

    /// Against SciPy's `binomtest`, and the sum of the tail in mpmath.
    @Test func tablesOfAnySizeHaveTheirProbabilities() throws {
        let cases: [(Int, Int, low: Double, high: Double, p: Double, log10: Double)] = [
            (
                5_000_000, 5_004_000, -2.1991900980759772e-07, 1.0199190096475978e-06, 0.2061073010122846,
                -0.6859066237802881
            ),
            (
                5_000_000, 5_010_000, 3.7989511687444825e-07, 1.6201048827255518e-06, 0.0015756248126426325,
                -2.802547188621383
            ),
            (1_000_000, 2_000_000, 9.966052986124064e-05, 0.00010033947009875936, 0, -73788.9231461428),
        ]
        for one in cases {
            let found = try accuracy(one.0, one.1)
            let interval = try #require(found.interval(confidence: 0.95))
            #expect(
                abs(interval.low - one.low) <= 1e-9 * abs(one.low) && abs(interval.high - one.high) <= 1e-9 * one.high)
            let probability = try #require(found.probability)
            #expect(abs(probability.value - one.p) <= 1e-6 * one.p)
            #expect(abs(probability.log10 - one.log10) <= 1e-6 * abs(one.log10))
        }
    }

    @Test func mistakesInModelsAreSaid() {
        func message(
            _ rest: String, _ task: String = "binary", label: String? = "y", column: String = "p",
            primary: String = "brier"
        ) -> String? {
            let text = file(task, label: label, column: column, primary: primary, rest)
            return ProjectLoader.load([SourceFile(path: "m.yaml", text: text)]).diagnostics.first?.message
        }
        #expect(message(", order: id") == "\"order\" belongs to the task regression")
        #expect(
            message("", "ranking", label: "rel", column: "s", primary: "ndcg")?.contains("a ranking needs \"query\"")
                == true)
        #expect(message(", weight: w", primary: "auc") == "auc has no test with weights")
        #expect(message(", cluster: shop", primary: "f1") == "f1 has no interval with clusters")
        #expect(
            message("", "unlabeled", label: nil, primary: "flip_rate")?.hasPrefix("flip_rate needs a \"threshold\"")
                == true)
        #expect(
            message("", "unlabeled", label: "y", primary: "mean_distance")
                == "with a \"truth\" the task is not unlabeled")
        #expect(message("", "unlabeled", label: nil, primary: "psi")?.contains("has no interval") == true)
        #expect(
            message(", horizon: 3", "regression", label: "amount", column: "r", primary: "mae")?.contains(
                "needs \"order\"") == true)
        #expect(message("", primary: "flip_rate")?.contains("has no interval") == true)
    }
}
