import ExactJSON

/// The generic tests of the package dbt_utils.
enum DbtUtilsTests {
    /// What each test takes beside its column.
    static let parameters: [String: [String]] = [
        "accepted_range": ["min_value", "max_value", "inclusive"],
        "at_least_one": ["group_by_columns"],
        "cardinality_equality": ["to", "field"],
        "equal_rowcount": ["compare_model", "group_by_columns"],
        "equality": ["compare_model", "compare_columns", "exclude_columns", "precision"],
        "expression_is_true": ["expression", "condition"],
        "fewer_rows_than": ["compare_model", "group_by_columns"],
        "mutually_exclusive_ranges": [
            "lower_bound_column", "upper_bound_column", "partition_by", "gaps", "zero_length_range_allowed",
        ],
        "not_accepted_values": ["values", "quote"],
        "not_constant": ["group_by_columns"],
        "not_empty_string": ["trim_whitespace"],
        "not_null_proportion": ["at_least", "at_most", "group_by_columns"],
        "not_null_where": [],
        "recency": ["field", "datepart", "interval", "ignore_time_component", "group_by_columns"],
        "relationships_where": ["to", "field", "from_condition", "to_condition"],
        "sequential_values": ["interval", "datepart", "group_by_columns"],
        "unique_combination_of_columns": ["combination_of_columns", "quote_columns"],
        "unique_where": [],
    ]

    /// What a test becomes.
    static func outcome(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        switch arguments.test.name {
        case "accepted_range": try acceptedRange(arguments)
        case "at_least_one": try atLeastOne(arguments)
        case "cardinality_equality": try DbtComparisons.cardinalities(arguments)
        case "equal_rowcount": try DbtComparisons.equalRowCount(arguments)
        case "equality": try DbtComparisons.equality(arguments)
        case "expression_is_true": try expression(arguments)
        case "fewer_rows_than": try DbtComparisons.fewerRows(arguments)
        case "mutually_exclusive_ranges": try DbtSequences.exclusiveRanges(arguments)
        case "not_accepted_values": try notAcceptedValues(arguments)
        case "not_constant": try notConstant(arguments)
        case "not_empty_string": try notEmpty(arguments)
        case "not_null_proportion": try proportion(arguments)
        case "not_null_where": DbtOutcome(try DbtCoreTests.notNull(arguments))
        case "recency": try DbtRecency.outcome(arguments)
        case "sequential_values": try DbtSequences.sequentialValues(arguments)
        case "unique_combination_of_columns": try uniqueTogether(arguments)
        case "unique_where": try DbtCoreTests.unique(arguments)
        default:
            try DbtCoreTests.references(
                arguments, where: arguments.text("from_condition"), to: arguments.text("to_condition"))
        }
    }

    /// Every value lies between bounds; those that are no plain values become an expression.
    static func range(_ bounds: DbtBounds, _ arguments: DbtArguments) throws(DbtObstacle) -> DbtDraft {
        let column = try arguments.column()
        if let name = column.name, let members = bounds.rangeArguments {
            return arguments.draft("in_range", column: name, members)
        }
        return arguments.draft("expect", [.init("expression", .string(bounds.condition(on: column.sql)))])
    }

    private static func acceptedRange(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let bounds = DbtBounds(
            min: try arguments.text("min_value").map { DbtBounds.Bound($0) },
            max: try arguments.text("max_value").map { DbtBounds.Bound($0) },
            isStrict: try !arguments.flag("inclusive", usually: true))
        try bounds.requireRange()
        return DbtOutcome(try range(bounds, arguments))
    }

    private static func atLeastOne(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let name = try arguments.columnName()
        var draft = arguments.draft("value_count", column: name)
        draft.groupBy = try arguments.names("group_by_columns").filter { $0 != name }
        draft.onEmpty = "pass"
        draft.measure = .single(
            .init(
                violated: "value < 1", bounds: [.init("min", 1)], aggregate: "count(\(DbtText.identifier(name)))"))
        return DbtOutcome(draft)
    }

