import ExactJSON

/// Tests that compare a relation with another one.
enum DbtComparisons {
    private static let nullGroups = "a NULL in the groups matches a NULL, in dbt it matches nothing"

    // MARK: dbt_utils

    /// `equal_rowcount`: both have as many rows, in all or in each group.
    static func equalRowCount(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let other = try arguments.relation("compare_model")
        let groups = try arguments.names("group_by_columns")
        guard groups.isEmpty else {
            var draft = arguments.draft(
                "aggregates_match",
                [
                    .init("expression", "count(*)"), .init("as", .string(other.dataset)),
                    .init("by", .array(groups.map(JSONValue.string))),
                ])
            draft.measure = .other("the sum of the differences")
            return DbtOutcome(draft, nullGroups)
        }
        var draft = arguments.draft("same_row_count", [.init("as", .string(other.dataset))])
        draft.measure = .difference(.magnitude)
        return DbtOutcome(draft)
    }

    /// `fewer_rows_than`: the own relation has fewer rows, in all or in each group that both have.
    static func fewerRows(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let other = try arguments.relation("compare_model")
        let groups = try arguments.names("group_by_columns").map(DbtText.identifier).joined(separator: ", ")
        guard groups.isEmpty else {
            return DbtOutcome(
                query: """
                    SELECT *
                    FROM (SELECT \(groups), count(*) AS rows FROM \(arguments.rows()) GROUP BY \(groups)) AS own
                    JOIN (SELECT \(groups), count(*) AS other_rows FROM \(other.sql) GROUP BY \(groups)) AS other
                        USING (\(groups))
                    WHERE rows >= other_rows
                    """)
        }
        var draft = arguments.draft("same_row_count", [.init("as", .string(other.dataset))])
        draft.measure = .difference(.excess)
        return DbtOutcome(draft)
    }

    /// `equality`: both have the same rows.
    static func equality(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let other = try arguments.relation("compare_model")
        var members: [JSONValue.Member] = [.init("as", .string(other.dataset))]
        let compared = try arguments.names("compare_columns")
        if !compared.isEmpty { members.append(.init("columns", .array(compared.map(JSONValue.string)))) }
        let excluded = try arguments.names("exclude_columns")
        if !excluded.isEmpty { members.append(.init("except", .array(excluded.map(JSONValue.string)))) }
        var draft = arguments.draft("same_rows", members)
        draft.measure = .other("different rows")
        let outcome = DbtOutcome(draft, "a row must be there as often in both, dbt does not count how often")
        guard let precision = try arguments.text("precision") else { return outcome }
        return outcome.noting("numbers are compared exactly, not rounded to \(precision) digits")
    }

    /// `cardinality_equality`: every value is there as often in another relation's column.
    static func cardinalities(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let other = try arguments.relation("to")
        let (column, field) = (try arguments.column(), DbtColumn(try arguments.required("field")))
        if let name = column.name, name == field.name {
            var draft = arguments.draft(
                "aggregates_match",
                [.init("expression", "count(*)"), .init("as", .string(other.dataset)), .init("by", .string(name))])
            draft.measure = .other("values on either side")
            return DbtOutcome(draft)
        }
        let own = "SELECT \(column.sql) AS value, count(*) AS rows FROM \(arguments.rows()) GROUP BY 1"
        let others = "SELECT \(field.sql) AS value, count(*) AS rows FROM \(other.sql) GROUP BY 1"
        return DbtOutcome(
            query: """
                (\(own) EXCEPT \(others))
                UNION ALL
                (\(others) EXCEPT \(own))
                """)
    }

    // MARK: dbt_expectations

    /// Both have as many rows, or a multiple of them, in all or in each group.
    static func rowCounts(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let factor = try arguments.text("factor") ?? "1"
        guard arguments.has("group_by") else {
            let other = try arguments.relation("compare_model")
            guard DbtText.number(factor) != nil else { throw DbtObstacle("factor is no number") }
            var members: [JSONValue.Member] = [.init("as", .string(other.dataset))]
            if let condition = try otherCondition(arguments) { members.append(.init("as_where", .string(condition))) }
            if factor != "1" { members.append(.init("factor", .number(factor))) }
            var draft = arguments.draft("same_row_count", members)
            draft.measure = .single(.init(violated: "value != 0", isKindsOwn: true))
            return DbtOutcome(draft)
        }
        return try aggregates(
            "count(*)", factor == "1" ? "count(*)" : "count(*) * \(factor)",
            of: try arguments.relation("compare_model"), arguments)
    }

