import Checks
import ServiceLevels

/// Instants and ranges of tests, written as people do.
enum Instants {
    /// `2026-03-01 02:30`, in UTC.
    static func at(_ text: String) -> Timestamp {
        let parts = text.split(separator: " ")
        let minutes = parts.count < 2 ? 0 : Self.minutes(parts[1])
        guard let date = CivilDate(parts[0]) else { return Timestamp(microseconds: 0) }
        return ZoneRules.utc.instant(LocalTime(date, minutes: minutes))
    }

    static func range(_ from: String, _ to: String) -> TimeRange { TimeRange(at(from), at(to)) }

    private static func minutes(_ text: Substring) -> Int {
        let parts = text.split(separator: ":").compactMap { Int($0) }
        return parts[0] * 60 + parts[1]
    }

    /// Clocks as the IANA database has them, around the year 2026.
    static let berlin = ZoneRules(
        name: "Europe/Berlin",
        changes: [
            .init(at: at("2025-10-26 01:00"), offset: 3600), .init(at: at("2026-03-29 01:00"), offset: 7200),
            .init(at: at("2026-10-25 01:00"), offset: 3600),
        ])
    static let newYork = ZoneRules(
        name: "America/New_York",
        changes: [
            .init(at: at("2025-11-02 06:00"), offset: -18000), .init(at: at("2026-03-08 07:00"), offset: -14400),
            .init(at: at("2026-11-01 06:00"), offset: -18000),
        ])
    static let santiago = ZoneRules(
        name: "America/Santiago",
        changes: [
            .init(at: at("2025-09-07 04:00"), offset: -10800), .init(at: at("2026-04-05 03:00"), offset: -14400),
            .init(at: at("2026-09-06 04:00"), offset: -10800),
        ])
    static let lordHowe = ZoneRules(
        name: "Australia/Lord_Howe",
        changes: [
            .init(at: at("2025-10-04 15:30"), offset: 39600), .init(at: at("2026-04-04 15:00"), offset: 37800),
            .init(at: at("2026-10-03 15:30"), offset: 39600),
        ])
}
