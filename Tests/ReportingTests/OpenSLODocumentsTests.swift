import CheckFiles
import Checks
import ExactJSON
import Reporting
import ServiceLevels
import Testing

struct OpenSLODocumentsTests {
    private static func agreement(_ name: String, _ objectives: [String]) -> Agreement {
        Agreement(
            name: name,
            objectives: objectives.map {
                Objective($0, checks: ["*"], target: TargetShare(numerator: 9950, denominator: 10_000))
            })
    }

    private static func names(_ documents: OpenSLODocuments, of kind: JSONValue) -> [String] {
        documents.documents.filter { $0["kind"] == kind }.compactMap { $0["metadata"]?["name"]?.string }
    }

    @Test
    func namesAreLabelsThatStandOnce() {
        let long = String(repeating: "orders ", count: 12)
        let documents = OpenSLODocuments([
            Self.agreement("shop/Orders", ["Ünï", "uni", "n", long, long + "again"]),
            Self.agreement("shop.orders", ["x"]),
            Self.agreement("___", ["-", "--"]),
        ])
        #expect(Self.names(documents, of: "Service") == ["unnamed", "shop-orders", "shop-orders-2"])
        let names = Self.names(documents, of: "SLO")
        #expect(names == Self.names(documents, of: "SLI"))
        #expect(Set(names).count == 8)
        for name in names {
            #expect(name.wholeMatch(of: #/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/#) != nil, "\(name)")
        }
    }

    @Test(arguments: [(1050, false), (1051, true), (5000, true)])
    func descriptionsAreCut(length: Int, isCut: Bool) throws {
        var agreement = Self.agreement("a", ["x"])
        agreement.description = String(repeating: "é", count: length)
        let service = try #require(OpenSLODocuments([agreement]).documents.first)
        #expect(service["spec"]?["description"]?.string?.unicodeScalars.count == 1050)
        let kept = service["metadata"]?["annotations"]?["assay-description"]?.string
        #expect(kept == (isCut ? agreement.description : nil))
    }

    @Test(arguments: [
        (Agreement.Period.month, #"{"duration": "1M", "start": "2024-01-01 00:00:00"}"#),
        (.quarter, #"{"duration": "1Q", "start": "2024-01-01 00:00:00"}"#),
        (.week, #"{"duration": "1w", "start": "2024-01-01 00:00:00"}"#),
        (.rolling(days: 28), #"{"duration": "28d"}"#),
    ])
    func periodsAreWindows(period: Agreement.Period, expected: String) throws {
        var agreement = Self.agreement("a", ["x"])
        (agreement.period, agreement.zone) = (period, "Europe/Berlin")
        let documents = OpenSLODocuments([agreement]).documents
        let window = try #require(documents.last?["spec"]?["timeWindow"]?.elements.first)
        let wanted = try JSONValue(parsing: expected)
        #expect(window["duration"] == wanted["duration"])
        #expect(window["calendar"]?["startTime"] == wanted["start"])
        #expect(window["isRolling"] == .boolean(wanted["start"] == nil))
        let zone = window["calendar"]?["timeZone"] ?? documents.first?["metadata"]?["annotations"]?["assay-zone"]
        #expect(zone == "Europe/Berlin")
        // Weeks begin on a Monday.
        #expect(CivilDate("2024-01-01")?.weekday == 1)
    }

    @Test
    func targetsHaveNoNeedlessDigitsAndAreBelowOne() {
        var agreement = Self.agreement("a", ["x", "y"])
        agreement.objectives[1].target = TargetShare(numerator: 1000, denominator: 1000)
        let documents = OpenSLODocuments([agreement])
        #expect(documents.documents.last?["spec"]?["objectives"]?.elements.first?["target"] == .number("0.995"))
        #expect(documents.problems.map(\.objective) == ["y"])
        #expect(documents.problems.map(\.isMissing) == [true])
        #expect(documents.documents.count == 3)
    }

    @Test(
        arguments: [
            (60, "1m", nil), (5400, "90m", nil), (7200, "2h", nil), (172_800, "2d", nil), (90, "2m", "90s"),
        ] as [(Int, String, String?)])
    func slicesAreShorthand(seconds: Int, window: String, exact: String?) throws {
        var agreement = Self.agreement("a", ["x"])
        agreement.objectives[0].method = .timeslices
        agreement.objectives[0].slice = .seconds(seconds)
        let documents = OpenSLODocuments([agreement])
        let slo = try #require(documents.documents.last)
        #expect(slo["spec"]?["objectives"]?.elements.first?["timeSliceWindow"]?.string == window)
        #expect(slo["metadata"]?["annotations"]?["assay-slice"]?.string == exact)
        #expect(documents.problems.map(\.isMissing) == (exact == nil ? [] : [false]))
    }

    /// The standard says both (0, 1] and [0, 1].
    @Test(arguments: [(0, 1), (1, 0), (10, 0)])
    func aSliceThatIsAlwaysGoodIsWarnedOf(numerator: Int, warnings: Int) throws {
        var agreement = Self.agreement("a", ["x"])
        agreement.objectives[0].method = .timeslices
        agreement.objectives[0].sliceTarget = TargetShare(numerator: numerator, denominator: 10)
        let documents = OpenSLODocuments([agreement])
        let share = documents.documents.last?["spec"]?["objectives"]?.elements.first?["timeSliceTarget"]
        #expect(share == .number(numerator == 0 ? "0" : numerator == 10 ? "1" : "0.1"))
        #expect(documents.problems.map(\.isMissing) == [Bool](repeating: false, count: warnings))
    }

    @Test(arguments: [
        "Mon 08:00-09:00", "Mon-Sun 00:00-24:00", "Sat-Mon 10:05-11:00", "Tue-Thu 08:00-09:00, Sun 09:30-10:00",
    ])
    func hoursAreWrittenAsTheyAreRead(text: String) throws {
        var agreement = Self.agreement("a", ["x"])
        let hours = try #require(BusinessHours(text))
        agreement.hours = hours
        let service = try #require(OpenSLODocuments([agreement]).documents.first)
        #expect(service["metadata"]?["annotations"]?["assay-hours"]?.string == text)
    }

    /// Whoever adds a field sees here that it has to come back from an export, too.
    @Test
    func nothingOfAnAgreementIsForgotten() {
        let agreement = Self.agreement("a", ["x"])
        let fields = Set(Mirror(reflecting: agreement).children.compactMap(\.label))
        let written: Set = [
            "name", "description", "consumer", "owner", "period", "zone", "hours", "keyDatasets", "objectives",
        ]
        #expect(fields == written)
        let ofObjectives = Set(Mirror(reflecting: agreement.objectives[0]).children.compactMap(\.label))
        let writtenOfObjectives: Set = [
            "name", "checks", "target", "method", "unknown", "coverage", "slice", "sliceTarget", "burnAlerts",
        ]
        #expect(ofObjectives == writtenOfObjectives)
    }

    @Test
    func whatIsWrittenIsYAMLThatIsReadBack() throws {
        var agreement = Self.agreement("a", ["yes", "30d", "1", "a: b", "- c", "null", "#", "Ünï\n\"x\"\t"])
        agreement.description = "two\nlines: {of} [it], 'quoted' # and more"
        (agreement.owner, agreement.consumer) = ("on", "~")
        let documents = OpenSLODocuments([agreement])
        let read = try YAMLText.documents(of: SourceFile(path: "a.yaml", text: documents.text))
        #expect(read == documents.documents)
        #expect(OpenSLODocuments([agreement]).text == documents.text)
    }
}