    /// The number of different values is that of another column.
    static func distinctCounts(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let column = try arguments.column()
        let field = try arguments.text("compare_column_name").map { DbtColumn($0) } ?? column
        let other = try arguments.has("compare_model") ? arguments.relation("compare_model") : arguments.relation
        let condition = try otherCondition(arguments)
        guard condition == nil, let name = column.name, let key = field.name else {
            return try aggregates(
                "count(DISTINCT \(column.sql))", "count(DISTINCT \(field.sql))", of: other, arguments)
        }
        let members: [JSONValue.Member] =
            other.schema == nil
            ? [.init("to", .string(other.dataset)), .init("to_columns", .string(key))]
            : [.init("to", .string("\(other.dataset).\(DbtText.relationPart(key))"))]
        var draft = arguments.draft("same_distinct_count", column: name, members)
        draft.measure = .single(.init(violated: "value != 0", isKindsOwn: true))
        return DbtOutcome(draft)
    }

    /// `expect_table_aggregation_to_equal_other_table` and `equal_expression`.
    static func aggregation(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let expression = try arguments.required("expression")
        let other = try arguments.has("compare_model") ? arguments.relation("compare_model") : arguments.relation
        return try aggregates(expression, try arguments.text("compare_expression") ?? expression, of: other, arguments)
    }

    /// What the other relation's rows must meet; dbt takes the own condition where none is given.
    private static func otherCondition(_ arguments: DbtArguments) throws(DbtObstacle) -> String? {
        let own = try arguments.text("row_condition")
        return try arguments.text("compare_row_condition") ?? own
    }

    /// An aggregate has the same value in another relation, NULL counting as 0.
    private static func aggregates(
        _ own: String, _ others: String, of other: DbtRelation, _ arguments: DbtArguments
    ) throws(DbtObstacle) -> DbtOutcome {
        let condition = try otherCondition(arguments)
        let tolerance = try arguments.text("tolerance") ?? "0"
        let share = try arguments.text("tolerance_percent")
        let (groups, otherGroups) = (try arguments.columns("group_by"), try arguments.columns("compare_group_by"))
        let names = groups.compactMap(\.name)
        guard names.count == groups.count, otherGroups.isEmpty || otherGroups == groups else {
            return try query(own, others, of: other, arguments, condition, tolerance, share)
        }
        let isCount = own.lowercased().hasPrefix("count(") && others.lowercased().hasPrefix("count(")
        let whole = { (expression: String) in isCount ? expression : "coalesce(\(expression), 0)" }
        var members: [JSONValue.Member] = [
            .init("expression", .string(whole(own))), .init("as", .string(other.dataset)),
        ]
        if others != own { members.append(.init("as_expression", .string(whole(others)))) }
        if let condition { members.append(.init("as_where", .string(condition))) }
        if !names.isEmpty { members.append(.init("by", .array(names.map(JSONValue.string)))) }
        var outcome = DbtOutcome([])
        if let share {
            guard let percent = DbtDecimal(share)?.percent else {
                throw DbtObstacle("tolerance_percent is no decimal number")
            }
            members.append(.init("tolerance_percent", .number(percent.text)))
            outcome = outcome.noting("the tolerance is a share of the other relation's value, in dbt of the own")
        } else {
            guard let number = DbtText.number(tolerance) else { throw DbtObstacle("tolerance is no number") }
            // With a tolerance numbers are compared, without one their texts.
            let isZero = Double(number) == 0
            if !isZero || !isCount { members.append(.init("tolerance", .number(isZero ? "0" : number))) }
        }
        if !names.isEmpty { outcome = outcome.noting(nullGroups) }
        outcome.drafts = [arguments.draft("aggregates_match", members)]
        return outcome
    }

    /// The same as a query, for groups that have other names in the other relation.
    private static func query(
        _ own: String, _ others: String, of other: DbtRelation, _ arguments: DbtArguments, _ condition: String?,
        _ tolerance: String, _ share: String?
    ) throws(DbtObstacle) -> DbtOutcome {
        let groups = try arguments.columns("group_by")
        let named = try arguments.columns("compare_group_by")
        let otherGroups = named.isEmpty ? groups : named
        guard groups.count == otherGroups.count, !groups.isEmpty else {
            throw DbtObstacle("group_by and compare_group_by have different lengths")
        }
        let keys = (1...groups.count).map { "key_\($0)" }
        let list = { (columns: [DbtColumn]) in
            zip(columns, keys).map { "\($0.sql) AS \($1)" }.joined(separator: ", ")
        }
        let places = (1...groups.count).map(String.init).joined(separator: ", ")
        let filter = condition.map { " WHERE \($0)" } ?? ""
        let difference = "abs(coalesce(here, 0) - coalesce(there, 0))"
        let isTooGreat =
            share.map { "\(difference) / nullif(here * 1.0, 0) > \($0)" } ?? "\(difference) > \(tolerance)"
        return DbtOutcome(
            query: """
                SELECT *
                FROM (
                    SELECT \(list(groups)), \(own) AS here
                    FROM \(arguments.rows()) GROUP BY \(places)
                ) AS own
                FULL JOIN (
                    SELECT \(list(otherGroups)), \(others) AS there
                    FROM \(other.sql)\(filter) GROUP BY \(places)
                ) AS other USING (\(keys.joined(separator: ", ")))
                WHERE \(isTooGreat)
                """)
    }
}
