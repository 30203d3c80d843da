import ExactJSON

/// Tests of what follows what: numbers, periods, ranges.
enum DbtSequences {
    /// An interval of SQL for a number of dateparts, such as `interval '1 day'`; `nil` for a part that is unknown.
    static func interval(_ count: Int, _ part: String) -> String? {
        let part = part.lowercased().hasSuffix("s") ? String(part.lowercased().dropLast()) : part.lowercased()
        if part == "quarter" { return "interval '\(3 * count) month'" }
        guard ["second", "minute", "hour", "day", "week", "month", "year"].contains(part) else { return nil }
        return "interval '\(count) \(part)'"
    }

    // MARK: dbt_utils

    /// `mutually_exclusive_ranges`: periods begin before they end, and each ends before the next one begins.
    static func exclusiveRanges(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let lower = DbtColumn(try arguments.required("lower_bound_column"))
        let upper = DbtColumn(try arguments.required("upper_bound_column"))
        let partition = try arguments.texts("partition_by").joined(separator: ", ")
        let keys = partition.split(separator: ",").map { DbtColumn(String($0)) }
        let gaps = try arguments.text("gaps") ?? "allowed"
        guard ["allowed", "not_allowed", "required"].contains(gaps) else { throw DbtObstacle("gaps is \(gaps)") }
        let allowsEmpty = try arguments.flag("zero_length_range_allowed", usually: false)
        let names = keys.compactMap(\.name)
        let isPlain = names.count == keys.count && gaps != "required" && !allowsEmpty
        guard isPlain, let start = lower.name, let end = upper.name else {
            let follows = gaps == "allowed" ? "<=" : gaps == "required" ? "<" : "="
            let begins = allowsEmpty ? "<=" : "<"
            return DbtOutcome(
                query: ranges(lower.sql, upper.sql, partition: partition, begins: begins, follows: follows, arguments))
        }
        let pair = JSONValue.Member("columns", .array([.string(start), .string(end)]))
        let key = names.isEmpty ? [] : [JSONValue.Member("per", .array(names.map(JSONValue.string)))]
        var drafts = [
            arguments.draft("complete", [pair]),
            arguments.draft("start_before_end", [pair, .init("strict", true)]),
            arguments.draft("no_overlaps", [pair] + key),
        ]
        if gaps == "not_allowed" { drafts.append(arguments.draft("no_gaps", [pair] + key)) }
        for index in drafts.indices { drafts[index].measure = .other("rows that break any of these rules") }
        let note = names.isEmpty ? nil : "rows with a NULL in \(names.joined(separator: ", ")) are not compared"
        return DbtOutcome(drafts).noting(note)
    }

    private static func ranges(
        _ lower: String, _ upper: String, partition: String, begins: String, follows: String, _ arguments: DbtArguments
    ) -> String {
        let key = partition.isEmpty ? "" : "PARTITION BY \(partition) "
        return """
            SELECT *
            FROM (
                SELECT tested.*, \(lower) AS range_start, \(upper) AS range_end,
                    lead(\(lower)) OVER (\(key)ORDER BY \(lower), \(upper)) AS next_start,
                    row_number() OVER (\(key)ORDER BY \(lower) DESC, \(upper) DESC) = 1 AS is_last
                FROM \(arguments.rows())
            ) AS ranges
            WHERE NOT (
                coalesce(range_start \(begins) range_end, false) AND coalesce(range_end \(follows) next_start, is_last)
            )
            """
    }

    /// `sequential_values`: every number, or time, is the one before it plus a step.
    static func sequentialValues(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let step = try arguments.text("interval") ?? "1"
        guard let part = try arguments.text("datepart") else {
            guard let number = DbtText.number(step), let size = Double(number), size > 0 else {
                throw DbtObstacle("interval is no number greater than 0")
            }
            let name = try arguments.columnName()
            let members = size == 1 ? [] : [JSONValue.Member("step", .number(number))]
            var draft = arguments.draft("sequential", column: name, members)
            draft.groupBy = try arguments.names("group_by_columns")
            return DbtOutcome(draft)
        }
        guard let count = Int(step), let interval = interval(count, part) else {
            throw DbtObstacle("no interval is \(step) \(part)")
        }
        let column = try arguments.column()
        let groups = try arguments.columns("group_by_columns")
        return DbtOutcome(
            query: steps(
                column, groups, order: column.sql, arguments,
                failing: "NOT (\(column.sql)::timestamp = (previous_value + \(interval))::timestamp)"))
    }

