import ExactJSON
import Importing
import Testing

struct OdcsImporterTests {
    /// What a property says, and what must become of it besides the check that the column exists.
    struct Case: Sendable, CustomTestStringConvertible {
        var property: String
        var label: String
        var checks: [String]
        var fate: ImportItem.Fate

        init(_ property: String, _ label: String, _ checks: [String], _ fate: ImportItem.Fate = .converted) {
            self.property = property
            self.label = label
            self.checks = checks
            self.fate = fate
        }

        /// A quality item under the property.
        static func quality(
            _ item: String, _ label: String, _ checks: [String], _ fate: ImportItem.Fate = .converted
        ) -> Case {
            Case(#""quality": [\#(item)]"#, "quality \(label)", checks, fate)
        }

        var testDescription: String { "\(label): \(property)" }
    }

    private static func project(_ contract: String) throws -> ImportedProject {
        let document = try JSONValue(parsing: contract)
        return OdcsImporter.project(from: [ImportSource(path: "c.odcs.yaml", content: .document(document))])
    }

    /// What becomes of an object `orders` of a PostgreSQL server with the schema `shop`, given what it says.
    private static func object(_ members: String, sla: String = "[]") throws -> ImportedProject {
        try project(
            #"""
            {"apiVersion": "v3.1.0", "kind": "DataContract", "id": "53581432", "version": "1.0.0", "status": "active",
            "servers": [{"server": "lake", "type": "s3", "location": "s3://x"},
            {"server": "my-postgres", "type": "postgres", "host": "localhost", "port": 5432, "database": "dwh",
            "schema": "shop"}], "schema": [{"name": "orders", \#(members)}], "slaProperties": \#(sla)}
            """#)
    }

    private static func expect(_ wanted: Case) throws {
        let project = try object(#""properties": [{"name": "x", \#(wanted.property)}]"#)
        let checks = [#"{"column_exists": {"columns": ["x"]}}"#] + wanted.checks
        let expected = try checks.map { try ExpectedCheck.parse($0) }
        #expect(project.suites.map(\.dataset) == ["shop.orders"])
        #expect(project.suites.first?.checks == expected)
        let names = ["orders properties", "orders.x \(wanted.label)"].map { "c.odcs.yaml: \($0)" }
        #expect(project.items.map(\.name) == names)
        #expect(project.items.last?.fate == wanted.fate)
        if wanted.fate != .converted { #expect(project.items.last?.note != nil) }
    }

    // MARK: Types

    @Test(arguments: [
        Case(
            #""physicalType": "varchar(18)", "logicalType": "string""#, "physicalType varchar(18)",
            [#"{"column": "x", "column_type": {"type": "varchar(18)"}}"#]),
        Case(
            #""physicalType": "NUMERIC(12, 2)""#, "physicalType NUMERIC(12, 2)",
            [#"{"column": "x", "column_type": {"type": "numeric(12, 2)"}}"#]),
        Case(
            #""physicalType": "serial""#, "physicalType serial",
            [#"{"column": "x", "column_type": {"type": "integer"}}"#]),
        Case(
            #""physicalType": "DOUBLE""#, "physicalType DOUBLE",
            [#"{"column": "x", "column_type": {"type": "double precision"}}"#], .approximated),
        Case(
            #""physicalType": "float(3,2)""#, "physicalType float(3,2)",
            [#"{"column": "x", "column_type": {"type": ["real", "double precision"]}}"#], .approximated),
        Case(
            #""physicalType": "varchar[15]""#, "physicalType varchar[15]",
            [#"{"column": "x", "column_type": {"type": "varchar(15)"}}"#], .approximated),
        Case(
            #""physicalType": "varchar[15]", "logicalType": "array""#, "physicalType varchar[15]",
            [#"{"column": "x", "column_type": {"type": "varchar[]"}}"#]),
        Case(#""physicalType": "MAP<STRING, INT>""#, "physicalType MAP<STRING, INT>", [], .notConverted),
        Case(
            #""physicalType": "STRUCT<a INT>", "logicalType": "object""#, "physicalType STRUCT<a INT>",
            [#"{"column": "x", "column_type": {"type": ["jsonb", "json"]}}"#], .approximated),
        Case(
            #""logicalType": "boolean""#, "logicalType boolean",
            [#"{"column": "x", "column_type": {"type": "boolean"}}"#]),
        Case(
            #""logicalType": "integer""#, "logicalType integer",
            [#"{"column": "x", "column_type": {"type": ["smallint", "integer", "bigint"]}}"#], .approximated),
        Case(
            #""logicalType": "timestamp", "logicalTypeOptions": {"timezone": true}"#, "logicalType timestamp",
            [#"{"column": "x", "column_type": {"type": "timestamptz"}}"#], .approximated),
        Case(#""logicalType": "array""#, "logicalType array", [], .notConverted),
    ])
    func typesOfProperties(wanted: Case) throws {
        try Self.expect(wanted)
    }

    // MARK: Rules of properties

    @Test(arguments: [
        Case(#""required": true, "unique": false"#, "required", [#"{"column": "x", "not_null": {}}"#]),
        Case(#""unique": true, "required": false"#, "unique", [#"{"column": "x", "unique": {}}"#]),
        Case(
            #""enum": [{"value": "new", "label": "New"}, {"value": "paid"}]"#, "enum",
            [#"{"column": "x", "accepted_values": {"values": ["new", "paid"]}}"#]),
        Case(
            #""logicalTypeOptions": {"minLength": 2, "maxLength": 12}"#, "minLength 2, maxLength 12",
            [#"{"column": "x", "length": {"min": 2, "max": 12}}"#]),
        Case(
            #""logicalTypeOptions": {"maxLength": 12}"#, "maxLength 12",
            [#"{"column": "x", "length": {"max": 12}}"#]),
        Case(#""logicalTypeOptions": {"minItems": 3, "maxItems": 2}"#, "minItems 3, maxItems 2", [], .notConverted),
        Case(
            #""logicalTypeOptions": {"minItems": 1}"#, "minItems 1", [#"{"column": "x", "length": {"min": 1}}"#]),
        Case(
            #""logicalTypeOptions": {"minimum": 0, "exclusiveMaximum": 100}"#, "minimum 0, exclusiveMaximum 100",
            [#"{"column": "x", "in_range": {"min": 0, "below": 100}}"#]),
        Case(
            #""logicalTypeOptions": {"minimum": 0, "exclusiveMinimum": true}"#, "minimum 0, exclusiveMinimum true",
            [#"{"column": "x", "in_range": {"above": 0}}"#]),
        Case(
            #""logicalTypeOptions": {"minimum": 5, "exclusiveMinimum": 0}"#, "minimum 5, exclusiveMinimum 0",
            [#"{"column": "x", "in_range": {"min": 5}}"#]),
        Case(
            #""logicalTypeOptions": {"maximum": "2024-12-31"}"#, "maximum 2024-12-31",
            [#"{"column": "x", "in_range": {"max": "2024-12-31"}}"#]),
        Case(#""logicalTypeOptions": {"minimum": 2, "maximum": 1}"#, "minimum 2, maximum 1", [], .notConverted),
        Case(
            #""logicalTypeOptions": {"multipleOf": 5}"#, "multipleOf 5",
            [#"{"column": "x", "multiple_of": {"step": 5}}"#]),
        Case(
            #""logicalTypeOptions": {"pattern": "^\\d{3}\\b[A-Z]\\x41$"}"#, "pattern ^\\d{3}\\b[A-Z]\\x41$",
            [#"{"column": "x", "matches": {"regex": "^\\d{3}\\y[A-Z]\\u0041$"}}"#]),
        Case(#""logicalTypeOptions": {"pattern": "(?<year>\\d+)"}"#, "pattern (?<year>\\d+)", [], .notConverted),
        Case(
            #""logicalTypeOptions": {"format": "email"}"#, "format email",
            [#"{"column": "x", "format": {"is": "email"}}"#]),
        Case(
            #""logicalTypeOptions": {"format": "uri"}"#, "format uri",
            [#"{"column": "x", "format": {"is": "url"}}"#], .approximated),
        Case(#""logicalTypeOptions": {"format": "password"}"#, "format password", [], .notConverted),
        Case(
            #""logicalTypeOptions": {"uniqueItems": true}"#, "uniqueItems true",
            [
                #"{"expect": {"expression": "cardinality(x) = (SELECT count(*) FROM "#
                    + #"(SELECT DISTINCT item FROM unnest(x) AS items (item)) AS different)"}}"#
            ]),
        Case(
            #""logicalTypeOptions": {"maxProperties": 9}"#, "maxProperties 9",
            [
                #"{"expect": {"expression": "CASE jsonb_typeof(x::jsonb) WHEN 'object' THEN "#
                    + #"(SELECT count(*) FROM jsonb_object_keys(x::jsonb)) <= 9 ELSE x IS NULL END"}}"#
            ]),
        Case(
            #""logicalTypeOptions": {"required": ["a", "b"]}"#, "required [\"a\",\"b\"]",
            [#"{"column": "x", "json_keys": {"keys": ["a", "b"]}}"#]),
        Case(#""logicalTypeOptions": {"surprise": 1}"#, "surprise 1", [], .notConverted),
    ])
    func rulesOfProperties(wanted: Case) throws {
        try Self.expect(wanted)
    }

    @Test
    func formatsOfDatesAndNumbers() throws {
        let project = try Self.object(
            #"""
            "properties": [
            {"name": "a", "physicalType": "text", "logicalType": "date",
            "logicalTypeOptions": {"format": "yyyy-MM-dd'T'HH:mm"}},
            {"name": "b", "physicalType": "date", "logicalType": "date",
            "logicalTypeOptions": {"format": "yyyy-MM-dd"}},
            {"name": "c", "physicalType": "int", "logicalType": "integer", "logicalTypeOptions": {"format": "u8"}}]
            """#)
        let checks = try [
            ExpectedCheck.parse(#"{"column_exists": {"columns": ["a", "b", "c"]}}"#),
            ExpectedCheck.parse(#"{"column": "a", "column_type": {"type": "text"}}"#),
            ExpectedCheck.parse(#"{"column": "a", "date_format": {"format": "%Y-%m-%dT%H:%M"}}"#),
            ExpectedCheck.parse(#"{"column": "b", "column_type": {"type": "date"}}"#),
            ExpectedCheck.parse(#"{"column": "c", "column_type": {"type": "int"}}"#),
            ExpectedCheck.parse(#"{"expect": {"expression": "c BETWEEN 0 AND 255"}}"#),
        ]
        #expect(project.suites.first?.checks == checks)
        #expect(
            project.items.filter { $0.fate == .notConverted }.map(\.name) == [
                "c.odcs.yaml: orders.b format yyyy-MM-dd"
            ])
    }

    @Test
    func theInsideOfADocumentIsLookedInto() throws {
        let project = try Self.object(
            #"""
            "properties": [{"name": "address", "logicalType": "object", "physicalType": "jsonb", "properties": [
            {"name": "street", "logicalType": "string", "required": true},
            {"name": "zip code", "logicalType": "integer", "unique": true, "quality": [{"type": "text"}]}]},
            {"name": "lines", "logicalType": "array", "physicalType": "text[]", "items": {"logicalType": "string"}}]
            """#)
        let checks = try [
            ExpectedCheck.parse(#"{"column_exists": {"columns": ["address", "lines"]}}"#),
            ExpectedCheck.parse(#"{"column": "address", "column_type": {"type": "jsonb"}}"#),
            ExpectedCheck.parse(
                #"""
                {"column": "address", "json_type": {"type": "string", "path": "$.street", "required": true},
                "id": "address.street.json_type"}
                """#),
            ExpectedCheck.parse(
                #"""
                {"column": "address", "json_type": {"type": "number", "path": "$.\"zip code\" ? (@ != null)"},
                "id": "address.zip_code.json_type"}
                """#),
            ExpectedCheck.parse(#"{"column": "lines", "column_type": {"type": "text[]"}}"#),
        ]
        #expect(project.suites.first?.checks == checks)
        let fates = project.items.map { "\($0.name.dropFirst("c.odcs.yaml: ".count)): \($0.fate.rawValue)" }
        #expect(
            fates == [
                "orders properties: converted", "orders.address physicalType jsonb: converted",
                "orders.address street: converted", "orders.address zip code: approximated",
                "orders.address zip code unique: not converted", "orders.address zip code quality: not converted",
                "orders.lines physicalType text[]: converted", "orders.lines items: not converted",
            ])
    }

    // MARK: Quality

    @Test(arguments: [
        Case.quality(#"{"metric": "nullValues", "mustBe": 0}"#, "nullValues", [#"{"column": "x", "not_null": {}}"#]),
        Case.quality(
            #"{"type": "library", "metric": "nullValues", "mustBeLessThan": 1, "unit": "percent"}"#, "nullValues",
            [#"{"column": "x", "not_null": {}, "fail": "percent >= 1"}"#]),
        Case.quality(
            #"{"metric": "nullValues", "mustBeLessOrEqualTo": 5, "severity": "warning"}"#, "nullValues",
            [#"{"column": "x", "not_null": {}, "warn": "count > 5"}"#]),
        Case.quality(
            #"{"metric": "nullValues", "mustBe": 0, "severity": "info"}"#, "nullValues",
            [#"{"column": "x", "not_null": {}, "warn": "count > 0"}"#]),
        Case.quality(
            #"{"metric": "nullValues", "mustNotBe": 0}"#, "nullValues",
            [#"{"column": "x", "not_null": {}, "on_empty": "fail", "fail": "count = 0"}"#]),
        Case.quality(
            #"{"metric": "nullValues", "mustBeGreaterThan": 0, "mustBeLessThan": 100}"#, "nullValues",
            [#"{"column": "x", "not_null": {}, "on_empty": "fail", "fail": "count not between 1 and 99"}"#]),
        Case.quality(
            #"{"metric": "nullValues", "mustBeBetween": [0, 100]}"#, "nullValues",
            [#"{"column": "x", "not_null": {}, "fail": "count > 100"}"#], .approximated),
        Case.quality(
            #"{"metric": "nullValues", "mustNotBeBetween": [3, 5]}"#, "nullValues",
            [#"{"column": "x", "not_null": {}, "fail": "count between 3 and 5"}"#], .approximated),
        Case.quality(
            #"""
            {"id": "share", "metric": "nullValues", "mustBeGreaterThan": 1, "mustBeLessOrEqualTo": 5,
            "unit": "percent"}
            """#, "nullValues",
            [
                #"{"column": "x", "not_null": {}, "id": "x.share", "on_empty": "fail", "fail": "percent > 5"}"#,
                #"{"column": "x", "not_null": {}, "id": "x.share_2", "on_empty": "fail", "fail": "percent <= 1"}"#,
            ]),
        Case.quality(#"{"metric": "nullValues", "mustBeGreaterOrEqualTo": 0}"#, "nullValues", [], .notConverted),
        Case.quality(#"{"metric": "nullValues", "mustBe": -1}"#, "nullValues", [], .notConverted),
        Case.quality(#"{"metric": "nullValues"}"#, "nullValues", [], .notConverted),
        Case.quality(#"{"metric": "nullValues", "mustBe": 0, "unit": "bytes"}"#, "nullValues", [], .notConverted),
        Case.quality(
            #"""
            {"metric": "missingValues", "arguments": {"missingValues": [null, "", "N/A", "n/a"]}, "mustBeLessThan": 100,
            "unit": "rows"}
            """#, "missingValues",
            [
                #"""
                {"column": "x", "rejected_values": {"values": ["", "N/A", "n/a"]}, "nulls": "fail",
                "fail": "count > 99"}
                """#
            ]),
        Case.quality(
            #"{"metric": "missingValues", "arguments": {"missingValues": ["?"]}, "mustBe": 0}"#, "missingValues",
            [#"{"column": "x", "rejected_values": {"values": ["?"]}}"#]),
        Case.quality(
            #"{"metric": "missingValues", "mustBe": 0}"#, "missingValues", [#"{"column": "x", "not_null": {}}"#],
            .approximated),
        Case.quality(
            #"{"metric": "invalidValues", "arguments": {"validValues": ["pounds", "kg"]}, "mustBeLessThan": 5}"#,
            "invalidValues",
            [#"{"column": "x", "accepted_values": {"values": ["pounds", "kg"]}, "fail": "count > 4"}"#]),
        Case.quality(
            #"{"metric": "invalidValues", "arguments": null, "pattern": "^[A-Z]{2}$", "mustBe": 0}"#, "invalidValues",
            [#"{"column": "x", "matches": {"regex": "^[A-Z]{2}$"}}"#]),
        Case.quality(
            #"{"metric": "invalidValues", "arguments": {"validValues": ["a"], "pattern": "a"}, "mustBe": 0}"#,
            "invalidValues", [#"{"expect": {"expression": "x IN ('a') AND x::text ~ 'a'"}}"#]),
        Case.quality(#"{"metric": "invalidValues", "mustBe": 0}"#, "invalidValues", [], .notConverted),
        Case.quality(
            #"{"metric": "duplicateValues", "mustBe": 0}"#, "duplicateValues", [#"{"column": "x", "unique": {}}"#]),
        Case.quality(
            #"{"metric": "duplicateValues", "mustBeLessThan": 1, "unit": "percent"}"#, "duplicateValues",
            [#"{"column": "x", "unique": {}, "fail": "percent >= 1"}"#], .approximated),
        Case.quality(
            #"{"metric": "duplicateValues", "mustBeLessThan": 10}"#, "duplicateValues",
            [#"{"column": "x", "unique": {}, "fail": "count > 9"}"#], .approximated),
        Case.quality(
            #"{"metric": "nullValues", "mustBe": 0, "arguments": {"surprise": 1}}"#, "nullValues",
            [#"{"column": "x", "not_null": {}}"#], .approximated),
        Case.quality(#"{"metric": "freshness", "mustBe": 0}"#, "freshness", [], .notConverted),
        // Version 3.0.
        Case.quality(#"{"type": "library", "rule": "unique"}"#, "unique", [#"{"column": "x", "unique": {}}"#]),
        Case.quality(
            #"{"rule": "duplicateCount", "mustBeLessThan": 10}"#, "duplicateCount",
            [#"{"column": "x", "unique": {}, "fail": "count > 9"}"#], .approximated),
        Case.quality(
            #"{"rule": "validValues", "validValues": ["a", "b"]}"#, "validValues",
            [#"{"column": "x", "accepted_values": {"values": ["a", "b"]}}"#]),
        Case.quality(
            #"""
            {"type": "library", "rule": "between", "dimension": "accuracy", "customProperties":
            [{"property": "min", "value": 0}, {"property": "max", "value": 500}]}
            """#, "between", [#"{"column": "x", "in_range": {"min": 0, "max": 500}, "dimension": "accuracy"}"#]),
        // Others.
        Case.quality(#"{"type": "text", "description": "It was verified."}"#, "text", [], .notConverted),
        Case.quality(
            #"{"type": "custom", "engine": "soda", "implementation": "type: duplicate_percent"}"#, "custom soda", [],
            .notConverted),
        Case.quality(
            #"""
            {"type": "custom", "engine": "greatExpectations", "severity": "high", "implementation":
            {"type": "expect_column_values_to_be_in_set", "kwargs": {"value_set": ["a"], "mostly": 0.9}}}
            """#, "custom greatExpectations",
            [
                #"""
                {"column": "x", "accepted_values": {"values": ["a"]}, "where": "x IS NOT NULL", "fail": "percent > 10",
                "severity": "next_business_day"}
                """#
            ]),
    ])
    func qualityOfAProperty(wanted: Case) throws {
        try Self.expect(wanted)
    }

    @Test
    func whatStandsBesideAMetricIsThere() throws {
        let project = try Self.object(
            #"""
            "properties": [{"name": "x", "quality": [{"metric": "nullValues", "name": "No gaps", "mustBe": 0,
            "description": "column should not contain null values", "dimension": "cp", "type": "library",
            "severity": "critical", "businessImpact": "operational", "schedule": "0 20 * * *", "scheduler": "cron",
            "tags": ["nightly"], "customProperties": [{"property": "FIELD_NAME", "value": null}]},
            {"metric": "duplicateValues", "mustBe": 0, "schedule": "0 0 20 ? * *", "scheduler": "quartz"}]}]
            """#)
        let check = try ExpectedCheck.parse(
            #"""
            {"column": "x", "not_null": {}, "severity": "now", "dimension": "completeness", "tags": ["nightly"],
            "schedule": {"cron": "0 20 * * *"}, "name": "No gaps",
            "description": "column should not contain null values"}
            """#)
        #expect(project.suites.first?.checks.dropFirst().first == check)
        #expect(project.items.map(\.name).dropFirst().first == #"c.odcs.yaml: orders.x quality nullValues "No gaps""#)
        #expect(project.items.last?.fate == .converted)
        #expect(
            project.items.last?.note
                == "its schedule is no cron expression that ever comes true, and left out: 0 0 20 ? * *")
    }

    @Test(arguments: [
        (#"{"metric": "rowCount", "mustBeGreaterThan": 1000000}"#, [#"{"row_count": {"min": 1000001}}"#], "converted"),
        (#"{"metric": "rowCount", "mustBe": 5}"#, [#"{"row_count": {"equals": 5}}"#], "converted"),
        (
            #"{"metric": "rowCount", "mustBeBetween": [100, 120]}"#, [#"{"row_count": {"min": 100, "max": 120}}"#],
            "approximated"
        ),
        (#"{"rule": "rowCount", "mustBeLessThan": 9}"#, [#"{"row_count": {"max": 8}}"#], "converted"),
        (
            #"{"metric": "rowCount", "mustNotBe": 7}"#,
            [#"{"metric": {"expression": "count(*)"}, "fail": "value = 7"}"#], "converted"
        ),
        (
            #"{"id": "some", "metric": "rowCount", "mustBeGreaterThan": 0, "severity": "warning"}"#,
            [#"{"metric": {"expression": "count(*)"}, "id": "some", "warn": "value < 1"}"#], "converted"
        ),
        (#"{"metric": "rowCount", "mustBeGreaterOrEqualTo": 0}"#, [], "not converted"),
        (#"{"metric": "rowCount", "mustBe": 5, "unit": "percent"}"#, [], "not converted"),
        (
            #"{"metric": "duplicateValues", "mustBe": 0, "arguments": {"properties": ["tenant_id", "order_id"]}}"#,
            [#"{"unique": {"columns": ["tenant", "order_id"]}}"#], "converted"
        ),
        (
            #"{"metric": "duplicateValues", "mustBe": 0}"#, [#"{"no_duplicate_rows": {}}"#], "converted"
        ),
        (#"{"metric": "nullValues", "mustBe": 0}"#, [], "not converted"),
        (
            #"""
            {"type": "custom", "engine": "greatExpectations", "implementation":
            {"type": "expect_table_row_count_to_be_between", "kwargs": {"minValue": 10000, "maxValue": 50000}}}
            """#, [], "not converted"
        ),
    ])
    func qualityOfAnObject(item: String, checks: [String], fate: String) throws {
        let project = try Self.object(
            #""properties": [{"name": "tenant_id", "physicalName": "tenant"}], "quality": [\#(item)]"#)
        let wanted = try checks.map { try ExpectedCheck.parse($0) }
        #expect(project.suites.first?.checks.dropFirst().map { $0 } == wanted)
        #expect(project.items.last?.fate.rawValue == fate)
    }

    // MARK: Queries

    @Test
    func aQueryOfAValueReturnsItWhereItIsNotAllowed() throws {
        let project = try Self.object(
            #"""
            "properties": [{"name": "x", "physicalName": "X", "quality": [{"type": "sql", "name": "Enough values",
            "query": "SELECT COUNT(*) FROM {object} WHERE {property} IS NOT NULL;\n", "mustBeGreaterOrEqualTo": 3600,
            "dimension": "completeness", "schedule": "0 20 * * *"}]}]
            """#)
        let query = try #require(project.queries.first)
        #expect(query.id == "shop.orders_x_enough_values")
        #expect(query.dataset == "shop.orders")
        #expect(
            query.sql == """
                SELECT measured.value
                FROM (SELECT (
                SELECT COUNT(*) FROM shop.orders WHERE "X" IS NOT NULL
                ) AS value) AS measured
                WHERE (measured.value >= 3600) IS NOT TRUE
                """)
        let headers = query.headers.map { "\($0.name): \($0.value)" }
        #expect(
            headers == [
                "dimension: completeness", #"schedule: {"cron":"0 20 * * *"}"#, "name: Enough values",
            ])
        #expect(project.items.last?.name == #"c.odcs.yaml: orders.x quality sql "Enough values""#)
        #expect(project.items.last?.fate == .converted)
    }

    @Test
    func aQueryThatCountsFailingRowsReturnsThem() throws {
        let project = try Self.object(
            #"""
            "quality": [{"type": "sql", "mustBe": 0, "severity": "warning",
            "query": "SELECT COUNT(*) FROM ${schema}.${table} AS o\n WHERE total < 0"}]
            """#)
        let query = try #require(project.queries.first)
        #expect(query.id == "shop.orders_query")
        #expect(query.sql == "SELECT *\nFROM shop.orders AS o\nWHERE total < 0")
        #expect(query.headers.map { "\($0.name): \($0.value)" } == ["warn: count > 0"])
    }

    @Test(arguments: [
        (#""SELECT max(total) FROM orders", "mustBeLessThan": 10"#, "SELECT max(total) FROM shop.orders", "< 10"),
        (#""SELECT true FROM \"{table}\"", "mustBe": true"#, "SELECT true FROM shop.orders", "= true"),
        (
            #""SELECT sum(total) FROM ${object} o JOIN lines USING (id)", "mustNotBe": 0.5"#,
            "SELECT sum(total) FROM shop.orders o JOIN lines USING (id)", "<> 0.5"
        ),
        (
            #""SELECT avg(total) FROM {schema}.other", "mustBeGreaterThan": 0, "mustBeLessThan": 1"#,
            "SELECT avg(total) FROM shop.other", "> 0 AND measured.value < 1"
        ),
    ])
    func namesAreFilledIn(item: String, query: String, condition: String) throws {
        let project = try Self.object(#""quality": [{"type": "sql", "query": \#(item)}]"#)
        let sql = try #require(project.queries.first?.sql)
        #expect(sql.contains("\n\(query)\n"))
        #expect(sql.hasSuffix("WHERE (measured.value \(condition)) IS NOT TRUE"))
    }

    @Test(arguments: [
        #"{"type": "sql", "query": "SELECT count({column}) FROM {object}", "mustBe": 0}"#,
        #"{"type": "sql", "query": "SELECT 1"}"#,
        #"{"type": "sql", "mustBe": 0}"#,
    ])
    func aQueryThatCannotBeComparedIsNotThere(item: String) throws {
        let project = try Self.object(#""quality": [\#(item)]"#)
        #expect(project.queries.isEmpty)
        #expect(project.items.map(\.fate) == [.notConverted])
    }

    // MARK: Objects, keys, relationships

    @Test
    func aContractIsReadAsAWhole() throws {
        let project = try Self.project(
            #"""
            {"kind": "DataContract", "apiVersion": "v3.1.0", "servers": [{"type": "postgresql", "schema": "views"}],
            "schema": [{"name": "tbl", "physicalName": "tbl_1", "physicalType": "table",
            "description": "Provides core payment metrics", "tags": ["finance", "payments"],
            "relationships": [{"type": "foreignKey", "from": ["tbl.rcvr_id", "tbl.rcvr_cntry_code"],
            "to": ["receivers.id", "receivers.country_code"]}],
            "properties": [
            {"name": "transaction_reference_date", "physicalName": "txn_ref_dt"},
            {"name": "rcvr_cntry_code", "primaryKey": true, "primaryKeyPosition": 2},
            {"name": "rcvr_id", "primaryKey": true, "primaryKeyPosition": 1,
            "relationships": [{"to": "receivers.id"}, {"to": "schema/receivers_tbl/properties/id_field"},
            {"to": "receiver_types.type_code"}, {"to": "https://example.com/c.yaml#profiles.id"},
            {"to": "receivers.address.street"}]}]},
            {"id": "receivers_tbl", "name": "receivers", "physicalName": "receivers_master", "physicalType": "topic",
            "properties": [{"id": "id_field", "name": "id", "primaryKey": true}, {"name": "country_code"},
            {"name": "total", "semanticType": "measure"}]}]}
            """#)
        let suite = try #require(project.suites.first)
        #expect(suite.dataset == "views.tbl_1")
        #expect(suite.description == "Provides core payment metrics")
        #expect(suite.tags == ["finance", "payments"])
        #expect(suite.key == ["rcvr_id", "rcvr_cntry_code"])
        let checks = try [
            ExpectedCheck.parse(#"{"table_exists": {"as": "table"}}"#),
            ExpectedCheck.parse(#"{"column_exists": {"columns": ["txn_ref_dt", "rcvr_cntry_code", "rcvr_id"]}}"#),
            ExpectedCheck.parse(#"{"primary_key": {"columns": ["rcvr_id", "rcvr_cntry_code"]}}"#),
            ExpectedCheck.parse(
                #"""
                {"references": {"columns": ["rcvr_id", "rcvr_cntry_code"], "to": "views.receivers_master",
                "to_columns": ["id", "country_code"]}}
                """#),
            ExpectedCheck.parse(#"{"column": "rcvr_id", "references": {"to": "views.receivers_master.id"}}"#),
            ExpectedCheck.parse(
                #"""
                {"column": "rcvr_id", "references": {"to": "views.receiver_types.type_code"},
                "id": "rcvr_id.references_2"}
                """#),
        ]
        #expect(suite.checks == checks)
        let other = try [
            ExpectedCheck.parse(#"{"column_exists": {"columns": ["id", "country_code"]}}"#),
            ExpectedCheck.parse(#"{"column": "id", "primary_key": {}}"#),
        ]
        #expect(project.suites.last?.checks == other)
        let items = project.items.map { "\($0.name.dropFirst("c.odcs.yaml: ".count)): \($0.fate.rawValue)" }
        let wanted = [
            "tbl physicalType table: converted", "tbl properties: converted",
            "tbl primaryKey rcvr_id, rcvr_cntry_code: converted",
            "tbl relationship from tbl.rcvr_id, tbl.rcvr_cntry_code to receivers.id, receivers.country_code: converted",
            "tbl.rcvr_id relationship to receivers.id: converted",
            "tbl.rcvr_id relationship to schema/receivers_tbl/properties/id_field: converted",
            "tbl.rcvr_id relationship to receiver_types.type_code: approximated",
            "tbl.rcvr_id relationship to https://example.com/c.yaml#profiles.id: not converted",
            "tbl.rcvr_id relationship to receivers.address.street: not converted",
            "receivers physicalType topic: not converted", "receivers properties: converted",
            "receivers total: not converted", "receivers primaryKey id: converted",
        ]
        #expect(items == wanted)
    }

    @Test
    func withoutASchemaTablesHaveNone() throws {
        let project = try Self.project(
            #"""
            {"kind": "DataContract", "schema": [{"name": "Air_Quality", "physicalType": "view",
            "relationships": [{"from": "Air_Quality.id", "to": "stations.id"},
            {"from": "Air_Quality.id", "to": ["a.b", "a.c"]},
            {"type": "other", "from": "Air_Quality.id", "to": "stations.id"}]}]}
            """#)
        let checks = try [
            ExpectedCheck.parse(#"{"table_exists": {"as": "view"}}"#),
            ExpectedCheck.parse(#"{"column": "id", "references": {"to": "stations", "to_columns": "id"}}"#),
        ]
        #expect(project.suites.map(\.dataset) == ["Air_Quality"])
        #expect(project.suites.first?.checks == checks)
        #expect(project.items.map(\.fate) == [.converted, .approximated, .notConverted, .notConverted])
    }

    @Test
    func whatIsNoContractIsSaid() throws {
        let project = OdcsImporter.project(from: [
            ImportSource(path: "a.yaml", content: .document(["kind": "DataProduct"])),
            ImportSource(path: "b.yaml", content: .document(["kind": "DataContract", "dataset": []])),
            ImportSource(path: "c.md", content: .text("")),
        ])
        #expect(project.suites.isEmpty)
        #expect(project.items.map(\.fate) == [.notConverted, .notConverted, .notConverted])
    }

    // MARK: Service levels

    @Test
    func serviceLevelsOfTheDataAreChecks() throws {
        let project = try Self.object(
            #""properties": [{"name": "at", "physicalName": "created_at"}]"#,
            sla: #"""
                [{"property": "latency", "value": 4, "unit": "d", "element": "orders.at"},
                {"property": "generalAvailability", "value": "2022-05-12T09:30:10-08:00"},
                {"property": "endOfSupport", "value": "2032-05-12T09:30:10-08:00"},
                {"property": "endOfLife", "value": "2042-05-12T09:30:10-08:00"},
                {"property": "retention", "value": 3, "unit": "y", "element": "at"},
                {"property": "frequency", "value": 1, "valueExt": 1, "unit": "d", "element": "orders.at"},
                {"property": "timeOfAvailability", "value": "09:00-08:00", "element": "orders.at",
                "driver": "regulatory"},
                {"property": "timeOfAvailability", "value": "8:30:00+05:30", "element": "orders.at",
                "scheduler": "cron", "schedule": "0 9 * * *"},
                {"property": "availability", "value": 99.9}, {"property": "retention", "value": "PT36H"},
                {"property": "ly", "value": 90, "unit": "m", "element": "schema/x/properties/y, tab1.dt"}]
                """#)
        let checks = try [
            ExpectedCheck.parse(#"{"column_exists": {"columns": ["created_at"]}}"#),
            ExpectedCheck.parse(#"{"column": "created_at", "fresh": {"within": "4d"}}"#),
            ExpectedCheck.parse(#"{"column": "created_at", "retention": {"max_age": "1095d"}}"#),
            ExpectedCheck.parse(#"{"column": "created_at", "loaded_by": {"at": "09:00", "zone": "Etc/GMT+8"}}"#),
            ExpectedCheck.parse(
                #"""
                {"column": "created_at", "loaded_by": {"at": "08:30", "zone": "<+0530>-05:30"},
                "id": "created_at.loaded_by_2", "schedule": {"cron": "0 9 * * *"}}
                """#),
        ]
        let suite = try #require(project.suites.first)
        #expect(suite.checks == checks)
        #expect(suite.timeColumn == "created_at")
        #expect(suite.timeZone == "UTC")
        #expect(suite.schedule == ["every": "1d"])
        let other = try ExpectedCheck.parse(#"{"column": "dt", "fresh": {"within": "90min"}}"#)
        #expect(project.suites.last?.dataset == "shop.tab1")
        #expect(project.suites.last?.checks == [other])
        let items = project.items.dropFirst().map {
            "\($0.name.dropFirst("c.odcs.yaml: slaProperties ".count)): \($0.fate.rawValue)"
        }
        let wanted = [
            "latency orders.at: converted", "generalAvailability: not converted", "endOfSupport: not converted",
            "endOfLife: not converted", "retention at: approximated", "frequency orders.at: converted",
            "timeOfAvailability orders.at: converted", "timeOfAvailability orders.at: converted",
            "availability: not converted", "retention: not converted",
            "ly schema/x/properties/y: not converted", "ly tab1.dt: approximated",
        ]
        #expect(items == wanted)
    }

    @Test(arguments: [
        (#""value": "PT36H""#, #""36h""#), (#""value": "P1DT12H""#, #""36h""#),
        (#""value": 1.5, "unit": "h""#, #""90min""#),
        (#""value": 2, "unit": "weeks""#, #""14d""#), (#""value": 2, "unit": "months""#, #""60d""#),
        (#""value": 7"#, #""7d""#), (#""value": 1, "unit": "parsec""#, nil), (#""value": "soon""#, nil),
    ])
    func durationsHaveUnits(level: String, age: String?) throws {
        let project = try Self.object(
            #""properties": [{"name": "at"}]"#,
            sla: #"[{"property": "retention", "element": "orders.at", \#(level)}]"#)
        let wanted = try age.map { try ExpectedCheck.parse(#"{"column": "at", "retention": {"max_age": \#($0)}}"#) }
        #expect(project.suites.first?.checks.dropFirst().first == wanted)
    }
}
