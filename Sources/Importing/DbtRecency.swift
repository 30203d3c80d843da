import ExactJSON

/// Tests of how old the newest row is.
enum DbtRecency {
    private static let future = "a newest row more than five minutes in the future fails, too"

    /// A length of time as a duration and in seconds; `nil` for one that the calendar decides, and for none at all.
    static func length(_ count: Int, _ part: String) -> (duration: String, seconds: Int)? {
        let units = [
            "second": ("s", 1), "minute": ("min", 60), "hour": ("h", 3600), "day": ("d", 86_400),
            "week": ("w", 604_800),
        ]
        let part = part.lowercased().hasSuffix("s") ? String(part.lowercased().dropLast()) : part.lowercased()
        guard let (unit, seconds) = units[part], count > 0, count <= 3_000_000_000 / seconds else { return nil }
        return ("\(count)\(unit)", count * seconds)
    }

    /// The age of the newest row as an aggregate, in seconds.
    static func age(_ newest: String) -> String { "extract(epoch FROM now() - \(newest))" }

    /// `dbt_utils.recency`.
    static func outcome(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let column = DbtColumn(try arguments.required("field"))
        let groups = try arguments.columns("group_by_columns")
        let ignoresTime = try arguments.flag("ignore_time_component", usually: false)
        let names = groups.compactMap(\.name)
        let number = try count(arguments)
        let part = try arguments.required("datepart")
        if !ignoresTime, names.count == groups.count, let name = column.name, let span = length(number, part) {
            var draft = fresh(name, span, arguments)
            draft.groupBy = names
            draft.onEmpty = "pass"
            var outcome = DbtOutcome(draft, future)
            outcome.timeColumn = name
            return outcome
        }
        let type = ignoresTime ? "::date" : ""
        let past = try interval(number, part)
        let limit = "(now() - \(past))\(type)"
        return DbtOutcome(
            query: newest(column, groups, arguments, [], failing: "max(\(column.sql))\(type) < \(limit)"))
    }

    /// `expect_row_values_to_have_recent_data`, in all or in each group.
    static func recentData(_ arguments: DbtArguments, column: DbtColumn) throws(DbtObstacle) -> DbtOutcome {
        let groups = try arguments.columns("group_by")
        let names = groups.compactMap(\.name)
        let number = try count(arguments)
        let part = try arguments.required("datepart")
        let zone = arguments.clockZone
        let now = zone.map { "now() AT TIME ZONE \(DbtText.literal($0))" } ?? "now()"
        let past = "\(column.sql) <= \(now)"
        if names.count == groups.count, let name = column.name, let span = length(number, part) {
            var draft = fresh(name, span, arguments)
            draft.conditions.append(past)
            draft.groupBy = names
            draft.onEmpty = "fail"
            var outcome = DbtOutcome(draft)
            outcome.timeColumn = name
            outcome.timeZone = zone
            return outcome
        }
        let latest = groups.isEmpty ? "coalesce(max(\(column.sql)), '1970-01-01')" : "max(\(column.sql))"
        let limit = try interval(number, part)
        let failing = "\(latest) < \(now) - \(limit)"
        let note = groups.isEmpty ? nil : "without any row it passes"
        return DbtOutcome(query: newest(column, groups, arguments, [past], failing: failing), note)
    }

    private static func fresh(
        _ name: String, _ span: (duration: String, seconds: Int), _ arguments: DbtArguments
    ) -> DbtDraft {
        var draft = arguments.draft("fresh", column: name)
        draft.measure = .single(
            .init(
                violated: "value > \(span.seconds)", bounds: [.init("within", .string(span.duration))],
                aggregate: age("max(\(DbtText.identifier(name)))")))
        return draft
    }

    /// The newest time of all rows, or of each group.
    private static func newest(
        _ column: DbtColumn, _ groups: [DbtColumn], _ arguments: DbtArguments, _ conditions: [String], failing: String
    ) -> String {
        let list = groups.map { "\($0.sql), " }.joined()
        let grouping = groups.isEmpty ? "" : "\nGROUP BY \(groups.map(\.sql).joined(separator: ", "))"
        return """
            SELECT \(list)max(\(column.sql)) AS most_recent
            FROM \(arguments.rows(conditions))\(grouping)
            HAVING \(failing)
            """
    }

    private static func count(_ arguments: DbtArguments) throws(DbtObstacle) -> Int {
        guard let count = try arguments.count("interval") else { throw DbtObstacle("interval is missing") }
        return count
    }

    private static func interval(_ count: Int, _ part: String) throws(DbtObstacle) -> String {
        guard let interval = DbtSequences.interval(count, part) else {
            throw DbtObstacle("no interval is \(count) \(part)")
        }
        return interval
    }
}
