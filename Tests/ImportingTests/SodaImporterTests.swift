import ExactJSON
import Importing
import Testing

/// Checks in SodaCL; the YAML of Soda's documentation, written as JSON.
struct SodaImporterTests {
    private typealias Member = JSONValue.Member

    /// What becomes of checks for `dim_customer`, given as the elements of their list.
    private func project(_ checks: String) throws -> ImportedProject {
        try project(files: #"{"checks for dim_customer": [\#(checks)]}"#)
    }

    private func project(files: String...) throws -> ImportedProject {
        var sources: [ImportSource] = []
        for (index, file) in files.enumerated() {
            sources.append(ImportSource(path: "checks\(index).yml", content: .document(try JSONValue(parsing: file))))
        }
        return SodaImporter.project(from: sources)
    }

    /// The checks of the only suite, of checks that are there in full.
    private func converted(_ checks: String) throws -> [ImportedCheck] {
        let project = try project(checks)
        #expect(project.items.map(\.fate) == project.items.map { _ in ImportItem.Fate.converted })
        return project.suites.first?.checks ?? []
    }

    // MARK: Numbers of rows

    @Test
    func boundsOfRowCountsAreWholeNumbers() throws {
        #expect(try converted(#""row_count > 0""#) == [ImportedCheck("row_count", ["min": 1])])
        #expect(try converted(#""row_count = 6""#) == [ImportedCheck("row_count", ["equals": 6])])
        #expect(try converted(#""row_count < 5""#) == [ImportedCheck("row_count", ["max": 4])])
        #expect(
            try converted(#""row_count between 10 and 15""#) == [ImportedCheck("row_count", ["min": 10, "max": 15])])
        #expect(
            try converted(#""row_count between (10 and 15)""#) == [ImportedCheck("row_count", ["min": 11, "max": 14])])
        #expect(
            try converted(#""row_count between [10 and 15]""#) == [ImportedCheck("row_count", ["min": 10, "max": 15])])
        #expect(try converted(#""row_count between -3 and 5""#) == [ImportedCheck("row_count", ["max": 5])])
        #expect(try converted(#""row_count not between -3 and 5""#) == [ImportedCheck("row_count", ["min": 6])])
    }

    @Test
    func whatNoBoundsSayIsAMetric() throws {
        #expect(
            try converted(#""row_count not between 10 and 20""#)
                == [
                    ImportedCheck(
                        "metric", ["expression": "count(*)"], options: [Member("fail", "value between 10 and 20")])
                ])
        #expect(
            try converted(#"{"row_count": {"warn": "when > 10"}}"#)
                == [ImportedCheck("metric", ["expression": "count(*)"], options: [Member("warn", "value > 10")])])
    }

    @Test
    func alertsAreNotNegated() throws {
        #expect(
            try converted(#"{"row_count": {"fail": "when < 5", "warn": "when > 10"}}"#)
                == [ImportedCheck("row_count", ["min": 5], options: [Member("warn", "value > 10")])])
        #expect(
            try converted(
                #"{"row_count": {"warn": "when not between -10 and 10", "fail": "when not between -20 and 20"}}"#)
                == [ImportedCheck("row_count", ["max": 20], options: [Member("warn", "value > 10")])])
    }

    @Test
    func rowCountsOfTwoDatasetsAreCompared() throws {
        #expect(
            try converted(#""row_count same as dim_department_group""#)
                == [ImportedCheck("same_row_count", ["as": "dim_department_group"])])
        let other = try project(#""row_count same as retail_customers in aws_postgres_retail""#)
        #expect(other.suites.isEmpty)
        #expect(other.items.first?.fate == .notConverted)
        #expect(other.items.first?.note == "the other dataset is in another data source")
        #expect(
            other.items.first?.name
                == "checks0.yml: dim_customer row_count same as retail_customers in aws_postgres_retail")
    }

    // MARK: Statistics

    @Test(
        arguments: [
            ("min(size) >= 50", "min", ["min": 50]), ("max(size) <= 500", "max", ["max": 500]),
            ("avg(size) between 100 and 300", "avg", ["min": 100, "max": 300]),
            ("sum(size) = 7", "sum", ["equals": 7]), ("avg_length(size) >= 3", "avg_length", ["min": 3]),
            ("max_length(size) = 25", "max_length", ["equals": 25]),
            ("min_length(size) = 5", "min_length", ["equals": 5]),
            ("stddev(size) <= .50", "stddev", .object([JSONValue.Member("max", .number("0.5"))])),
            ("stddev_samp(size) <= 4", "stddev", ["max": 4]),
            ("stddev_pop(size) between 3 and 4", "stddev", ["of": "population", "min": 3, "max": 4]),
            ("variance(size) <= 4", "variance", ["max": 4]), ("var_samp(size) <= 4", "variance", ["max": 4]),
            ("var_pop(size) <= 4", "variance", ["of": "population", "max": 4]),
        ] as [(String, String, JSONValue)])
    func statisticsAreKindsOfTheirOwn(check: String, kind: String, arguments: JSONValue) throws {
        #expect(try converted("\"\(check)\"") == [ImportedCheck(kind, column: "size", arguments)])
    }

    @Test
    func openBoundsAreThresholds() throws {
        #expect(
            try converted(#""avg_length(manufacturer) > 10""#)
                == [
                    ImportedCheck("avg_length", column: "manufacturer", options: [Member("fail", "value <= 10")])
                ])
        #expect(
            try converted(#"{"max(hours) < 80": {"name": "Too many", "filter": "territory = 11"}}"#)
                == [
                    ImportedCheck(
                        "max", column: "hours",
                        options: [
                            Member("name", "Too many"), Member("where", "territory = 11"),
                            Member("fail", "value >= 80"),
                        ])
                ])
    }

    @Test
    func percentilesAreValuesThatAreThere() throws {
        let expression: JSONValue = #"percentile_disc(0.95) WITHIN GROUP (ORDER BY "size")"#
        #expect(
            try converted(#""percentile(size, 0.95) > 50""#)
                == [ImportedCheck("metric", ["expression": expression], options: [Member("fail", "value <= 50")])])
    }

    @Test
    func statisticsLeaveOutWhatIsMissingOrInvalid() throws {
        let filter: JSONValue = #"(NOT (("size" IN (-1)) IS TRUE)) AND ("size" >= 0)"#
        #expect(
            try converted(#"{"avg(size) <= 5": {"missing values": [-1], "valid min": 0}}"#)
                == [ImportedCheck("avg", column: "size", ["max": 5], options: [Member("where", filter)])])
    }

    // MARK: Missing values

    @Test
    func missingValuesAreNull() throws {
        #expect(try converted(#""missing_count(birthday) = 0""#) == [ImportedCheck("not_null", column: "birthday")])
        #expect(
            try converted(#""missing_percent(gender) < 5 %""#)
                == [ImportedCheck("not_null", column: "gender", options: [Member("fail", "percent >= 5")])])
        #expect(
            try converted(#"{"missing_percent(x)": {"warn": "when > 1", "fail": "when >= 5%"}}"#)
                == [
                    ImportedCheck(
                        "not_null", column: "x",
                        options: [Member("warn", "percent > 1"), Member("fail", "percent >= 5")])
                ])
    }

    @Test
    func placeholdersAreMissing() throws {
        #expect(
            try converted(#"{"missing_count(last_name) < 5": {"missing values": ["n/a", "NA"]}}"#)
                == [
                    ImportedCheck(
                        "rejected_values", column: "last_name", ["values": ["n/a", "NA"]],
                        options: [Member("fail", "count >= 5"), Member("nulls", "fail")])
                ])
        #expect(
            try converted(#"{"missing_count(birthday) = 0": {"missing regex": "00/00/0000"}}"#)
                == [
                    ImportedCheck(
                        "matches", column: "birthday", ["regex": "00/00/0000", "not": true],
                        options: [Member("nulls", "fail")])
                ])
        #expect(
            try converted(#"{"missing_count(x) = 0": {"missing values": ["-"], "missing regex": "^ *$"}}"#)
                == [
                    ImportedCheck(
                        "expect", ["expression": #"NOT ("x" IN ('-') OR "x"::text ~ '^ *$')"#],
                        options: [Member("nulls", "fail")])
                ])
        let unknown = try project(#"{"missing_percent(email) = 0": {"missing format": "    "}}"#)
        #expect(unknown.items.first?.fate == .notConverted)
    }

    // MARK: Valid values

    @Test(
        arguments: [
            (#""valid values": ["0", "1"]"#, "accepted_values", ["values": ["0", "1"]]),
            (#""invalid values": [0, 3]"#, "rejected_values", ["values": [0, 3]]),
            (#""valid regex": "^[A-Z]$""#, "matches", ["regex": "^[A-Z]$"]),
            (#""invalid regex": "x""#, "matches", ["regex": "x", "not": true]),
            (#""valid length": 100"#, "length", ["equals": 100]),
            (#""valid min length": 1"#, "length", ["min": 1]),
            (#""valid max length": 10"#, "length", ["max": 10]),
            (#""valid min": 1"#, "in_range", ["min": 1]),
            (#""valid min": 1, "valid max": 6"#, "in_range", ["min": 1, "max": 6]),
            (#""valid format": "uuid""#, "format", ["is": "uuid"]),
            (#""valid format": "time 24h nosec""#, "matches", ["regex": "^ *([01]?[0-9]|2[0-3]):[0-5]?[0-9] *$"]),
        ] as [(String, String, JSONValue)])
    func rulesAreKinds(rule: String, kind: String, arguments: JSONValue) throws {
        #expect(try converted("{\"invalid_count(x) = 0\": {\(rule)}}") == [ImportedCheck(kind, column: "x", arguments)])
    }

    @Test
    func invalidRowsAreCountedAsSodaCounts() throws {
        #expect(
            try converted(#"{"invalid_percent(children) <= 2": {"valid max": 6}}"#)
                == [
                    ImportedCheck("in_range", column: "children", ["max": 6], options: [Member("fail", "percent > 2")])
                ])
        // Beside rules for valid values, those for invalid ones do not count.
        #expect(
            try converted(#"{"invalid_count(x) = 0": {"valid values": ["a"], "invalid values": ["b"]}}"#)
                == [ImportedCheck("accepted_values", column: "x", ["values": ["a"]])])
        // NULL is invalid where the check says so.
        #expect(
            try converted(#"{"invalid_count(x) = 0": {"valid min": 1, "include null": true}}"#)
                == [ImportedCheck("in_range", column: "x", ["min": 1], options: [Member("nulls", "fail")])])
    }

    @Test
    func severalRulesAreOneCheckWhereTheyAreCountedTogether() throws {
        let rules = #""valid regex": "^A", "valid max length": 3"#
        #expect(
            try converted("{\"invalid_count(x) = 0\": {\(rules)}}")
                == [
                    ImportedCheck("matches", column: "x", ["regex": "^A"]),
                    ImportedCheck("length", column: "x", ["max": 3]),
                ])
        #expect(
            try converted("{\"invalid_count(x) < 5\": {\(rules)}}")
                == [
                    ImportedCheck(
                        "expect", ["expression": #"("x"::text ~ '^A') AND (length("x") <= 3)"#],
                        options: [Member("fail", "count >= 5")])
                ])
    }

    @Test
    func whatIsMissingIsNotInvalid() throws {
        #expect(
            try converted(#"{"invalid_percent(x) < 5": {"valid values": ["a"], "missing values": ["-"]}}"#)
                == [
                    ImportedCheck(
                        "accepted_values", column: "x", ["values": ["a", "-"]],
                        options: [Member("fail", "percent >= 5")])
                ])
        #expect(
            try converted(#"{"invalid_count(x) < 5": {"valid min": 1, "missing values": [0]}}"#)
                == [
                    ImportedCheck(
                        "in_range", column: "x", ["min": 1],
                        options: [Member("where", #"NOT (("x" IN (0)) IS TRUE)"#), Member("fail", "count >= 5")])
                ])
        #expect(
            try converted(#"{"invalid_percent(x) < 5": {"valid min": 1, "missing values": [0]}}"#)
                == [
                    ImportedCheck(
                        "expect", ["expression": #"("x" IN (0)) IS TRUE OR (("x" >= 1))"#],
                        options: [Member("fail", "percent >= 5")])
                ])
    }

    @Test
    func validValuesAreCounted() throws {
        #expect(
            try converted(#"{"valid_count(x) >= 5": {"valid min": 1}}"#)
                == [
                    ImportedCheck(
                        "metric", ["expression": #"count("x") FILTER (WHERE ("x" >= 1))"#],
                        options: [Member("fail", "value < 5")])
                ])
    }

    @Test
    func formatsThatDifferAreApproximated() throws {
        let email = try project(#"{"invalid_count(email) = 0": {"valid format": "email"}}"#)
        #expect(email.suites.first?.checks == [ImportedCheck("format", column: "email", ["is": "email"])])
        #expect(email.items.first?.fate == .approximated)
        let negated = try project(#"{"invalid_count(x) = 0": {"invalid format": "positive integer"}}"#)
        #expect(
            negated.suites.first?.checks
                == [ImportedCheck("matches", column: "x", ["regex": #"^ *\+? *[0-9]+ *$"#, "not": true])])
        #expect(negated.items.first?.fate == .converted)
    }

    @Test(arguments: [
        "integer", "positive integer", "negative integer", "decimal", "positive decimal", "negative decimal",
        "decimal point", "positive decimal point", "negative decimal point", "decimal comma", "positive decimal comma",
        "negative decimal comma", "percentage", "positive percentage", "negative percentage", "percentage point",
        "positive percentage point", "negative percentage point", "percentage comma", "positive percentage comma",
        "negative percentage comma", "money", "money point", "money comma", "date us", "date eu", "date inverse",
        "date iso 8601", "time 24h", "time 24h nosec", "time 12h", "time 12h nosec", "timestamp 24h", "timestamp 12h",
        "uuid", "ip address", "ipv4 address", "ipv6 address", "email", "phone number", "credit card number",
    ])
    func everyNamedFormatIsThere(format: String) throws {
        let project = try project("{\"invalid_count(x) = 0\": {\"valid format\": \"\(format)\"}}")
        let check = try #require(project.suites.first?.checks.first)
        #expect(check.kind == "format" || check.kind == "matches")
        #expect(project.items.first?.fate != .notConverted)
    }

    @Test
    func settingsOfColumnsHoldForTheirChecks() throws {
        let project = try project(
            files: #"""
                {"configurations for dim_customer": {"valid values for flag": ["0", "1"]},
                 "checks for dim_customer": ["invalid_percent(flag) < 1%"]}
                """#)
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck(
                        "accepted_values", column: "flag", ["values": ["0", "1"]],
                        options: [Member("fail", "percent >= 1")])
                ])
    }

    // MARK: Duplicates

    @Test
    func uniquenessIsUnique() throws {
        #expect(try converted(#""duplicate_count(phone) = 0""#) == [ImportedCheck("unique", column: "phone")])
        #expect(
            try converted(#""duplicate_count(\"Phone\", address_line1) = 0""#)
                == [ImportedCheck("unique", ["columns": ["Phone", "address_line1"]])])
    }

    @Test
    func someDuplicatesAreCountedByValue() throws {
        let project = try project(#"{"duplicate_count(phone)": {"warn": "when > 5", "fail": "when >= 10"}}"#)
        #expect(project.suites.isEmpty)
        #expect(project.items.first?.fate == .converted)
        let query = try #require(project.queries.first)
        #expect(query.id == "dim_customer.duplicate_phone")
        #expect(
            query.sql == """
                SELECT "phone", count(*) AS "rows"
                FROM "dim_customer"
                WHERE "phone" IS NOT NULL
                GROUP BY "phone"
                HAVING count(*) > 1
                """)
        #expect(query.headers.map { "\($0.name): \($0.value)" } == ["warn: count > 5", "fail: count >= 10"])
    }

    // MARK: Freshness

    @Test
    func freshnessIsInUTC() throws {
        let project = try project(
            #""freshness(start_date) < 3d", {"freshness(end_date)": {"warn": "when > 1d", "fail": "when > 1d6h30m"}}"#)
        let suite = try #require(project.suites.first)
        #expect(
            suite.checks
                == [
                    ImportedCheck("fresh", column: "start_date", ["within": "3d"]),
                    ImportedCheck(
                        "fresh", column: "end_date", ["within": "1d 6h 30min"],
                        options: [Member("warn", "value > 86400")]),
                ])
        #expect(suite.timeColumn == "start_date")
        #expect(suite.timeZone == "UTC")
        #expect(project.items.map(\.fate) == [.approximated, .approximated])
    }

    @Test
    func freshnessByAnotherClockIsApproximated() throws {
        let project = try project(#""freshness(end_date, CUST_VAR) < 1d", "freshness using ts with NOW < 12h""#)
        #expect(
            project.suites.first?.checks
                == [
                    ImportedCheck("fresh", column: "end_date", ["within": "1d"]),
                    ImportedCheck("fresh", column: "ts", ["within": "12h"]),
                ])
        #expect(project.items.first?.note?.contains("not by the variable CUST_VAR") == true)
        #expect(project.items.last?.note?.contains("variable") == false)
    }

    // MARK: References

    @Test
    func referencesAreToOtherDatasets() throws {
        #expect(
            try converted(#""values in (group_name) must exist in dim_employee (department_name)""#)
                == [
                    ImportedCheck(
                        "references", column: "group_name", ["to": "dim_employee", "to_columns": ["department_name"]])
                ])
        #expect(
            try converted(#""values in salary must not exist in other.banned salary""#)
                == [ImportedCheck("absent_from", column: "salary", ["to": "other.banned", "to_columns": ["salary"]])])
        #expect(
            try converted(#""values in (last, first) must exist in prod (last_name, first_name)""#)
                == [
                    ImportedCheck(
                        "references",
                        [
                            "columns": ["last", "first"], "to": "prod", "to_columns": ["last_name", "first_name"],
                            "match": "full",
                        ])
                ])
    }
}
