import Catalog
import StructuredSQL

/// `loaded_by`: each day's data are there at a time of day.
package struct LoadedBy: CheckKind {
    package static let definition = KindDefinition(
        "loaded_by", "The day's rows are there by a time of day",
        scope: .timeColumn,
        parameters: [
            Parameter("at", .text, isRequired: true, "the time of day by the wall clock of the zone, such as 08:00"),
            Parameter("zone", .text, "whose clock; by default the suite's"),
            Parameter("days", .texts, "weekdays on which it holds: mon … sun, mon-fri; every day if not given"),
            Parameter("days_of_month", .values, "days of the month on which it holds, 1 to 31"),
            Parameter("min", .count, "the fewest rows; 1 if not given"),
        ],
        shorthand: ["at"],
        quantities: [.value],
        semantics: """
            The value is the number of rows whose time lies between the day's midnight and the last deadline that is over by \
            the server's clock, both by the zone's wall clock, also where clocks change. Rows without a time are left out.
            """,
        onEmpty: .fail,
        dimension: .velocity,
        otherNames: ["data_freshness_sla", "execution_sla", "timeOfAvailability", "loaded_by_deadline"],
        example: KindExample("{loaded_by: {column: created_at, at: '00:00', zone: UTC, min: 0}}", gives: "pass: 0")
    )

    private let time: String
    private let zone: String?
    private let weekdays: [Int]
    private let monthDays: [Int]
    private let fewest: Int

    package init(_ arguments: Arguments) throws(ArgumentError) {
        let text = try arguments.required("at", arguments.text("at"))
        guard text.wholeMatch(of: #/([01][0-9]|2[0-3]):[0-5][0-9]/#) != nil else {
            throw ArgumentError("at", "\"\(text)\" is not a time of day", hint: "Write 08:00.")
        }
        time = text
        zone = arguments.text("zone")
        weekdays = try Weekdays.numbers(arguments.list("days") ?? [])
        monthDays = try (arguments.list("days_of_month") ?? []).map { text throws(ArgumentError) in
            guard let day = Int(text), (1...31).contains(day) else {
                throw ArgumentError("days_of_month", "\"\(text)\" is not a day of a month")
            }
            return day
        }
        fewest = arguments.count("min") ?? 1
    }

    package var ownThreshold: Threshold? { Threshold(.value, .less(ExactDecimal(fewest))) }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.timeColumn()
        guard let zone = zone ?? subject.time?.zone else {
            throw SubjectError("nothing says by whose clock it is \(time)", hint: "Write zone: Europe/Berlin.")
        }
        let name: SQL = "\(bind: zone)::pg_catalog.text"
        var conditions: [SQL] = []
        if !weekdays.isEmpty {
            conditions.append(
                "extract(isodow FROM day) = ANY (\(bind: SQLArray.text(weekdays.map(String.init)))::pg_catalog.int4[])")
        }
        if !monthDays.isEmpty {
            conditions.append(
                "extract(day FROM day) = ANY (\(bind: SQLArray.text(monthDays.map(String.init)))::pg_catalog.int4[])")
        }
        // Far enough back for any weekday, and for the 31st. Without the casts the series would be of instants.
        let days: SQL = """
            SELECT day FROM pg_catalog.generate_series((((\(subject.now)) AT TIME ZONE \(name))::pg_catalog.date - 70)::pg_catalog.timestamp, \
            ((\(subject.now)) AT TIME ZONE \(name))::pg_catalog.date::pg_catalog.timestamp, '1 day') AS days (day)
            WHERE (day + \(bind: time)::pg_catalog.time) AT TIME ZONE \(name) <= \(subject.now)
            """
        let filter = conditions.reduce(days) { "\($0) AND \($1)" }
        let day: SQL = "(SELECT max(day) FROM (\(filter)) AS due)"
        func bound(_ local: SQL) throws(SubjectError) -> SQL {
            if column.type.isInstant { return "(\(local)) AT TIME ZONE \(name)" }
            return try subject.instant("(\(local)) AT TIME ZONE \(name)", inTypeOf: column)
        }
        let from = try bound(day)
        let to = try bound("\(day) + \(bind: time)::pg_catalog.time")
        let own: SQL = "\(identifier: column.name)"
        // A date is the beginning of its day, and so before every deadline of it.
        let end: SQL = column.type.isDate ? "\(own) <= \(to)" : "\(own) < \(to)"
        return .aggregate(Aggregate("count(*) FILTER (WHERE \(own) >= \(from) AND \(end))", .spoilsParallelism))
    }
}
