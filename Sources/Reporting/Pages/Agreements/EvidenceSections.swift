import Checks
import ServiceLevels

/// What the figures of a report rest on, and what would make them others.
struct EvidenceSections {
    let status: AgreementStatus

    /// Checks that the appendix lists at most; the JSON has all.
    private static let listed = 200

    var html: HTML {
        [timeliness, exclusions, restatements, changes, evidence].compactMap(\.self).joined(separator: "\n")
    }

    private var timeliness: HTML {
        let rows = status.objectives.map { one -> [HTML] in
            let counts = one.counts
            return [
                HTML(text: one.objective.name), HTML(text: NumberText.grouped(counts.timeliness.total)),
                HTML(text: NumberText.grouped(counts.timely)), HTML(text: NumberText.grouped(counts.late)),
                HTML(text: NumberText.grouped(counts.missing)), HTML(text: NumberText.grouped(counts.errored)),
                HTML(text: NumberText.grouped(counts.pending)),
            ]
        }
        return """
            <h3>Timeliness</h3>
            \(HTML.table(
                caption: "Results that were due", head: ["objective", "due", "in time", "late", "missing", "not evaluated", "still to come"],
                rows: rows, numbers: [1, 2, 3, 4, 5, 6]))
            \(gaps)
            """
    }

    /// Days on which results were missing.
    private var gaps: HTML {
        let byDate = Dictionary(
            grouping: status.checks.flatMap { check in
                check.days.filter { $0.counts.unknown > 0 }.map { (check: check.check, day: $0) }
            }, by: \.day.date)
        guard !byDate.isEmpty else { return "<p>Nothing is missing.</p>" }
        let rows = byDate.keys.sorted().map { date -> [HTML] in
            let gaps = (byDate[date] ?? []).sorted { $0.check < $1.check }
            let more = gaps.count > 3 ? " and \(gaps.count - 3) more" : ""
            return [
                HTML(text: date.text), HTML(text: NumberText.grouped(gaps.reduce(0) { $0 + $1.day.counts.unknown })),
                HTML(text: gaps.prefix(3).map(\.check).joined(separator: ", ") + more),
            ]
        }
        return HTML.table(
            caption: "Gaps", head: ["day", "results without an answer", "checks"], rows: rows, numbers: [1])
    }

    private var exclusions: HTML {
        guard !status.exclusions.isEmpty else { return "<h3>Exclusions</h3>\n<p>Nothing is excluded.</p>" }
        let rows = status.exclusions.map { one -> [HTML] in
            [
                HTML(text: one.scope),
                "<span class=\"nowrap\">\(one.range.from.minutesText)</span> to <span class=\"nowrap\">\(one.range.to.minutesText)</span>",
                HTML(text: one.reason + (one.ticket.map { " (\($0))" } ?? "")), HTML(text: one.requestedBy),
                HTML(text: "\(one.approvedBy), \(one.approvedAt.minutesText)"), one.isRetroactive ? "yes" : "no",
            ]
        }
        return """
            <h3>Exclusions</h3>
            \(HTML.table(
                caption: "Approved; the scorecard has the figures without them",
                head: ["of", "time", "reason", "asked for by", "approved by", "afterwards"], rows: rows))
            """
    }

    private var restatements: HTML {
        let rows = status.objectives.compactMap { one -> [HTML]? in
            one.restated.map { restated in
                [
                    HTML(text: one.objective.name), share(one.attained), share(restated),
                    HTML(text: restated == one.attained ? "none" : "figures differ"),
                ]
            }
        }
        guard !rows.isEmpty else { return "<h3>Restatements</h3>\n<p>Nothing was measured again afterwards.</p>" }
        return """
            <h3>Restatements</h3>
            <p class="quiet">What was measured again afterwards repairs no history: attained is what users of the data saw, restated is what \
            they would see today.</p>
            \(HTML.table(caption: "By backfills", head: ["objective", "attained", "restated", "difference"], rows: rows, numbers: [1, 2]))
            """
    }

    private func share(_ ratio: Ratio) -> HTML {
        HTML(
            text: ratio.percent().map {
                "\($0) % (\(NumberText.grouped(ratio.good)) of \(NumberText.grouped(ratio.total)))"
            } ?? "–")
    }

    private var changes: HTML {
        guard !status.changes.isEmpty else { return "<h3>Changes</h3>\n<p>Nothing was changed in the period.</p>" }
        let rows = status.changes.map { one -> [HTML] in
            [
                "<span class=\"nowrap\">\(one.at.minutesText)</span>", HTML(text: one.subject.rawValue),
                HTML(text: one.name),
                HTML(text: one.text), HTML(text: one.role ?? ""),
            ]
        }
        return """
            <h3>Changes</h3>
            \(HTML.table(caption: "What became different in the period", head: ["at", "of", "name", "change", "recorded by"], rows: rows))
            """
    }

    private var evidence: HTML {
        let rows = status.checks.prefix(Self.listed).map { one -> [HTML] in
            [
                HTML(text: one.check), "<code>\(one.definition.map { String($0.prefix(16)) } ?? "–")</code>",
                HTML(text: NumberText.grouped(one.resultCount)), HTML(text: NumberText.grouped(one.counts.good)),
                HTML(text: NumberText.grouped(one.counts.bad)), HTML(text: NumberText.grouped(one.counts.unknown)),
            ]
        }
        let more: HTML =
            status.checks.count > Self.listed
            ? "<p>\(status.checks.count - Self.listed) more checks are in the JSON.</p>" : ""
        return """
            <h3>Evidence</h3>
            <p>\(NumberText.grouped(status.observationCount)) results recorded by \(status.asOf.text) were looked at. A slot's last conclusive \
            planned result counts; manual runs and backfills repair no history.</p>
            \(HTML.table(
                caption: "Checks, with the digest of what each asked last", head: ["check", "definition", "results", "good", "bad", "unknown"],
                rows: rows, numbers: [2, 3, 4, 5]))
            \(more)
            """
    }
}
