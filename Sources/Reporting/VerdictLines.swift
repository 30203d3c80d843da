import Checks
package import ServiceLevels

/// What every figure of a report is counted from, one line for each check and day: the text whose digest a manifest has.
///
/// Tabs part the name of the agreement, the check, the digest of what it asked last, the day, and the numbers of slots that were
/// good, bad, missing, not evaluated, excluded, still to come, and in time.
package struct VerdictLines {
    private let statuses: [AgreementStatus]

    package init(_ statuses: [AgreementStatus]) {
        self.statuses = statuses
    }

    package var text: String {
        statuses.flatMap { status in
            status.checks.flatMap { check in
                check.days.map { day in
                    let counts = day.counts
                    let numbers = [
                        counts.good, counts.bad, counts.missing, counts.errored, counts.excluded, counts.pending,
                        counts.timely,
                    ].map(String.init)
                    let names = [
                        status.agreement.name, check.check, check.definition ?? "-", day.date.text,
                    ]
                    return (names + numbers).joined(separator: "\t") + "\n"
                }
            }
        }.joined()
    }
}
