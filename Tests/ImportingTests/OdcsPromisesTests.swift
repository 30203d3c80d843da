import ExactJSON
import Importing
import Testing

/// What service levels of a contract say of all its checks: how often they are due, and how many may fail.
struct OdcsPromisesTests {
    /// A contract of orders, whose number is required, and customers, of whom nothing is said.
    private static func project(_ levels: String) throws -> ImportedProject {
        let document = try JSONValue(
            parsing: #"""
                {"apiVersion": "v3.1.0", "kind": "DataContract", "id": "53581432", "name": "shop orders",
                "servers": [{"server": "s", "type": "postgres", "schema": "shop"}],
                "description": {"purpose": "What was sold."},
                "schema": [{"name": "orders", "properties": [{"name": "id", "required": true}, {"name": "at"}]},
                {"name": "customers"}], "slaProperties": [\#(levels)]}
                """#)
        return OdcsImporter.project(from: [ImportSource(path: "c.yaml", content: .document(document))])
    }

    @Test(
        arguments: [
            (#""value": 1, "unit": "d""#, #"{"every": "1d"}"#),
            (#""value": 15, "unit": "minutes""#, #"{"every": "15min"}"#),
            (#""value": "PT6H""#, #"{"every": "6h"}"#),
            (#""value": 1, "valueExt": 1, "unit": "w""#, #"{"every": "7d"}"#),
            (#""value": 1, "unit": "d", "schedule": "0 6 * * mon-fri""#, #"{"cron": "0 6 * * mon-fri"}"#),
            (#""value": 1, "schedule": "@daily", "scheduler": "cron""#, #"{"cron": "@daily"}"#),
            // The expression of the standard's own example has an hour 30.
            (#""value": 1, "unit": "d", "schedule": "0 30 * * *""#, #"{"every": "1d"}"#),
            (#""value": 1, "unit": "d", "schedule": "0 6 30 2 *""#, #"{"every": "1d"}"#),
            (#""value": 1, "unit": "h", "schedule": "0 6 * * *", "scheduler": "quartz""#, #"{"every": "1h"}"#),
            (#""value": 1, "unit": "month""#, nil), (#""value": 1, "unit": "m""#, nil), (#""value": 1"#, nil),
            (#""value": 1, "valueExt": 3, "unit": "d""#, nil), (#""value": "often""#, nil),
            (#""value": 1, "schedule": "0 30 * * *""#, nil),
        ] as [(String, String?)])
    func frequencyIsTheSchedule(level: String, schedule: String?) throws {
        for element in ["", #", "element": "orders""#, #", "element": "orders.at""#] {
            let project = try Self.project(#"{"property": "frequency", \#(level)\#(element)}"#)
            let suite = try #require(project.suites.first)
            #expect(suite.schedule == (try schedule.map { try JSONValue(parsing: $0) }))
            let item = try #require(project.items.last)
            #expect(item.fate == (schedule == nil ? .notConverted : .converted), "\(item)")
            #expect((item.note ?? "").contains("ever comes true") == level.contains(#/0 30|30 2|quartz/#))
        }
    }

    @Test
    func frequencyNeedsChecksThatAreDue() throws {
        let project = try Self.project(
            #"""
            {"property": "fy", "value": 1, "unit": "d", "element": "customers, orders, orders.at, other.x, a/b"},
            {"property": "frequency", "value": 2, "unit": "d"}
            """#)
        let items = project.items.filter { $0.name.contains("slaProperties") }
        #expect(
            items.map(\.fate) == [.notConverted, .converted, .converted, .notConverted, .notConverted, .notConverted])
        #expect(items.last?.note == "another frequency of shop.orders comes first")
        let lines = try #require(SuiteWriter(project, origin: "odcs").files.first).text.split(separator: "\n")
        #expect(lines.contains(#"schedule: {every: "1d"}"#))
    }

    private static let daily = #"{"property": "frequency", "value": 1, "unit": "d"}, "#

    @Test(
        arguments: [
            (#""availability", "value": 99.9, "unit": "percent""#, "99.9%"), (#""av", "value": 99.9"#, "99.9%"),
            (#""availability", "value": "99.95 %""#, "99.95%"), (#""availability", "value": 0.999"#, "99.9%"),
            (#""availability", "value": 100, "unit": "%""#, "100%"), (#""availability", "value": 1"#, nil),
            (#""availability", "value": 23, "unit": "h""#, nil), (#""availability", "value": 101"#, nil),
            (#""availability", "value": "often""#, nil),
            (#""availability", "value": 99.9, "element": "orders""#, "99.9%"),
            (#""availability", "value": 99.9, "element": "orders.id""#, nil),
            (#""availability", "value": 99.9, "element": "customers""#, nil),
            (#""errorRate", "value": 0.25, "unit": "percent""#, "99.75%"), (#""er", "value": "1%""#, "99%"),
            (#""errorRate", "value": 0.25"#, nil), (#""errorRate", "value": 5"#, nil),
            (#""errorRate", "value": 500, "unit": "ppm""#, nil),
        ] as [(String, String?)])
    func sharesAreObjectives(level: String, target: String?) throws {
        let project = try Self.project(Self.daily + #"{"property": \#(level)}"#)
        let item = try #require(project.items.last)
        guard let target else {
            #expect(item.fate == .notConverted)
            #expect(project.agreements.isEmpty)
            return
        }
        let isError = level.hasPrefix("\"er")
        var objective = ImportedObjective(
            isError ? "error-rate" : "availability", checks: ["dataset:shop.orders"], target: target)
        if isError { objective.method = "rows" }
        let agreement = try #require(project.agreements.first)
        #expect(agreement.name == "shop_orders")
        #expect(agreement.description == "What was sold.")
        #expect(agreement.objectives == [objective])
        #expect(item.fate == .approximated)
    }

    @Test
    func theDefaultElementIsTheTimeOfATable() throws {
        let document = try JSONValue(
            parsing: #"""
                {"kind": "DataContract", "id": "a", "slaDefaultElement": "orders.at",
                "schema": [{"name": "orders", "properties": [{"name": "at", "required": true}]}],
                "slaProperties": [{"property": "fy", "value": 1, "unit": "d"}, {"property": "av", "value": 99}]}
                """#)
        let project = OdcsImporter.project(from: [ImportSource(path: "c.yaml", content: .document(document))])
        #expect(project.suites.first?.schedule == ["every": "1d"])
        #expect(project.agreements.first?.objectives.map(\.checks) == [["dataset:orders"]])
    }

    @Test
    func promisesNeedASchedule() throws {
        let project = try Self.project(#"{"property": "availability", "value": 99.9, "unit": "percent"}"#)
        #expect(project.agreements.isEmpty)
        #expect(
            project.items.last?.note == "nothing says how often the checks of shop.orders are due: a frequency does")
    }

    @Test(arguments: ["timeToDetect", "timeToNotify", "timeToRepair", "throughput", "generalAvailability"])
    func whatNoDataShowsIsSaid(property: String) throws {
        let project = try Self.project(Self.daily + #"{"property": "\#(property)", "value": 4, "unit": "h"}"#)
        #expect(project.items.last?.name == "c.yaml: slaProperties \(property)")
        #expect(project.items.last?.fate == .notConverted)
        #expect(project.agreements.isEmpty)
    }
}
