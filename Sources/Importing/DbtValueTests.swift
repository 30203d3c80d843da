import ExactJSON

/// Tests of dbt_expectations on the values of columns, row by row.
enum DbtValueTests {
    /// What a test becomes.
    static func outcome(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        switch arguments.test.name {
        case "expect_column_values_to_be_null":
            DbtOutcome(arguments.draft("is_null", column: try arguments.columnName()))
        case "expect_column_values_to_not_be_null": DbtOutcome(try DbtCoreTests.notNull(arguments))
        case "expect_column_values_to_be_unique": try DbtCoreTests.unique(arguments)
        case "expect_column_values_to_be_of_type": try type("column_type", arguments)
        case "expect_column_values_to_be_in_type_list": try type("column_type_list", arguments)
        case "expect_column_values_to_have_consistent_casing": try consistentCasing(arguments)
        case "expect_column_values_to_be_in_set": try inSet(arguments, isNegated: false)
        case "expect_column_values_to_not_be_in_set": try inSet(arguments, isNegated: true)
        case "expect_column_values_to_be_between":
            DbtOutcome(try DbtUtilsTests.range(DbtBounds(arguments), arguments))
        case "expect_column_values_to_be_increasing": try DbtSequences.ordered(arguments, isIncreasing: true)
        case "expect_column_values_to_be_decreasing": try DbtSequences.ordered(arguments, isIncreasing: false)
        case "expect_column_value_lengths_to_be_between": try length(DbtBounds(arguments), arguments)
        case "expect_column_value_lengths_to_equal": try length(arguments)
        case "expect_column_pair_values_A_to_be_greater_than_B", "expect_column_pair_values_to_be_equal":
            try DbtColumnTests.pair(arguments)
        case "expect_column_pair_values_to_be_in_set": try DbtColumnTests.pairInSet(arguments)
        case "expect_compound_columns_to_be_unique": try DbtColumnTests.uniqueTogether(arguments)
        case "expect_select_column_values_to_be_unique_within_record": try DbtColumnTests.different(arguments)
        case "expect_column_values_to_be_within_n_moving_stdevs":
            throw DbtObstacle("no check follows an average of past periods and its deviation")
        case "expect_column_values_to_be_within_n_stdevs": try withinDeviations(arguments)
        case "expression_is_true": try expression(arguments)
        case "expression_between": try expressionBetween(arguments)
        default: try DbtPatternTests.outcome(arguments)
        }
    }

    private static func type(_ name: String, _ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let types = try arguments.texts(name)
        guard !types.isEmpty else { throw DbtObstacle("\(name) is missing") }
        let value: JSONValue = types.count == 1 ? .string(types[0]) : .array(types.map(JSONValue.string))
        var draft = arguments.draft("column_type", column: try arguments.columnName(), [.init("type", value)])
        draft.readsRows = false
        return DbtOutcome(draft)
    }

    private static func consistentCasing(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        var draft = arguments.draft("consistent_casing", column: try arguments.columnName())
        draft.measure = .other("values")
        let showsValues = try arguments.flag("display_inconsistent_columns", usually: false)
        return DbtOutcome(draft, showsValues ? nil : "a NULL passes, in dbt it fails")
    }

    /// NULL is in no set: it fails where values must be in one.
    private static func inSet(_ arguments: DbtArguments, isNegated: Bool) throws(DbtObstacle) -> DbtOutcome {
        let values = try DbtValues("value_set", quotedBy: "quote_values", of: arguments)
        var draft = try DbtCoreTests.inList(values, arguments, isNegated: isNegated)
        draft.nullsFail = !isNegated
        return DbtOutcome(draft)
    }

    private static func length(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let value = DbtBounds.Bound(try arguments.required("value"))
        return try length(DbtBounds(min: value, max: value), arguments)
    }

    private static func length(_ bounds: DbtBounds, _ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let column = try arguments.column()
        guard let name = column.name, let judgement = bounds.ofCount?.judgement() else {
            let condition = bounds.condition(on: "length(\(column.sql))")
            return DbtOutcome(arguments.draft("expect", [.init("expression", .string(condition))]))
        }
        var members = judgement.bounds
        if let low = bounds.min, low == bounds.max, let value = low.value { members = [.init("equals", value)] }
        return DbtOutcome(arguments.draft("length", column: name, members))
    }

    private static func withinDeviations(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let sigma = try arguments.text("sigma_threshold") ?? "3"
        guard let number = DbtText.number(sigma), let size = Double(number), size > 0 else {
            throw DbtObstacle("sigma_threshold is no number greater than 0")
        }
        let groups = try arguments.columns("group_by")
        guard groups.isEmpty else {
            let column = try arguments.column()
            let list = groups.map(\.sql).joined(separator: ", ")
            let distance = "abs(total - avg(total) OVER ()) / nullif(stddev(total) OVER (), 0)"
            return DbtOutcome(
                query: """
                    SELECT *
                    FROM (
                        SELECT *, \(distance) AS deviations
                        FROM (
                            SELECT \(list), sum(\(column.sql)) AS total
                            FROM \(arguments.rows()) GROUP BY \(list)
                        ) AS totals
                    ) AS judged
                    WHERE deviations > \(number)
                    """)
        }
        let members = size == 3 ? [] : [JSONValue.Member("sigma", .number(number))]
        return DbtOutcome(
            arguments.draft("within_stddevs", column: try arguments.columnName(), members),
            "every row is judged, where dbt without group_by judges one sum and never fails")
    }

    // MARK: Expressions

    private static func expression(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let expression = try arguments.required("expression")
        let condition = try arguments.text("test_condition") ?? "= true"
        let groups = try arguments.columns("group_by_columns")
        if groups.isEmpty, !DbtText.callsAggregate(expression) {
            let isTrue = condition.filter { $0 != " " }.lowercased() == "=true"
            let rule = isTrue ? expression : "(\(expression)) \(condition)"
            return DbtOutcome(arguments.draft("expect", [.init("expression", .string(rule))]))
        }
        return DbtOutcome(
            query: DbtAggregateTests.query("(\(expression))", "value \(condition)", groups, arguments))
    }

    private static func expressionBetween(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let expression = try arguments.required("expression")
        let bounds = try DbtBounds(arguments)
        let groups = try arguments.columns("group_by_columns")
        let names = groups.compactMap(\.name)
        if groups.isEmpty, !DbtText.callsAggregate(expression) {
            let rule = bounds.condition(on: DbtColumn(expression).sql)
            return DbtOutcome(arguments.draft("expect", [.init("expression", .string(rule))]))
        }
        guard let judgement = bounds.judgement(), names.count == groups.count else {
            return DbtOutcome(
                query: DbtAggregateTests.query(expression, bounds.condition(on: "value"), groups, arguments))
        }
        var draft = arguments.draft("metric", [.init("expression", .string(expression))])
        draft.groupBy = names
        draft.onEmpty = "pass"
        draft.measure = .single(judgement)
        return DbtOutcome(draft)
    }
}
