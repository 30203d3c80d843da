import Catalog
package import StructuredSQL

/// A calendar period that rows are sorted into by their time.
package enum Period: String, Sendable, Hashable, CaseIterable {
    case minute, hour, day, week, month, year

    /// The distance from one period to the next.
    package var step: SQL {
        switch self {
        case .minute: "'1 minute'::pg_catalog.interval"
        case .hour: "'1 hour'::pg_catalog.interval"
        case .day: "'1 day'::pg_catalog.interval"
        case .week: "'7 days'::pg_catalog.interval"
        case .month: "'1 month'::pg_catalog.interval"
        case .year: "'1 year'::pg_catalog.interval"
        }
    }

    /// Whether it is a length of time, and not a part of the calendar.
    package var isShorterThanDay: Bool { self == .minute || self == .hour }

    /// The beginning of the period that the column's value lies in.
    ///
    /// An instant stays an instant for minutes and hours, which no change of clocks can double or lose; days and longer
    /// are counted on the wall clock of the suite's zone.
    func bucket(of column: Column, in subject: Subject) throws(SubjectError) -> SQL {
        let name: SQL = "\(identifier: column.name)"
        if column.type.isInstant {
            if isShorterThanDay { return "pg_catalog.date_trunc(\(bind: rawValue), \(name))" }
            return "pg_catalog.date_trunc(\(bind: rawValue), \(name) AT TIME ZONE \(zone(of: subject)))"
        }
        guard column.type.isLocalTime else { throw subject.notATime(column) }
        if column.type.isDate, isShorterThanDay {
            throw SubjectError("column \"\(column.name)\" is a date, which has no \(rawValue)s")
        }
        return "pg_catalog.date_trunc(\(bind: rawValue), \(name)::pg_catalog.timestamp)"
    }

    /// The beginning of the period that an instant lies in, on the clock that ``bucket(of:in:)`` counts by for `column`.
    func bucket(ofInstant instant: SQL, like column: Column, in subject: Subject) throws(SubjectError) -> SQL {
        let clock: SQL =
            if column.type.isInstant {
                isShorterThanDay ? instant : "(\(instant)) AT TIME ZONE \(zone(of: subject))"
            } else {
                "(\(instant)) AT TIME ZONE \(bind: try subject.zone(for: column))::pg_catalog.text"
            }
        return "pg_catalog.date_trunc(\(bind: rawValue), \(clock))"
    }

    private func zone(of subject: Subject) -> SQL {
        "\(bind: subject.time?.zone ?? "UTC")::pg_catalog.text"
    }
}