    /// Rows with the value before theirs, of which some fail.
    private static func steps(
        _ column: DbtColumn, _ groups: [DbtColumn], order: String, _ arguments: DbtArguments, failing: String
    ) -> String {
        let key = groups.isEmpty ? "" : "PARTITION BY \(groups.map(\.sql).joined(separator: ", ")) "
        return """
            SELECT *
            FROM (
                SELECT tested.*, lag(\(column.sql)) OVER (\(key)ORDER BY \(order)) AS previous_value
                FROM \(arguments.rows())
            ) AS steps
            WHERE \(failing)
            """
    }

    // MARK: dbt_expectations

    /// `expect_column_values_to_be_increasing` and its opposite.
    static func ordered(_ arguments: DbtArguments, isIncreasing: Bool) throws(DbtObstacle) -> DbtOutcome {
        let column = try arguments.column()
        let order = try arguments.text("sort_column").map { DbtColumn($0) } ?? column
        let isStrict = try arguments.flag("strictly", usually: true)
        let groups = try arguments.columns("group_by")
        let names = groups.compactMap(\.name)
        let step = try arguments.text("step")
        guard step == nil, names.count == groups.count, let name = column.name, let place = order.name else {
            var rule = "\(column.sql) \(isIncreasing ? ">" : "<")\(isStrict ? "" : "=") previous_value"
            if let step {
                rule += isIncreasing ? " AND \(column.sql) - previous_value" : " AND previous_value - \(column.sql)"
                rule += " = \(step)"
            }
            return DbtOutcome(query: steps(column, groups, order: order.sql, arguments, failing: "NOT (\(rule))"))
        }
        var members = [JSONValue.Member("order_by", .string(place))]
        if isStrict { members.append(.init("strict", true)) }
        var draft = arguments.draft(isIncreasing ? "increasing" : "decreasing", column: name, members)
        draft.groupBy = names
        return DbtOutcome(draft, "a value behind a NULL is compared with the one before it, in dbt with none")
    }

    /// `expect_row_values_to_have_data_for_every_n_datepart`: every period has a row.
    static func everyPeriod(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let column = DbtColumn(try arguments.required("date_col"))
        let part = (try arguments.text("date_part") ?? "day").lowercased()
        let count = try arguments.count("interval") ?? 1
        let isPlain = !["exclusion_condition", "test_start_date", "test_end_date"].contains(where: arguments.has)
        let periods = ["minute", "hour", "day", "week", "month", "year"]
        let note: String? =
            switch part {
            case "day": nil
            case "minute", "hour": "the first day is looked at from its first row on, the last one to its last row"
            default: "periods are those of the calendar, in dbt they begin with the first row's day"
            }
        if isPlain, count == 1, periods.contains(part), let name = column.name {
            return DbtOutcome(
                arguments.draft("sequence_without_gaps", column: name, [.init("every", .string(part))]), note)
        }
        guard count > 0, let interval = interval(count, part) else {
            throw DbtObstacle("no interval is \(count) \(part)")
        }
        let rows = arguments.rows()
        let start = try date("test_start_date", arguments) ?? "(SELECT min(\(column.sql))::date FROM \(rows))"
        let end = try date("test_end_date", arguments) ?? "(SELECT max(\(column.sql))::date FROM \(rows))"
        let exclusion = try arguments.text("exclusion_condition").map { "\n    AND (\($0))" } ?? ""
        return DbtOutcome(
            query: """
                SELECT date_\(part)
                FROM generate_series(\(start)::timestamp, \(end)::timestamp, \(interval)) AS periods (date_\(part))
                WHERE date_\(part) < \(end)
                    AND NOT EXISTS (
                        SELECT FROM \(rows)
                        WHERE \(column.sql) >= date_\(part) AND \(column.sql) < date_\(part) + \(interval)
                    )\(exclusion)
                """,
            part == "day" ? nil : note)
    }

    private static func date(_ name: String, _ arguments: DbtArguments) throws(DbtObstacle) -> String? {
        guard let text = try arguments.text(name) else { return nil }
        return "\(DbtText.literal(DbtText.literalText(text) ?? text))::date"
    }
}
