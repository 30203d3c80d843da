import ExactJSON
import Importing
import Testing

/// Sections of SodaCL files, and checks that are about more than a number.
struct SodaCheckSectionsTests {
    private typealias Member = JSONValue.Member

    private func project(_ files: String...) throws -> ImportedProject {
        var sources: [ImportSource] = []
        for (index, file) in files.enumerated() {
            sources.append(ImportSource(path: "checks\(index).yml", content: .document(try JSONValue(parsing: file))))
        }
        return SodaImporter.project(from: sources)
    }

    // MARK: Columns

    @Test
    func schemaChecksAreSeveral() throws {
        let project = try project(
            #"""
            {"checks for dim_product": [{"schema": {
                "name": "Columns",
                "warn": {"when forbidden column present": ["credit_card"],
                         "when wrong column type": {"standard_cost": "money", "style": "text"}},
                "fail": {"when required column missing": ["product_key"],
                         "when forbidden column present": ["pii*", "obsolete.%"],
                         "when wrong column type": {"reorder_point": "smallint"}}}}]}
            """#)
        let name = Member("name", "Columns")
        let warning = [name, Member("warn", "count > 0")]
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck("column_exists", ["columns": ["product_key", "reorder_point"]], options: [name]),
                    ImportedCheck("column_names", ["regex": #"^(?!(pii.*|obsolete\..*))"#], options: [name]),
                    ImportedCheck("column_type", column: "reorder_point", ["type": "smallint"], options: [name]),
                    ImportedCheck("column_exists", ["columns": ["standard_cost", "style"]], options: warning),
                    ImportedCheck("column_absent", ["columns": ["credit_card"]], options: warning),
                    ImportedCheck("column_type", column: "standard_cost", ["type": "money"], options: warning),
                    ImportedCheck(
                        "column_type", column: "style", ["type": ["text", "character varying"]], options: warning),
                ])
        #expect(project.items.map(\.fate) == [.converted])
    }

    @Test
    func positionsOfColumnsAreAnOrder() throws {
        let project = try project(
            #"""
            {"checks for dim_product": [
                {"schema": {"fail": {"when wrong column index": {"style": 1, "model_name": 22, "id": 0}}}},
                {"schema": {"warn": {"when wrong column index": {"style": 1}}}}]}
            """#)
        let warning = Member("warn", "count > 0")
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck("column_exists", ["columns": ["style", "model_name", "id"]]),
                    ImportedCheck(
                        "column_set",
                        ["columns": ["id", "style", "model_name"], "allow_extra": true, "ordered": true]),
                    ImportedCheck("column_exists", ["columns": ["style"]], options: [warning]),
                ])
        #expect(project.items.map(\.fate) == [.approximated, .approximated])
    }

    @Test
    func mismatchingColumnsAreASet() throws {
        let project = try project(
            #"""
            {"checks for t": [{"schema": {"fail": {
                "when mismatching columns": {"id": "integer", "note": null, "extra": null},
                "with optional columns": ["extra"]}}}]}
            """#)
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck("column_set", ["columns": ["id", "note"], "optional": ["extra"]]),
                    ImportedCheck("column_type", column: "id", ["type": "integer"]),
                ])
    }

    @Test
    func changesOfTheSchemaAreThoseSinceTheLastRun() throws {
        let project = try project(
            #"""
            {"checks for t": [
                {"schema": {"warn": {"when schema changes": "any"}}},
                {"schema": {"fail": {"when required column missing": ["a"], "when schema changes": ["column add"]}}}]}
            """#)
        #expect(project.items.map(\.fate) == [.converted, .converted])
        let any: JSONValue = ["dropped", "added", "retyped", "narrowed", "widened", "moved"]
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck(
                        "schema_unchanged", ["against": "last_run", "breaking": any],
                        options: [Member("warn", "count > 0")]),
                    ImportedCheck("column_exists", ["columns": ["a"]]),
                    ImportedCheck(
                        "schema_unchanged", ["against": "last_run", "breaking": ["added"]],
                        options: [Member("id", "schema_unchanged_2")]),
                ])
    }

    @Test
    func formerScansAreEarlierRuns() throws {
        let project = try project(
            #"""
            {"checks for t": [
                "change for row_count between -20 and +50", "change avg last 7 percent for avg(a) < 50",
                {"change same day last week percent for missing_percent(a)": {"warn": "when > 5", "fail": "when > 10"}},
                "change max last 3 for stddev_pop(b) <= 2", "anomaly detection for row_count",
                "anomaly score for missing_count(a) < default", "change last for row_count < 1",
                {"change for avg(a) < 5": {"valid min": 3}}, "change for duplicate_count(a) < 5"]}
            """#)
        #expect(
            project.items.map(\.fate)
                == [
                    .converted, .converted, .converted, .converted, .approximated, .approximated, .notConverted,
                    .notConverted, .notConverted,
                ])
        #expect(
            project.suites.first?.checks.map { $0.arguments.compactText }
                == [
                    #"{"of":"row_count","as":"difference","min":-20,"max":50}"#,
                    #"{"of":"avg","against":"average","last":7}"#,
                    #"{"of":"not_null","quantity":"percent","days_ago":7,"max":10}"#,
                    #"{"of":{"stddev":{"of":"population"}},"against":"max","last":3,"as":"difference","max":2}"#,
                    #"{"of":"row_count"}"#, #"{"of":"not_null"}"#,
                ])
        #expect(project.suites.first?.checks[1].options == [Member("fail", "value >= 50")])
    }

    @Test
    func groupsThatChangeAreCategories() throws {
        let project = try project(
            #"""
            {"checks for t": [{"group evolution": {
                "query": "SELECT DISTINCT a FROM t", "warn": {"when groups change": "any"}}}]}
            """#)
        #expect(project.suites.first?.checks.map(\.kind) == ["no_new_categories", "no_vanished_categories"])
    }

    // MARK: Rows and numbers of one's own

    @Test
    func failedRowsAreAnExpressionOrAQuery() throws {
        let project = try project(
            #"""
            {"checks for dim_customer": [
                {"failed rows": {"name": "Cars", "samples limit": 50, "samples columns": ["id"],
                                 "fail condition": "total_children = '2' and number_cars_owned >= 3"}},
                {"failed rows": {"name": "Keys", "fail query": "SELECT DISTINCT geography_key\nFROM dim_customer;\n",
                                 "warn": "when > 0", "fail": "when > 9"}},
                {"failed rows": {"name": "Nothing"}}]}
            """#)
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck(
                        "expect", ["expression": "NOT (total_children = '2' and number_cars_owned >= 3)"],
                        options: [Member("name", "Cars"), Member("keep", 50), Member("columns", ["id"])])
                ])
        let query = try #require(project.queries.first)
        #expect(query.id == "dim_customer.keys")
        #expect(query.description == "Keys")
        #expect(query.sql == "SELECT DISTINCT geography_key\nFROM dim_customer")
        #expect(query.headers.map(\.value) == ["count > 0", "count > 9"])
        #expect(project.items.map(\.fate) == [.converted, .converted, .notConverted])
    }

    @Test
    func metricsOfOnesOwnAreMetricsOrQueries() throws {
        let project = try project(
            #"""
            {"checks for shop.reseller": [
                {"avg_span between 5 and 10": {"avg_span expression": "AVG(last_year - first_year)"}},
                {"stock": {"stock query": "SELECT count(*)\nFROM product", "warn": "when < 50", "fail": "when < 5"}},
                {"other > 1": {"other sql_file": "other.sql"}}]}
            """#)
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck(
                        "metric", ["expression": "AVG(last_year - first_year)"],
                        options: [Member("fail", "value not between 5 and 10")])
                ])
        #expect(project.queries.map(\.id) == ["shop.reseller_stock", "shop.reseller_stock_warn"])
        #expect(
            project.queries.first?.sql == """
                SELECT *
                FROM (
                SELECT count(*)
                FROM product
                ) AS measured ("value")
                WHERE measured."value" < 5
                """)
        #expect(project.queries.last?.headers.map(\.value) == ["count > 0"])
        #expect(project.items.map(\.fate) == [.converted, .converted, .notConverted])
    }

    @Test
    func groupsThatAreWrongAreRows() throws {
        let project = try project(
            #"""
            {"checks for dim_employee": [{"group by": {
                "group_limit": 2,
                "query": "SELECT marital_status, AVG(hours) AS Vacation FROM dim_employee GROUP BY marital_status",
                "fields": ["marital_status"],
                "checks": [{"Vacation": {"fail": "when > 65", "name": "average hours"}}, "vacation > 20"]}}]}
            """#)
        #expect(
            project.queries.first?.sql == """
                SELECT *
                FROM (
                SELECT marital_status, AVG(hours) AS Vacation FROM dim_employee GROUP BY marital_status
                ) AS grouped
                WHERE grouped."vacation" > 65
                """)
        #expect(project.queries.last?.sql.hasSuffix("WHERE grouped.\"vacation\" <= 20") == true)
        #expect(project.queries.map(\.id) == ["dim_employee.average_hours", "dim_employee.groups_vacation"])
        #expect(
            project.items.map(\.name)
                == [
                    "checks0.yml: dim_employee group by: Vacation", "checks0.yml: dim_employee group by: vacation > 20",
                ])
        #expect(project.items.map(\.fate) == [.converted, .converted])
    }

    @Test
    func groupsOfAColumnAreItsValues() throws {
        let project = try project(
            #"""
            {"checks for dim_customer": [
                {"group evolution": {
                    "query": "SELECT marital_status FROM dim_customer GROUP BY marital_status",
                    "warn": {"when required group missing": ["M"], "when forbidden group present": ["T"]},
                    "fail": {"when forbidden group present": ["X%"], "when groups change": "any"}}},
                {"group evolution": {
                    "query": "SELECT a FROM b", "fail": {"when required group missing": ["M"]}}}]}
            """#)
        let warning = Member("warn", "count > 0")
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck("like_list", column: "marital_status", ["patterns": ["X%"], "match": "none"]),
                    ImportedCheck("no_new_categories", column: "marital_status", ["baseline_run": "previous"]),
                    ImportedCheck("no_vanished_categories", column: "marital_status", ["baseline_run": "previous"]),
                    ImportedCheck(
                        "required_values", column: "marital_status", ["values": ["M"]], options: [warning]),
                    ImportedCheck(
                        "rejected_values", column: "marital_status", ["values": ["T"]], options: [warning]),
                ])
        #expect(
            project.queries.first?.sql == """
                SELECT required."value"
                FROM (VALUES ('M')) AS required ("value")
                WHERE NOT EXISTS (
                SELECT
                FROM (
                SELECT a FROM b
                ) AS found ("value")
                WHERE found."value"::text = required."value"
                )
                """)
        #expect(project.items.map(\.fate) == [.converted, .converted])
    }

    // MARK: Sections

    @Test
    func filtersArePutBesideTheChecks() throws {
        let project = try project(
            #"""
            {"filter CUSTOMERS [daily]": {"where": "ts > '${START}'"},
             "variables": {"START": "2026-01-01"},
             "checks for CUSTOMERS [daily]": ["row_count = 6", {"missing_count(Cat) = 0": {"filter": "size > 1"}}],
             "checks for \"CUSTOMERS\" [weekly]": ["row_count = 6"]}
            """#)
        #expect(project.suites.map(\.dataset) == ["customers"])
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck("row_count", ["equals": 6], options: [Member("where", "ts > '2026-01-01'")]),
                    ImportedCheck(
                        "not_null", column: "cat", options: [Member("where", "(ts > '2026-01-01') AND (size > 1)")]),
                ])
        #expect(project.items.last?.note == "the filter [weekly] is not declared")
    }

    @Test
    func variablesComeFromAllFiles() throws {
        let project = try project(
            #"{"checks for t": ["row_count > ${least}", {"row_count > 1": {"filter": "day = '${DAY}'"}}]}"#,
            #"{"variables": {"least": 4}}"#)
        #expect(project.suites.first?.checks == [ImportedCheck("row_count", ["min": 5])])
        #expect(project.items.last?.note == "${DAY} has no value in these files")
    }

    @Test
    func eachDatasetHasItsOwnChecks() throws {
        let project = try project(
            #"""
            {"for each dataset T": {
                "datasets": ["dim_products", "include dim_x", "fact%", "exclude dim_x"],
                "checks": ["row_count > 0", {"m > 0": {"m query": "SELECT count(*) FROM ${T}"}}]}}
            """#)
        #expect(project.suites.map(\.dataset) == ["dim_products"])
        #expect(project.queries.first?.sql.contains("SELECT count(*) FROM dim_products") == true)
        #expect(
            project.items.map(\.fate)
                == [.converted, .notConverted, .converted, .notConverted])
        #expect(project.items[1].note == "which datasets fact% is, only the database knows")
    }

    @Test
    func checksOfOneKindHaveIds() throws {
        let project = try project(
            #"""
            {"checks for t": [
                "missing_count(a) = 0", {"missing_count(a) = 0": {"filter": "b"}}, "row_count > 0", "row_count < 9"]}
            """#)
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck("not_null", column: "a"),
                    ImportedCheck(
                        "not_null", column: "a", options: [Member("id", "a.not_null_2"), Member("where", "b")]),
                    ImportedCheck("row_count", ["min": 1]),
                    ImportedCheck("row_count", ["max": 8], options: [Member("id", "row_count_2")]),
                ])
    }

    @Test
    func whatIsNotThereIsSaid() throws {
        let project = try project(
            #"""
            {"checks for t": [
                {"distribution_difference(a) > 0.05": {"distribution reference file": "r.yml", "method": "psi"}},
                "$template", "missing(cat) = 2", "invalid_count(a) = 0", "row_count", "missing_count(a) >= 0",
                "avg > 1", {"row_count > 1": {"filter": "{{ x }}"}}, 5],
             "automated monitoring": {"datasets": ["include %"]}, "profile columns": {"columns": ["t.%"]},
             "discover datasets": {"datasets": ["%"]}, "checks": [{"failed rows": {"fail query": "SELECT 1"}}],
             "data_source x": {"type": "postgres"}, "chekcs for t": []}
            """#)
        #expect(project.suites.isEmpty)
        #expect(project.queries.isEmpty)
        #expect(project.items.count == 14)
        #expect(project.items.allSatisfy { $0.fate == .notConverted && $0.note?.isEmpty == false })
        #expect(project.items[5].note?.hasSuffix("so it never fails") == true)
    }
}