    private static func expression(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        var expression = try arguments.required("expression")
        if arguments.test.column != nil {
            let column = try arguments.column()
            expression = "\(column.sql) \(expression)"
        }
        var draft = arguments.draft("expect", [.init("expression", .string(expression))])
        if let condition = try arguments.text("condition") { draft.conditions.append(condition) }
        return DbtOutcome(draft)
    }

    private static func notAcceptedValues(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let values = try DbtValues("values", quotedBy: "quote", of: arguments)
        var draft = try DbtCoreTests.inList(values, arguments, isNegated: true)
        draft.measure = .other("values")
        return DbtOutcome(draft)
    }

    /// dbt lets a column pass that has no value at all, which no least number of different values does.
    private static func notConstant(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let column = try arguments.column()
        var draft = arguments.draft("metric", [.init("expression", .string("count(DISTINCT \(column.sql))"))])
        draft.groupBy = try arguments.names("group_by_columns")
        if !draft.groupBy.isEmpty { draft.onEmpty = "pass" }
        draft.measure = .single(.init(violated: "value = 1"))
        return DbtOutcome(draft)
    }

    private static func notEmpty(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let name = try arguments.columnName()
        guard try arguments.flag("trim_whitespace", usually: true) else {
            return DbtOutcome(arguments.draft("not_empty", column: name))
        }
        return DbtOutcome(
            arguments.draft("not_empty", column: name, [.init("trim", true)]),
            "a text of tabs or line ends fails, too, not only one of spaces")
    }

    private static func proportion(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        guard let least = DbtDecimal(try arguments.required("at_least")) else {
            throw DbtObstacle("at_least is no decimal number")
        }
        guard let most = DbtDecimal(try arguments.text("at_most") ?? "1") else {
            throw DbtObstacle("at_most is no decimal number")
        }
        // Shares of NULL, in percent.
        let (low, high) = (most.complement.percent, least.complement.percent)
        var draft = arguments.draft("not_null", column: try arguments.columnName())
        draft.groupBy = try arguments.names("group_by_columns")
        let (hasLow, hasHigh) = (!low.isZero && !low.isNegative, least.text != "0" && !least.isNegative)
        guard !high.isNegative else { throw DbtObstacle("at_least is more than a whole") }
        guard Double(low.text) ?? 0 <= Double(high.text) ?? 100 else { throw DbtObstacle("at_most is below at_least") }
        switch (hasLow, hasHigh) {
        case (false, true) where high.isZero: draft.measure = .single(.init(violated: "count > 0", isKindsOwn: true))
        case (false, true): draft.measure = .single(.init(violated: "percent > \(high.text)"))
        case (true, false): draft.measure = .single(.init(violated: "percent < \(low.text)"))
        case (true, true):
            draft.measure = .single(.init(violated: "percent not between \(low.text) and \(high.text)"))
        case (false, false): throw DbtObstacle("every share lies between at_least and at_most")
        }
        return DbtOutcome(draft)
    }

    private static func uniqueTogether(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let areQuoted = try arguments.flag("quote_columns", usually: false)
        let columns = try arguments.texts("combination_of_columns")
            .map { DbtColumn(areQuoted ? "\"\($0)\"" : $0) }
        guard !columns.isEmpty else { throw DbtObstacle("combination_of_columns is missing") }
        return uniqueTogether(columns, arguments)
    }

    /// No two rows share their values, NULL being a value like any other.
    static func uniqueTogether(_ columns: [DbtColumn], _ arguments: DbtArguments) -> DbtOutcome {
        let names = columns.compactMap(\.name)
        guard names.count == columns.count else {
            return DbtOutcome(
                query: """
                    SELECT \(columns.map(\.sql).joined(separator: ", ")), count(*) AS rows
                    FROM \(arguments.rows())
                    GROUP BY \((1...columns.count).map(String.init).joined(separator: ", "))
                    HAVING count(*) > 1
                    """)
        }
        var draft =
            names.count == 1
            ? arguments.draft("unique", column: names[0])
            : arguments.draft("unique", [.init("columns", .array(names.map(JSONValue.string)))])
        draft.nullsFail = true
        draft.measure = .other("combinations of values")
        return DbtOutcome(draft)
    }
}
