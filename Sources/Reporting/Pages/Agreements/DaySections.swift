import Checks
import ServiceLevels

/// The days of a period: a strip for each dataset, and a map of the checks that were not good all the time.
struct DaySections {
    let status: AgreementStatus

    /// Checks that the map shows at most; the worst ones.
    private static let mapped = 40

    /// How a day was, for a cell: its look, and the sign in it.
    private enum Look: String {
        case good, bad, unknown, excluded, none

        init(_ counts: ObjectiveResult.Counts?) {
            guard let counts, counts.due > 0 else {
                self = .none
                return
            }
            self =
                counts.bad + counts.assumedBad > 0
                ? .bad : counts.unknown > 0 ? .unknown : counts.good == 0 ? .excluded : .good
        }

        var sign: String {
            switch self {
            case .good: "✓"
            case .bad: "✗"
            case .unknown: "?"
            case .excluded: "E"
            case .none: "·"
            }
        }
    }

    private var dates: [CivilDate] { status.zone.days(in: status.period).map(\.date) }

    var html: HTML {
        let strips = status.datasets.map { one in
            row(one.downtime.dataset, one.days) { Look($0).sign }
        }
        return """
            <h3>Days</h3>
            <p class="quiet">✓ all good, ✗ some bad, ? something unknown, E excluded, · nothing due or not yet known; days of \(status.zone.name).</p>
            \(table("Datasets", strips))
            \(map)
            """
    }

    /// Checks with bad or unknown slots, the worst first, and in each cell how many were bad.
    private var map: HTML {
        func bad(_ one: AgreementStatus.CheckStatus) -> Int { one.counts.bad + one.counts.assumedBad }
        let troubled = status.checks.filter { bad($0) + $0.counts.unknown > 0 }
            .sorted { (bad($1), $1.counts.unknown, $0.check) < (bad($0), $0.counts.unknown, $1.check) }
        let quiet = status.checks.count - troubled.count
        let rest: HTML =
            quiet == 0
            ? ""
            : "<p>\(NumberText.grouped(quiet)) of \(NumberText.grouped(status.checks.count)) checks were good whenever they were due.</p>"
        guard !troubled.isEmpty else { return rest }
        let more: HTML =
            troubled.count > Self.mapped
            ? "<p>\(troubled.count - Self.mapped) more checks had bad or unknown results; the JSON has all.</p>" : ""
        let rows = troubled.prefix(Self.mapped).map { one in
            row(one.check, one.days) { counts in
                let bad = (counts?.bad ?? 0) + (counts?.assumedBad ?? 0)
                return bad > 0 ? String(bad) : Look(counts).sign
            }
        }
        return """
            \(table("Checks that were not always good; numbers are bad results", rows))
            \(rest)\(more)
            """
    }

    private func row(
        _ name: String, _ days: [ObjectiveResult.Day], _ text: (ObjectiveResult.Counts?) -> String
    ) -> HTML {
        let known = Dictionary(days.map { ($0.date, $0.counts) }, uniquingKeysWith: { first, _ in first })
        let cells = dates.map { date -> HTML in
            let counts = known[date]
            let title =
                counts.map {
                    "\(date.text): \($0.good) good, \($0.bad) bad, \($0.unknown) unknown, \($0.excluded) excluded"
                } ?? "\(date.text): nothing due"
            return "<td class=\"cell \(Look(counts).rawValue)\(shade(counts))\" title=\"\(title)\">\(text(counts))</td>"
        }
        return "<tr><th scope=\"row\">\(name)</th>\(cells.joined())</tr>"
    }

    /// The more of a day is bad the stronger its cell.
    private func shade(_ counts: ObjectiveResult.Counts?) -> String {
        guard let counts, counts.due > 0 else { return "" }
        let bad = counts.bad + counts.assumedBad
        return bad * 2 >= counts.due ? " most" : ""
    }

    private func table(_ caption: String, _ rows: [HTML]) -> HTML {
        let head = dates.map { "<th scope=\"col\">\($0.day)</th>" as HTML }.joined()
        return """
            <div class="scroll" tabindex="0" role="group" aria-label="\(caption)"><table class="strip"><caption>\(caption)</caption>
            <thead><tr><th scope="col"></th>\(head)</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table></div>
            """
    }
}
