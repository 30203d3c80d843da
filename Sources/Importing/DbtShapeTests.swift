import ExactJSON

/// Tests of dbt_expectations on what a table is: its columns, its rows, how new they are.
enum DbtShapeTests {
    /// What a test becomes.
    static func outcome(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        switch arguments.test.name {
        case "expect_column_to_exist": try columnExists(arguments)
        case "expect_row_values_to_have_recent_data":
            try DbtRecency.recentData(arguments, column: arguments.column())
        case "expect_grouped_row_values_to_have_recent_data":
            try DbtRecency.recentData(arguments, column: DbtColumn(arguments.required("timestamp_column")))
        case "expect_table_aggregation_to_equal_other_table": try DbtComparisons.aggregation(arguments)
        case "expect_table_column_count_to_be_between": try columnCount(arguments)
        case "expect_table_column_count_to_equal_other_table":
            try columnCount("same_as", .string(arguments.relation("compare_model").dataset), arguments)
        case "expect_table_column_count_to_equal":
            try columnCount("equals", .number(whole("value", arguments)), arguments)
        case "expect_table_columns_to_not_contain_set": try columns("column_absent", [], arguments)
        case "expect_table_columns_to_contain_set":
            try columns("column_set", [.init("allow_extra", true)], arguments)
        case "expect_table_columns_to_match_ordered_list":
            try columns("column_set", [.init("ordered", true)], arguments)
        case "expect_table_columns_to_match_set": try columns("column_set", [], arguments)
        case "expect_table_row_count_to_be_between": try rowCount(DbtBounds(arguments), arguments)
        case "expect_table_row_count_to_equal": try rowCount(arguments)
        case "expect_row_values_to_have_data_for_every_n_datepart": try DbtSequences.everyPeriod(arguments)
        default: try DbtComparisons.rowCounts(arguments)
        }
    }

    // MARK: Columns

    /// dbt compares names without their case; here a name without quotes is that of a column in lower case.
    private static func columnExists(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let outcome = catalogCheck(arguments.draft("column_exists", column: try arguments.columnName()))
        guard let index = try arguments.text("column_index") else { return outcome }
        return outcome.noting("that it is column number \(index) is not looked at")
    }

    private static func columns(
        _ kind: String, _ options: [JSONValue.Member], _ arguments: DbtArguments
    ) throws(DbtObstacle) -> DbtOutcome {
        let names = try arguments.names("column_list")
        guard !names.isEmpty else { throw DbtObstacle("column_list is missing") }
        let columns = JSONValue.Member("columns", .array(names.map(JSONValue.string)))
        return catalogCheck(arguments.draft(kind, [columns] + options))
    }

    private static func columnCount(_ name: String, _ value: JSONValue, _ arguments: DbtArguments) -> DbtOutcome {
        catalogCheck(arguments.draft("column_count", [.init(name, value)]))
    }

    private static func columnCount(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        var members: [JSONValue.Member] = []
        for (name, parameter) in [("min_value", "min"), ("max_value", "max")] where arguments.has(name) {
            members.append(.init(parameter, .number(try whole(name, arguments))))
        }
        guard !members.isEmpty else { throw DbtObstacle("it has neither min_value nor max_value") }
        return catalogCheck(arguments.draft("column_count", members))
    }

    private static func whole(_ name: String, _ arguments: DbtArguments) throws(DbtObstacle) -> String {
        guard let count = try arguments.count(name), count >= 0 else {
            throw DbtObstacle("\(name) is no number of columns")
        }
        return String(count)
    }

    private static func catalogCheck(_ draft: DbtDraft) -> DbtOutcome {
        var draft = draft
        draft.readsRows = false
        return DbtOutcome(draft)
    }

    // MARK: Rows

    private static func rowCount(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let value = DbtBounds.Bound(try arguments.required("value"))
        return try rowCount(DbtBounds(min: value, max: value), arguments)
    }

    private static func rowCount(_ bounds: DbtBounds, _ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        try DbtAggregateTests.count("row_count", of: "count(*)", column: nil, bounds, arguments)
    }
}
