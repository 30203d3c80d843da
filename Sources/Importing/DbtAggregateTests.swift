import ExactJSON

/// Tests of dbt_expectations on a number that is computed from all rows.
enum DbtAggregateTests {
    /// What a test becomes.
    static func outcome(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        switch arguments.test.name {
        case "expect_column_max_to_be_between": try statistic("max", "max(@)", arguments)
        case "expect_column_mean_to_be_between": try statistic("avg", "avg(@)", arguments)
        case "expect_column_min_to_be_between": try statistic("min", "min(@)", arguments)
        case "expect_column_stdev_to_be_between": try statistic("stddev", "stddev(@)", arguments)
        case "expect_column_sum_to_be_between": try statistic("sum", "sum(@)", arguments)
        case "expect_column_median_to_be_between":
            try statistic("median", "percentile_cont(0.5) WITHIN GROUP (ORDER BY @)", arguments)
        case "expect_column_quantile_values_to_be_between": try quantile(arguments)
        case "expect_column_proportion_of_unique_values_to_be_between": try proportion(arguments)
        case "expect_column_unique_value_count_to_be_between": try distinctCount(DbtBounds(arguments), arguments)
        case "expect_column_distinct_count_to_equal": try distinctCount(isLeast: true, isGreatest: true, arguments)
        case "expect_column_distinct_count_to_be_greater_than":
            try distinctCount(isLeast: true, isGreatest: false, arguments)
        case "expect_column_distinct_count_to_be_less_than":
            try distinctCount(isLeast: false, isGreatest: true, arguments)
        case "expect_column_distinct_count_to_equal_other_table": try DbtComparisons.distinctCounts(arguments)
        case "expect_column_distinct_values_to_be_in_set": try distinctValues(arguments)
        case "expect_column_distinct_values_to_contain_set": try values("required_values", arguments)
        case "expect_column_distinct_values_to_equal_set": try exactValues(arguments)
        case "expect_column_most_common_value_to_be_in_set": try topValues(arguments)
        case "expect_multicolumn_sum_to_equal": try sumToEqual(arguments)
        case "expect_multicolumn_sum_to_be_between": try sumBetween(arguments)
        default: try DbtComparisons.aggregation(arguments)
        }
    }

    // MARK: Numbers

    /// A statistic of a column; `@` stands for the column in its SQL.
    private static func statistic(
        _ kind: String, _ sql: String, _ arguments: DbtArguments, _ members: [JSONValue.Member] = []
    ) throws(DbtObstacle) -> DbtOutcome {
        let column = try arguments.column()
        let bounds = try DbtBounds(arguments)
        let groups = try arguments.columns("group_by")
        let names = groups.compactMap(\.name)
        let expression = sql.replacing("@", with: column.sql)
        guard let judgement = bounds.judgement(), let name = column.name, names.count == groups.count else {
            return DbtOutcome(query: query(expression, bounds.condition(on: "value"), groups, arguments))
        }
        var draft = arguments.draft(kind, column: name, members)
        draft.groupBy = names
        draft.onEmpty = "pass"
        draft.measure = .single(judgement)
        return DbtOutcome(draft)
    }

    /// The groups, or the one row, whose value does not meet a condition.
    static func query(
        _ expression: String, _ condition: String, _ groups: [DbtColumn], _ arguments: DbtArguments
    ) -> String {
        let list = groups.map { "\($0.sql), " }.joined()
        let grouping = groups.isEmpty ? "" : " GROUP BY \((1...groups.count).map(String.init).joined(separator: ", "))"
        return """
            SELECT *
            FROM (SELECT \(list)\(expression) AS value FROM \(arguments.rows())\(grouping)) AS judged
            WHERE NOT (\(condition))
            """
    }

    private static func quantile(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let text = try arguments.required("quantile")
        guard let percent = DbtDecimal(text)?.percent, !percent.isNegative else {
            throw DbtObstacle("quantile is no decimal number")
        }
        return try statistic(
            "percentile", "percentile_cont(\(text)) WITHIN GROUP (ORDER BY @)", arguments,
            [.init("percent", .number(percent.text))])
    }

    /// dbt divides by the number of values and so cannot say anything without one, which is an error here, too.
    private static func proportion(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        var bounds = try DbtBounds(arguments)
        for path in [\DbtBounds.min, \DbtBounds.max] {
            guard let bound = bounds[keyPath: path] else { continue }
            guard let percent = bound.number.flatMap({ DbtDecimal($0) })?.percent else {
                throw DbtObstacle("a share is compared with \(bound.sql)")
            }
            bounds[keyPath: path] = .number(percent.text)
        }
        let name = try arguments.columnName()
        guard let judgement = bounds.judgement() else {
            let shares = "100.0 * count(DISTINCT \(DbtText.identifier(name))) / count(\(DbtText.identifier(name)))"
            let groups = try arguments.columns("group_by")
            return DbtOutcome(query: query(shares, bounds.condition(on: "value"), groups, arguments))
        }
        var draft = arguments.draft("distinct_percent", column: name)
        draft.groupBy = try arguments.names("group_by")
        draft.measure = .single(judgement)
        return DbtOutcome(draft)
    }

