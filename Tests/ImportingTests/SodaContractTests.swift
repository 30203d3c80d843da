import ExactJSON
import Importing
import Testing

/// Data contracts of Soda 4; the YAML of Soda's documentation, written as JSON.
struct SodaContractTests {
    private typealias Member = JSONValue.Member

    /// What becomes of a contract for `shop.orders` with these members.
    private func project(_ members: String) throws -> ImportedProject {
        let text = #"{"dataset": "warehouse/db/shop/orders", \#(members)}"#
        let source = ImportSource(path: "orders.yml", content: .document(try JSONValue(parsing: text)))
        return SodaImporter.project(from: [source])
    }

    /// The checks of a column `size`, of which all are there in full.
    private func converted(_ checks: String) throws -> [ImportedCheck] {
        let project = try project(#""columns": [{"name": "size", "checks": [\#(checks)]}]"#)
        #expect(project.items.map(\.fate) == project.items.map { _ in ImportItem.Fate.converted })
        return project.suites.first?.checks ?? []
    }

    @Test
    func namesArePartsBetweenSlashes() throws {
        let project = try project(#""description": "Orders", "checks": [{"row_count": null}, {"schema": null}]"#)
        let suite = try #require(project.suites.first)
        #expect(suite.dataset == "shop.orders")
        #expect(suite.description == "Orders")
        #expect(suite.checks == [ImportedCheck("row_count", ["min": 1])])
        #expect(project.items.map(\.name) == ["orders.yml: shop.orders row_count", "orders.yml: shop.orders schema"])
        #expect(project.items.map(\.fate) == [.converted, .notConverted])
    }

    // MARK: Columns

    @Test
    func missingValuesAreNullAndMore() throws {
        #expect(try converted(#"{"missing": null}"#) == [ImportedCheck("not_null", column: "size")])
        #expect(
            try converted(#"{"missing": {"name": "Few", "threshold": {"metric": "percent", "must_be_less_than": 10}}}"#)
                == [
                    ImportedCheck(
                        "not_null", column: "size", options: [Member("name", "Few"), Member("fail", "percent >= 10")])
                ])
        #expect(
            try converted(#"{"missing": {"missing_values": ["N/A", "-"], "filter": "a = 1"}}"#)
                == [
                    ImportedCheck(
                        "rejected_values", column: "size", ["values": ["N/A", "-"]],
                        options: [Member("where", "a = 1"), Member("nulls", "fail")])
                ])
        #expect(
            try converted(#"{"missing": {"missing_format": {"name": "All dashes", "regex": "^[-]+$"}}}"#)
                == [
                    ImportedCheck(
                        "matches", column: "size", ["regex": "^[-]+$", "not": true], options: [Member("nulls", "fail")])
                ])
    }

    @Test(
        arguments: [
            (#""valid_values": ["S", "M", "L"]"#, "accepted_values", ["values": ["S", "M", "L"]]),
            (#""invalid_values": [0]"#, "rejected_values", ["values": [0]]),
            (#""valid_format": {"name": "Code", "regex": "^[A-Z]{3}$"}"#, "matches", ["regex": "^[A-Z]{3}$"]),
            (#""invalid_format": {"name": "X", "regex": "x"}"#, "matches", ["regex": "x", "not": true]),
            (#""valid_min": 1, "valid_max": 100"#, "in_range", ["min": 1, "max": 100]),
            (#""valid_length": 2"#, "length", ["equals": 2]),
            (#""valid_min_length": 1, "valid_max_length": 5"#, "length", ["min": 1, "max": 5]),
            (
                #""valid_reference_data": {"dataset": "warehouse/db/lists/codes", "column": "code"}"#, "references",
                ["to": "lists.codes", "to_columns": ["code"]]
            ),
            (
                #""valid_reference_data": {"dataset": "codes", "column": "code"}"#, "references",
                ["to": "shop.codes", "to_columns": ["code"]]
            ),
        ] as [(String, String, JSONValue)])
    func rulesAreKinds(rule: String, kind: String, arguments: JSONValue) throws {
        #expect(try converted("{\"invalid\": {\(rule)}}") == [ImportedCheck(kind, column: "size", arguments)])
    }

    @Test
    func rulesForValidAndInvalidValuesHoldTogether() throws {
        #expect(
            try converted(#"{"invalid": {"valid_min_length": 1, "invalid_values": ["x"]}}"#)
                == [
                    ImportedCheck("length", column: "size", ["min": 1]),
                    ImportedCheck("rejected_values", column: "size", ["values": ["x"]]),
                ])
        #expect(
            try converted(
                #"{"invalid": {"valid_min": 1, "invalid_values": [7], "threshold": {"must_be_less_than": 5}}}"#)
                == [
                    ImportedCheck(
                        "expect", ["expression": #"("size" >= 1) AND ("size" NOT IN (7))"#],
                        options: [Member("fail", "count >= 5")])
                ])
    }

    @Test
    func columnsSayWhatTheirChecksDoNot() throws {
        let project = try project(
            #"""
            "columns": [{"name": "size", "valid_values": ["S"], "missing_values": ["-"],
                         "checks": [{"invalid": null}, {"missing": {"missing_values": ["?"]}}]}]
            """#)
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck("accepted_values", column: "size", ["values": ["S", "-"]]),
                    ImportedCheck(
                        "rejected_values", column: "size", ["values": ["?"]], options: [Member("nulls", "fail")]),
                ])
    }

    @Test
    func duplicatesAreRowsBeyondTheFirst() throws {
        #expect(try converted(#"{"duplicate": null}"#) == [ImportedCheck("unique", column: "size")])
        #expect(
            try converted(#"{"duplicate": {"threshold": {"must_be_less_than": 5}}}"#)
                == [
                    ImportedCheck(
                        "metric", ["expression": #"count("size") - count(DISTINCT "size")"#],
                        options: [Member("fail", "value >= 5")])
                ])
        let rows = #"coalesce(100.0 * (count("size") - count(DISTINCT "size")) / nullif(count("size"), 0), 0)"#
        #expect(
            try converted(#"{"duplicate": {"threshold": {"metric": "percent", "must_be_less_than": 5}}}"#)
                == [ImportedCheck("metric", ["expression": .string(rows)], options: [Member("fail", "value >= 5")])])
    }

    @Test
    func duplicatesOfSeveralColumnsTakeNullsAsEqual() throws {
        let project = try project(
            #"""
            "checks": [{"duplicate": {"columns": ["a", "B"]}},
                       {"duplicate": {"columns": ["a", "B"], "threshold": {"must_be_less_than_or_equal": 3}}}]
            """#)
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck("unique", ["columns": ["a", "B"]], options: [Member("nulls", "fail")]),
                    ImportedCheck(
                        "metric", ["expression": #"count(*) - count(DISTINCT ("a", "B"))"#],
                        options: [Member("fail", "value > 3")]),
                ])
    }

    @Test
    func aggregatesAreStatistics() throws {
        #expect(
            try converted(
                #"""
                {"aggregate": {"function": "avg", "threshold": {
                    "must_be_between": {"greater_than_or_equal": 20, "less_than_or_equal": 50}}}}
                """#) == [ImportedCheck("avg", column: "size", ["min": 20, "max": 50])])
        #expect(
            try converted(#"{"aggregate": {"function": "minLength", "threshold": {"must_be_greater_than": 2}}}"#)
                == [ImportedCheck("min_length", column: "size", options: [Member("fail", "value <= 2")])])
        #expect(
            try converted(#"{"aggregate": {"function": "max_length", "threshold": {"must_be": 9}}}"#)
                == [ImportedCheck("max_length", column: "size", ["equals": 9])])
        let open = try project(
            #"""
            "columns": [{"name": "size", "checks": [{"aggregate": {"function": "avg",
                "threshold": {"must_be_between": {"greater_than": 20, "less_than": 50}}}}]}]
            """#)
        #expect(
            open.suites.first?.checks
                == [ImportedCheck("avg", column: "size", options: [Member("fail", "value not between 20 and 50")])])
        #expect(open.items.map(\.fate) == [.approximated])
    }

    // MARK: Thresholds

    @Test(arguments: [
        (#""must_be": 3"#, "count != 3"), (#""must_not_be": 3"#, "count = 3"),
        (#""must_be_greater_than": 3"#, "count <= 3"),
        (#""must_be_greater_than_or_equal": "3""#, "count < 3"), (#""must_be_less_than_or_equal": 3.5"#, "count > 3.5"),
        (#""must_be_between": {"greater_than": 1, "less_than": 9}"#, "count not between 2 and 8"),
        (#""must_be_between": [1, 9]"#, "count not between 1 and 9"),
        (#""must_be_not_between": {"less_than": 3, "greater_than": 9}"#, "count between 3 and 9"),
    ])
    func thresholdsAreNegated(threshold: String, fail: String) throws {
        #expect(
            try converted("{\"missing\": {\"threshold\": {\(threshold)}}}")
                == [ImportedCheck("not_null", column: "size", options: [Member("fail", .string(fail))])])
    }

    @Test
    func levelsAreWarnAndFail() throws {
        #expect(
            try converted(#"{"missing": {"threshold": {"must_be": 0, "level": "warn"}}}"#)
                == [ImportedCheck("not_null", column: "size", options: [Member("warn", "count > 0")])])
        #expect(
            try converted(
                #"""
                {"missing": {"threshold": {"must_be_less_than": 5, "level": "warn",
                                           "additional": {"must_be_less_than": 50}}}}
                """#)
                == [
                    ImportedCheck(
                        "not_null", column: "size",
                        options: [Member("warn", "count >= 5"), Member("fail", "count >= 50")])
                ])
    }

    // MARK: The dataset

    @Test
    func filtersAndVariablesHoldForAllChecks() throws {
        let project = try project(
            #"""
            "filter": "created_at >= '${var.START}' AND created_at < '${soda.NOW}';",
            "variables": {"START": {"default": "2026-01-01"}, "END": null},
            "checks": [{"row_count": {"filter": "a = 1", "threshold": {"must_be_between": {"greater_than": 10}}}},
                       {"failed_rows": {"expression": "a > '${var.END}'"}}]
            """#)
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck(
                        "row_count", ["min": 11],
                        options: [
                            Member("where", "(created_at >= '2026-01-01' AND created_at < 'now') AND (a = 1)")
                        ])
                ])
        #expect(project.items.last?.note == "${var.END} has no value in these files")
    }

    @Test
    func columnsAreASetWithTypes() throws {
        let project = try project(
            #"""
            "columns": [{"name": "id", "data_type": "VARCHAR", "character_maximum_length": 255},
                        {"name": "amount", "data_type": "numeric", "numeric_precision": 10, "numeric_scale": 2},
                        {"name": "at", "data_type": "TIMESTAMP_TZ"}, {"name": "note"}],
            "checks": [{"schema": null},
                       {"schema": {"qualifier": "loose", "allow_extra_columns": true, "allow_other_column_order": true,
                                   "threshold": {"level": "warn"}}}]
            """#)
        let warning = [Member("warn", "count > 0")]
        let columns: JSONValue = ["id", "amount", "at", "note"]
        let types = [("id", "varchar(255)"), ("amount", "numeric(10,2)"), ("at", "timestamptz")]
        let strict = types.map { ImportedCheck("column_type", column: $0.0, ["type": .string($0.1)]) }
        let loose = types.map { name, type in
            ImportedCheck(
                "column_type", column: name, ["type": .string(type)],
                options: [Member("id", .string("\(name).column_type_2"))] + warning)
        }
        let set = ImportedCheck("column_set", ["columns": columns, "ordered": true])
        let looseSet = ImportedCheck(
            "column_set", ["columns": columns, "allow_extra": true], options: [Member("id", "column_set_2")] + warning)
        #expect(project.suites.first?.checks == [set] + strict + [looseSet] + loose)
        #expect(project.items.map(\.fate) == [.converted, .converted])
        #expect(project.items.last?.name == "orders.yml: shop.orders schema (loose)")
    }

    @Test
    func optionalColumnsAreApproximated() throws {
        let project = try project(
            #""columns": [{"name": "id"}, {"name": "note", "optional": true}], "checks": [{"schema": {}}]"#)
        #expect(
            project.suites.first?.checks
                == [ImportedCheck("column_set", ["columns": ["id"], "optional": ["note"], "ordered": true])])
        #expect(project.items.map(\.fate) == [.approximated])
    }

    @Test
    func freshnessHasAUnit() throws {
        let project = try project(
            #"""
            "checks": [
                {"freshness": {"column": "created_at", "threshold": {"unit": "hour", "must_be_less_than": 24}}},
                {"freshness": {"column": "At", "threshold": {"unit": "minute", "must_be_less_than_or_equal": 90}}},
                {"freshness": {"column": "day", "threshold": {"unit": "day", "must_be_between":
                    {"greater_than_or_equal": 1, "less_than_or_equal": 2}}}}]
            """#)
        let suite = try #require(project.suites.first)
        #expect(
            suite.checks
                == [
                    ImportedCheck("fresh", column: "created_at", ["within": "1d"]),
                    ImportedCheck("fresh", column: "At", ["within": "1h 30min"]),
                    ImportedCheck(
                        "metric", ["expression": #"extract(epoch FROM now() - max("day"))"#],
                        options: [Member("fail", "value not between 86400 and 172800"), Member("on_empty", "fail")]),
                ])
        #expect(suite.timeColumn == "created_at")
        #expect(project.items.map(\.fate) == [.approximated, .approximated, .approximated])
    }

    @Test
    func failedRowsAndMetricsAreExpressionsOrQueries() throws {
        let project = try project(
            #"""
            "checks": [
                {"failed_rows": {"expression": "(\"end\" - \"start\") > 5",
                                 "threshold": {"metric": "percent", "must_be_less_than": 1}}},
                {"failed_rows": {"name": "Late ones", "query": "SELECT * FROM shop.orders WHERE late;"}},
                {"metric": {"expression": "AVG(\"end\" - \"start\")", "threshold": {"must_be_greater_than": 3}}},
                {"metric": {"query": "SELECT 1", "threshold": {"must_be": 1}}},
                {"group_by": {"query": "SELECT a, sum(b) AS total FROM t GROUP BY a", "fields": ["a"],
                              "metric_name": "total", "threshold": {"must_be_greater_than": 1}}}]
            """#)
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck(
                        "expect", ["expression": #"NOT (("end" - "start") > 5)"#],
                        options: [Member("fail", "percent >= 1")]),
                    ImportedCheck(
                        "metric", ["expression": #"AVG("end" - "start")"#], options: [Member("fail", "value <= 3")]),
                ])
        #expect(
            project.queries.map(\.id)
                == ["shop.orders_late_ones", "shop.orders_metric", "shop.orders_groups_total"])
        #expect(project.queries[0].sql == "SELECT * FROM shop.orders WHERE late")
        #expect(project.queries[1].sql.hasSuffix("WHERE measured.\"value\" <> 1") == true)
        #expect(project.queries[2].sql.hasSuffix("WHERE grouped.\"total\" <= 1") == true)
        #expect(project.items.allSatisfy { $0.fate == .converted })
    }

    @Test
    func whatIsNotThereIsSaid() throws {
        let project = try project(
            #"""
            "columns": [
                {"name": "a", "checks": [
                    {"invalid": null}, {"aggregate": {"function": "avg"}},
                    {"aggregate": {"function": "mode", "threshold": {"must_be": 1}}},
                    {"missing": {"column_expression": "lower(a)"}}, {"type": "no_missing_values", "name": "x"},
                    {"missing": {"threshold": {"must_be_less_than": 9, "must_be_greater_than": 1}}},
                    {"missing": {"threshold": {"must_be_greater_than_or_equal": 0}}}]}],
            "checks": [{"missing": null}, {"unheard_of": null}, {"metric": {"expression": "sum(a)"}},
                       {"failed_rows": {}}, {"freshness": {"threshold": {"must_be_less_than": 1}}}],
            "reconciliation": {"source": {"dataset": "a/b"}, "checks": [{"row_count_diff": null}]}
            """#)
        #expect(project.suites.isEmpty)
        #expect(project.queries.isEmpty)
        #expect(project.items.count == 13)
        #expect(project.items.allSatisfy { $0.fate == .notConverted && $0.note?.isEmpty == false })
        #expect(project.items.first?.name == "orders.yml: shop.orders.a invalid")
    }
}
