package import ExactJSON

/// A service level agreement to be written: a file with the key `sla`.
package struct ImportedAgreement: Sendable, Hashable {
    /// Letters, digits, dots, `-`, `_` and `/`.
    package var name: String
    package var description: String?
    package var consumer: String?
    package var owner: String?
    /// As the file says it: `calendar month`, `quarter`, `week` or `rolling 30d`.
    package var period: String
    /// A zone's IANA name; `nil` for UTC.
    package var zone: String?
    /// Such as `Mon-Fri 08:00-18:00`; `nil` for all hours.
    package var hours: String?
    /// Days such as `2026-12-25`; they count only with ``hours``.
    package var holidays: [String] = []
    /// Datasets whose incidents are one step more urgent.
    package var keyDatasets: [String] = []
    package var objectives: [ImportedObjective] = []

    package init(name: String, period: String = "calendar month") {
        self.name = name
        self.period = period
    }
}

/// An objective to be written.
///
/// Shares are percentages such as `99.5%`, lengths of time are such as `90min`.
package struct ImportedObjective: Sendable, Hashable {
    package var name: String
    /// Selectors of checks.
    package var checks: [String]
    package var target: String
    /// `timeslices` or `rows`; `nil` for occurrences.
    package var method: String?
    /// What slots without a result are; `nil` for what they are by default.
    package var unknown: String?
    package var coverage: String?
    package var slice: String?
    package var sliceTarget: String?
    /// Windows with the burn rates at which somebody has to look, such as `1h` with `14.4`.
    package var burn: [JSONValue.Member] = []
    /// What the other tool says of it for people: a comment.
    package var remark: String?

    package init(_ name: String, checks: [String], target: String) {
        self.name = name
        self.checks = checks
        self.target = target
    }
}

extension ImportedProject {
    /// Adds an agreement; where its name is another one's, it gets a number.
    mutating func add(_ agreement: ImportedAgreement) {
        var agreement = agreement
        let taken = Set(agreements.map(\.name))
        agreement.name = Self.free(agreement.name, among: taken, joinedBy: "-")
        agreements.append(agreement)
    }

    /// The name, or the first of `name-2`, `name-3`, … that is not taken.
    static func free(_ name: String, among taken: Set<String>, joinedBy separator: String) -> String {
        var (free, number) = (name, 2)
        while taken.contains(free) {
            free = "\(name)\(separator)\(number)"
            number += 1
        }
        return free
    }
}