    private static func sumOfSums(_ arguments: DbtArguments) throws(DbtObstacle) -> String {
        let columns = try arguments.columns("column_list")
        guard !columns.isEmpty else { throw DbtObstacle("column_list is missing") }
        return columns.map { "sum(\($0.sql))" }.joined(separator: " + ")
    }

    private static func sumToEqual(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let total = DbtBounds.Bound(try arguments.required("sum_total"))
        let sum = try sumOfSums(arguments)
        let (expression, wanted) = total.number.map { (sum, $0) } ?? ("\(sum) - sum(\(total.sql))", "0")
        var draft = arguments.draft("metric", [.init("expression", .string(expression))])
        draft.groupBy = try arguments.names("group_by")
        draft.onEmpty = "pass"
        draft.measure = .single(.init(violated: "value != \(wanted)"))
        return DbtOutcome(draft)
    }

    private static func sumBetween(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let bounds = try DbtBounds(arguments)
        let sum = try sumOfSums(arguments)
        guard let judgement = bounds.judgement() else {
            func total(_ bound: DbtBounds.Bound) -> DbtBounds.Bound {
                bound.number == nil ? .expression("sum(\(bound.sql))") : bound
            }
            let totals = DbtBounds(min: bounds.min.map(total), max: bounds.max.map(total), isStrict: bounds.isStrict)
            let rule = "(\(totals.condition(on: "(\(sum))"))) IS NOT FALSE"
            return DbtOutcome(query: query(rule, "value", try arguments.columns("group_by"), arguments))
        }
        var draft = arguments.draft("metric", [.init("expression", .string(sum))])
        draft.groupBy = try arguments.names("group_by")
        draft.onEmpty = "pass"
        draft.measure = .single(judgement)
        return DbtOutcome(draft)
    }

    // MARK: Counts

    /// A kind that counts and must have whole bounds.
    static func count(
        _ kind: String, of aggregate: String, column: String?, _ bounds: DbtBounds, _ arguments: DbtArguments
    ) throws(DbtObstacle) -> DbtOutcome {
        let groups = try arguments.columns("group_by")
        let names = groups.compactMap(\.name)
        guard var judgement = bounds.ofCount?.judgement(aggregate: aggregate), names.count == groups.count else {
            return DbtOutcome(query: query(aggregate, bounds.condition(on: "value"), groups, arguments))
        }
        if let low = bounds.min, low == bounds.max, let value = low.value {
            judgement.violated = "value != \(low.sql)"
            judgement.bounds = [.init("equals", value)]
        }
        var draft = arguments.draft(kind, column: column)
        draft.groupBy = names
        if !names.isEmpty { draft.onEmpty = "pass" }
        draft.measure = .single(judgement)
        return DbtOutcome(draft)
    }

    private static func distinctCount(
        _ bounds: DbtBounds, _ arguments: DbtArguments
    ) throws(DbtObstacle) -> DbtOutcome {
        let column = try arguments.column()
        let aggregate = "count(DISTINCT \(column.sql))"
        guard let name = column.name else {
            let groups = try arguments.columns("group_by")
            return DbtOutcome(query: query(aggregate, bounds.condition(on: "value"), groups, arguments))
        }
        return try count("distinct_count", of: aggregate, column: name, bounds, arguments)
    }

    private static func distinctCount(
        isLeast: Bool, isGreatest: Bool, _ arguments: DbtArguments
    ) throws(DbtObstacle) -> DbtOutcome {
        let value = DbtBounds.Bound(try arguments.required("value"))
        let bounds = DbtBounds(
            min: isLeast ? value : nil, max: isGreatest ? value : nil, isStrict: isLeast != isGreatest)
        return try distinctCount(bounds, arguments)
    }

    // MARK: Values

    private static func plainValues(_ arguments: DbtArguments) throws(DbtObstacle) -> JSONValue.Member {
        let values = try DbtValues("value_set", quotedBy: "quote_values", of: arguments)
        guard let plain = values.plain else { throw DbtObstacle("value_set has expressions") }
        return .init("values", .array(plain))
    }

    private static func values(_ kind: String, _ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        DbtOutcome(arguments.draft(kind, column: try arguments.columnName(), [try plainValues(arguments)]))
    }

    /// NULL is a value here, which is not in the set.
    private static func distinctValues(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let values = try DbtValues("value_set", quotedBy: "quote_values", of: arguments)
        var draft = try DbtCoreTests.inList(values, arguments)
        draft.nullsFail = true
        draft.measure = .other("values")
        return DbtOutcome(draft)
    }

    private static func exactValues(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        var outcome = try values("exact_values", arguments)
        outcome.drafts.append(arguments.draft("not_null", column: try arguments.columnName()))
        for index in outcome.drafts.indices { outcome.drafts[index].measure = .other("values, NULL being one") }
        return outcome
    }

    private static func topValues(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let top = try arguments.count("top_n") ?? 1
        guard top > 0 else { throw DbtObstacle("top_n is not greater than 0") }
        var members = [try plainValues(arguments)]
        if top > 1 { members.append(.init("top", .number(String(top)))) }
        let draft = arguments.draft("top_values", column: try arguments.columnName(), members)
        let outcome = DbtOutcome(draft, "values that are equally common are all looked at, and NULL is none of them")
        return top == 1 ? outcome : outcome.noting("the \(top) most common are looked at, in dbt only the last of them")
    }
}
