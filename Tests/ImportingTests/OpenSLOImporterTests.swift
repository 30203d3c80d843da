import ExactJSON
import Importing
import Testing

struct OpenSLOImporterTests {
    private static func project(_ documents: [String]) throws -> ImportedProject {
        OpenSLOImporter.project(
            from: try documents.map { ImportSource(path: "s.yaml", content: .document(try JSONValue(parsing: $0))) })
    }

    private static let rolling = #"[{"duration": "30d", "isRolling": true}]"#
    private static let checks = #"{"type": "assay", "spec": {"checks": ["shop.orders.*"]}}"#

    /// What becomes of an SLO with one objective.
    private static func slo(
        objective: String = #"{"target": 0.99}"#, window: String = rolling, method: String = "Occurrences",
        sli: String = #"{"thresholdMetric": {"metricSource": \#(checks)}}"#, annotations: String = "{}"
    ) throws -> ImportedProject {
        try project([
            #"""
            {"apiVersion": "openslo/v1", "kind": "SLO", "metadata": {"name": "good", "annotations": \#(annotations)},
            "spec": {"service": "shop", "indicator": {"metadata": {"name": "i"}, "spec": \#(sli)},
            "timeWindow": \#(window), "budgetingMethod": "\#(method)", "objectives": [\#(objective)]}}
            """#
        ])
    }

    private static func calendar(_ duration: String, _ start: String = "2024-01-01 00:00:00") -> String {
        #"[{"duration": "\#(duration)", "calendar": {"startTime": "\#(start)", "timeZone": "Europe/Berlin"}}]"#
    }

    // MARK: Windows

    @Test(
        arguments: [
            (rolling, "rolling 30d", .converted),
            (#"[{"duration": "4w", "isRolling": true}]"#, "rolling 28d", .converted),
            (#"[{"duration": "48h", "isRolling": true}]"#, "rolling 2d", .converted),
            (#"[{"duration": "1M", "isRolling": true}]"#, "rolling 30d", .approximated),
            (#"[{"duration": "1Y", "isRolling": true}]"#, "rolling 365d", .approximated),
            (#"[{"duration": "1m", "isRolling": true}]"#, nil, .notConverted),
            (#"[{"duration": "5h", "isRolling": true}]"#, nil, .notConverted),
            (#"[{"duration": "2Y", "isRolling": true}]"#, nil, .notConverted),
            (calendar("1M"), "calendar month", .converted), (calendar("1Q"), "quarter", .converted),
            (calendar("3M", "2024-04-01 00:00:00"), "quarter", .converted), (calendar("1w"), "week", .converted),
            (calendar("1w", "2024-01-02 00:00:00"), "week", .approximated),
            (calendar("1M", "2024-01-01 12:30:00"), "calendar month", .approximated),
            (calendar("1M", "2024-01-15"), "calendar month", .approximated),
            // The standard's own example writes a month so.
            (calendar("1m"), "calendar month", .approximated), (calendar("2m"), nil, .notConverted),
            (calendar("1Y"), nil, .notConverted), (calendar("1 month"), nil, .notConverted),
            ("[]", "calendar month", .approximated), ("null", "calendar month", .approximated),
            (#"{"duration": "7d", "isRolling": true, "calendar": null}"#, "rolling 7d", .converted),
            (#"[{"duration": "30d", "isRolling": true}, {"duration": "7d", "isRolling": true}]"#, nil, .notConverted),
        ] as [(String, String?, ImportItem.Fate)])
    func windowsArePeriods(window: String, period: String?, fate: ImportItem.Fate) throws {
        let project = try Self.slo(window: window)
        #expect(project.agreements.map(\.period) == (period.map { [$0] } ?? []))
        #expect(project.items.map(\.fate) == [fate])
        #expect(project.agreements.first?.zone == (window.contains("Berlin") && period != nil ? "Europe/Berlin" : nil))
        if fate != .converted { #expect(project.items.first?.note != nil) }
    }

    // MARK: Targets and methods

    @Test(
        arguments: [
            (#"{"target": 0.995}"#, "99.5%"), (#"{"targetPercent": 99.95}"#, "99.95%"), (#"{"target": "9e-1"}"#, "90%"),
            (#"{"target": 0.999999999}"#, "99.9999999%"), (#"{"target": 0}"#, "0%"), (#"{"target": 1}"#, "100%"),
            (#"{"target": 0.9999999999}"#, nil), (#"{"target": 99.5}"#, nil), (#"{"targetPercent": 101}"#, nil),
            (#"{"target": -0.1}"#, nil), (#"{"target": 0.99, "targetPercent": 99}"#, nil), ("{}", nil),
            (#"{"target": 0.9, "compositeWeight": 1}"#, nil),
        ] as [(String, String?)])
    func targetsAreExact(objective: String, target: String?) throws {
        let project = try Self.slo(objective: objective)
        #expect(project.agreements.flatMap(\.objectives).map(\.target) == (target.map { [$0] } ?? []))
        #expect(project.items.map(\.fate) == [target == nil ? .notConverted : .converted])
        #expect((project.items.first?.note ?? "").contains("error budget") == (target == "100%"))
    }

    @Test(
        arguments: [
            (#""timeSliceTarget": 0.95, "timeSliceWindow": "1m""#, "1min", "95%"),
            (#""timeSliceTarget": 1, "timeSliceWindow": 90"#, "90min", nil),
            (#""timeSliceTarget": 0, "timeSliceWindow": "2d""#, "2d", "0%"),
            (#""timeSliceTarget": 0.5, "timeSliceWindow": "1M""#, nil, nil),
            (#""timeSliceTarget": 0.5, "timeSliceWindow": "0m""#, nil, nil),
            (#""timeSliceTarget": 0.5, "timeSliceWindow": 1.5"#, nil, nil), (#""timeSliceTarget": 0.5"#, nil, nil),
            (#""timeSliceWindow": "1m""#, nil, nil),
        ] as [(String, String?, String?)])
    func slicesAreSlices(members: String, slice: String?, share: String?) throws {
        let project = try Self.slo(objective: #"{"target": 0.99, \#(members)}"#, method: "Timeslices")
        let objective = project.agreements.first?.objectives.first
        #expect(objective?.slice == slice)
        #expect(objective?.sliceTarget == share)
        #expect(project.items.map(\.fate) == [slice == nil ? .notConverted : .converted])
    }

    @Test(arguments: ["RatioTimeslices", "Calendar", ""])
    func otherMethodsAreRefused(method: String) throws {
        let project = try Self.slo(
            objective: #"{"target": 0.9, "timeSliceTarget": 0.9, "timeSliceWindow": "1h"}"#, method: method)
        #expect(project.agreements.isEmpty)
        #expect(project.items.first?.fate == .notConverted)
        #expect(project.items.first?.note?.contains(method) == true)
    }

    // MARK: Indicators

    private static func metric(_ query: String, type: String = "postgres") -> String {
        #"{"metricSource": {"type": "\#(type)", "spec": {"query": "\#(query)"}}}"#
    }

    @Test(
        arguments: [
            (
                "good", "SELECT count(*) FROM shop.orders WHERE amount > 0", "SELECT count(*) FROM shop.orders",
                #"{"expect": {"expression": "amount > 0"}, "id": "good", "nulls": "fail", "fail": "percent > 1"}"#
            ),
            (
                "bad", "select count(1) from shop.orders where a = 1 and (b or c);",
                "select count(*) from shop.orders where a = 1",
                #"{"expect": {"expression": "NOT ((b or c))"}, "id": "good", "where": "a = 1", "fail": "percent > 1"}"#
            ),
            (
                "good", "SELECT count(*) FILTER (WHERE note = ' from (x) ') AS n FROM shop.orders",
                "SELECT count(*) FROM shop.orders",
                #"{"expect": {"expression": "note = ' from (x) '"}, "id": "good", "nulls": "fail", "fail": "percent > 1"}"#
            ),
            ("good", "SELECT count(*) FROM shop.orders WHERE a OR b", "SELECT count(*) FROM shop.orders WHERE a", nil),
            ("good", "SELECT count(*) FROM shop.orders WHERE b", "SELECT count(*) FROM shop.orders WHERE a", nil),
            ("good", "SELECT count(*) FROM shop.orders", "SELECT count(*) FROM shop.orders", nil),
            ("good", "SELECT count(*) FROM shop.paid", "SELECT count(*) FROM shop.orders", nil),
            ("good", "SELECT count(id) FROM shop.orders WHERE a", "SELECT count(*) FROM shop.orders", nil),
            ("good", "SELECT sum(a) FROM shop.orders", "SELECT sum(b) FROM shop.orders", nil),
        ] as [(String, String, String, String?)])
    func ratiosOfCountsAreChecksOnRows(part: String, some: String, all: String, check: String?) throws {
        let project = try Self.slo(
            sli: #"{"ratioMetric": {"\#(part)": \#(Self.metric(some)), "total": \#(Self.metric(all))}}"#)
        guard let check else {
            #expect(project.items.map(\.fate) == [.notConverted])
            #expect(project.suites.isEmpty && project.agreements.isEmpty)
            return
        }
        #expect(project.suites.first?.checks == [try ExpectedCheck.parse(check)])
        let objective = try #require(project.agreements.first?.objectives.first)
        #expect(objective.checks == ["shop.orders.good"])
        #expect(objective.method == "rows")
        #expect(project.items.map(\.fate) == [.approximated])
    }

    @Test
    func aRatioBySlicesPassesWhereTheSliceIsGood() throws {
        let all = Self.metric("SELECT count(*) FROM shop.orders")
        let bad = Self.metric("SELECT count(*) FROM shop.orders WHERE lost")
        let project = try Self.slo(
            objective: #"{"target": 0.99, "timeSliceTarget": 0.9, "timeSliceWindow": "1h"}"#, method: "Timeslices",
            sli: #"{"ratioMetric": {"bad": \#(bad), "total": \#(all)}}"#)
        let check = try ExpectedCheck.parse(
            #"""
            {"expect": {"expression": "NOT (lost)"}, "id": "good", "fail": "percent > 10",
            "schedule": {"every": "1h"}}
            """#)
        #expect(project.suites.first?.checks == [check])
        var objective = ImportedObjective("good", checks: ["shop.orders.good"], target: "99%")
        (objective.method, objective.slice) = ("timeslices", "1h")
        #expect(project.agreements.first?.objectives == [objective])
    }

    @Test(arguments: [
        ("lte", "value > 5"), ("lt", "value >= 5"), ("gte", "value < 5"), ("gt", "value <= 5"),
    ])
    func aThresholdIsWhatTheValueMustNotBe(operation: String, fail: String) throws {
        let query = Self.metric("SELECT extract(epoch FROM max(a) - min(a)) AS v FROM shop.orders WHERE b = 'x, y'")
        let project = try Self.slo(
            objective: #"{"op": "\#(operation)", "value": 5, "target": 0.9}"#, sli: #"{"thresholdMetric": \#(query)}"#)
        let check = try ExpectedCheck.parse(
            #"""
            {"metric": {"expression": "extract(epoch FROM max(a) - min(a))"}, "id": "good", "where": "b = 'x, y'",
            "fail": "\#(fail)"}
            """#)
        #expect(project.suites.first?.checks == [check])
        #expect(project.agreements.first?.objectives.first?.checks == ["shop.orders.good"])
    }

    @Test
    func aQueryThatIsNoMetricStaysOne() throws {
        let query = Self.metric("SELECT count(*) FROM shop.orders AS o JOIN shop.payments USING (id)")
        let project = try Self.slo(
            objective: #"{"op": "gte", "value": 5, "target": 0.9}"#, sli: #"{"thresholdMetric": \#(query)}"#)
        let made = try #require(project.queries.first)
        #expect(made.dataset == "shop.orders")
        #expect(made.sql.contains("WHERE (measured.value >= 5) IS NOT TRUE"))
        #expect(project.agreements.first?.objectives.first?.checks == [made.id])
    }

    @Test(arguments: ["success", "failure"])
    func aStoredRatioIsJudgedBySlices(type: String) throws {
        let raw = #"{"ratioMetric": {"rawType": "\#(type)", "raw": \#(Self.metric("SELECT avg(x) FROM shop.ratios"))}}"#
        let slices = #"{"target": 0.9, "timeSliceTarget": 0.99, "timeSliceWindow": "1h"}"#
        let project = try Self.slo(objective: slices, method: "Timeslices", sli: raw)
        let fail = project.suites.first?.checks.first?.options.first { $0.name == "fail" }?.value
        #expect(fail == (type == "success" ? "value < 0.99" : "value > 0.01"))
        #expect(try Self.slo(sli: raw).items.map(\.fate) == [.notConverted])
    }

    @Test(arguments: [
        ("SELECT value, timestamp FROM metrics", "more than one column"),
        ("SELECT value FROM metrics WHERE at > :date_from", ":date_from"), ("SELECT {{ x }} FROM t", "{{"),
        ("SELECT a FROM t WHERE $__timeFilter(at)", "$__timeFilter"),
        ("WITH t AS (SELECT 1) SELECT 1 FROM t", "SELECT"),
        ("SELECT 1", "no relation"), ("SELECT count(*) FROM (SELECT 1) AS t", "not clear"),
        ("SELECT 1 FROM t; DROP TABLE t", ";"), ("SELECT 1 FROM t -- x", "--"),
    ])
    func otherQueriesAreRefused(query: String, reason: String) throws {
        let project = try Self.slo(
            objective: #"{"op": "gte", "value": 5, "target": 0.9}"#,
            sli: #"{"thresholdMetric": \#(Self.metric(query))}"#)
        #expect(project.items.map(\.fate) == [.notConverted])
        #expect(project.items.first?.note?.contains(reason) == true, "\(project.items)")
        #expect(project.agreements.isEmpty)
    }

    @Test(arguments: [
        #"{"thresholdMetric": {"metricSource": {"type": "Prometheus", "spec": {"query": "up"}}}}"#,
        #"{"thresholdMetric": {"metricSource": {"metricSourceRef": "nobody", "spec": {"query": "SELECT 1 FROM t"}}}}"#,
        #"{"thresholdMetric": {"metricSource": {"type": "assay", "spec": {"checks": []}}}}"#,
        #"{"ratioMetric": {"good": {"metricSource": \#(checks)}, "total": \#(metric("SELECT count(*) FROM t"))}}"#,
        #"{"thresholdMetric": {"metricSource": {"type": "postgres", "spec": {}}}}"#,
        #"{"ratioMetric": {"good": \#(metric("up")), "bad": \#(metric("up")), "total": \#(metric("up"))}}"#,
        #"{"ratioMetric": {"raw": \#(metric("SELECT a FROM t"))}}"#, "{}",
        #"{"thresholdMetric": \#(metric("SELECT max(a) FROM t")), "ratioMetric": {}}"#,
        #"{"thresholdMetric": \#(metric("SELECT max(a) FROM t"))}"#,
    ])
    func otherIndicatorsAreRefused(sli: String) throws {
        let project = try Self.slo(sli: sli)
        #expect(project.items.map(\.fate) == [.notConverted])
        #expect(project.items.first?.note != nil)
        #expect(project.agreements.isEmpty && project.suites.isEmpty && project.queries.isEmpty)
    }

    @Test
    func anAnnotationNamesChecks() throws {
        let project = try Self.slo(
            sli: #"{"thresholdMetric": {"metricSource": {"type": "Prometheus", "spec": {"query": "up"}}}}"#,
            annotations: #"{"assay-checks": "shop.orders.fresh, tag:revenue", "assay-unknown": "as_bad"}"#)
        let objective = try #require(project.agreements.first?.objectives.first)
        #expect(objective.checks == ["shop.orders.fresh", "tag:revenue"])
        #expect(objective.unknown == "as_bad")
        #expect(project.items.map(\.fate) == [.converted])
    }

    // MARK: Documents

    @Test(arguments: [
        (#"{"apiVersion": "openslo.com/v2alpha", "kind": "SLO", "metadata": {"name": "a"}}"#, "v2alpha"),
        (#"{"apiVersion": "openslo/v1alpha", "kind": "SLO", "metadata": {"name": "a"}}"#, "v1alpha"),
        (#"{"apiVersion": "openslo/v1", "kind": "Budget", "metadata": {"name": "a"}}"#, "no such kind"),
        (#"{"apiVersion": "openslo/v1", "kind": "SLO", "spec": {}}"#, "metadata.name"),
        (#"{"apiVersion": "openslo/v1", "kind": "SLI", "metadata": {"name": "a"}}"#, "no SLO names it"),
        (#"{"apiVersion": "openslo/v1", "kind": "Service", "metadata": {"name": "a"}}"#, "no SLO names it"),
        (#"{"apiVersion": "openslo/v1", "kind": "SLO", "metadata": {"name": "a"}, "spec": {}}"#, "no objectives"),
        (#"{"apiVersion": "v1"}"#, "no document of OpenSLO"), ("[]", "no document of OpenSLO"),
    ])
    func otherDocumentsAreSaid(document: String, reason: String) throws {
        let project = try Self.project([document])
        #expect(project.items.map(\.fate) == [.notConverted])
        #expect(project.items.first?.note?.contains(reason) == true)
    }

    @Test(arguments: [("lte", true), ("lt", true), ("gte", false), ("gt", false)])
    func burnRatesThatAlertWhenAllIsWellAreSaid(operation: String, isWrong: Bool) throws {
        let project = try Self.project([
            #"""
            {"apiVersion": "openslo/v1", "kind": "AlertCondition", "metadata": {"name": "a"}, "spec": {"severity": "page",
            "condition": {"kind": "burnrate", "op": "\#(operation)", "threshold": 2, "lookbackWindow": "1h"}}}
            """#
        ])
        #expect(project.items.map(\.fate) == [.notConverted])
        #expect(project.items.first?.note?.contains("when all is well") == isWrong)
    }

    @Test
    func objectivesOfAServiceAreAnAgreementForEachWindow() throws {
        func slo(_ name: String, _ window: String) -> String {
            #"""
            {"apiVersion": "openslo/v1", "kind": "SLO", "metadata": {"name": "\#(name)"}, "spec": {"service": "shop",
            "indicatorRef": "i", "timeWindow": \#(window), "budgetingMethod": "Occurrences",
            "objectives": [{"displayName": "Inside us", "target": 0.99}, {"target": 0.9}]}}
            """#
        }
        let shared = [
            #"""
            {"apiVersion": "openslo/v1", "kind": "Service", "metadata": {"name": "shop", "displayName": "The shop",
            "labels": {"owner": ["a", "b"], "consumer": "c", "tier": "1"}}, "spec": {"description": "All of it."}}
            """#,
            #"""
            {"apiVersion": "openslo/v1", "kind": "SLI", "metadata": {"name": "i"},
            "spec": {"thresholdMetric": {"metricSource": \#(Self.checks)}}}
            """#,
        ]
        let one = try Self.project(shared + [slo("a", Self.rolling), slo("b", Self.rolling)])
        let agreement = try #require(one.agreements.first)
        #expect(one.agreements.map(\.name) == ["shop"])
        #expect(agreement.objectives.map(\.name) == ["a-inside_us", "a-2", "b-inside_us", "b-2"])
        #expect(agreement.owner == "a, b" && agreement.consumer == "c" && agreement.description == "All of it.")
        #expect(one.items.last?.note == "labels and annotations are left out: tier")
        let several = try Self.project(shared + [slo("a", Self.rolling), slo("b", Self.calendar("1w"))])
        #expect(several.agreements.map(\.name) == ["shop-rolling-30d", "shop-week"])
        let list = try Self.project(["[\((shared + [slo("a", Self.rolling)]).joined(separator: ", "))]"])
        #expect(list.agreements.map(\.name) == ["shop"])
    }

    @Test
    func annotationsThatNoAgreementTakesAreSaid() throws {
        func project(_ hours: String, _ holidays: String) throws -> ImportedProject {
            let slo = #"""
                {"apiVersion": "openslo/v1", "kind": "SLO", "metadata": {"name": "a"}, "spec": {"service": "s",
                "indicator": {"spec": {"thresholdMetric": {"metricSource": \#(Self.checks)}}},
                "timeWindow": \#(Self.rolling), "budgetingMethod": "Occurrences", "objectives": [{"target": 0.9}]}}
                """#
            let service = #"""
                {"apiVersion": "openslo/v1", "kind": "Service", "metadata": {"name": "s", "annotations":
                {"assay-hours": "\#(hours)", "assay-holidays": "\#(holidays)", "assay-zone": "Europe/Berlin"}}}
                """#
            return try Self.project([slo, service])
        }
        let good = try project("Mon-Fri 08:00-18:00, Sat 09:00-24:00", "2024-02-29, 2026-12-25")
        #expect(good.agreements.first?.hours == "Mon-Fri 08:00-18:00, Sat 09:00-24:00")
        #expect(good.agreements.first?.holidays == ["2024-02-29", "2026-12-25"])
        #expect(good.agreements.first?.zone == "Europe/Berlin")
        #expect(good.items.map(\.fate) == [.converted, .converted])
        for (hours, holidays) in [("nine to five", ""), ("Mon 18:00-08:00", ""), ("Mon 08:00-18:00", "2026-02-29")] {
            let bad = try project(hours, holidays)
            #expect(bad.agreements.first?.hours == nil)
            #expect(bad.items.map(\.fate) == [.converted, .approximated])
        }
    }
}
