import Checks
import ServiceLevels

/// The incidents of a period, on a line of time and one by one, and the load they were for those who keep the data.
struct IncidentSections {
    let status: AgreementStatus

    private static let (width, left, row) = (720.0, 190.0, 20.0)
    /// Incidents that the line of time shows at most; the longest ones.
    private static let drawn = 30

    var html: HTML {
        guard !status.incidents.isEmpty else { return "<h3>Incidents</h3>\n<p>No check failed.</p>" }
        return """
            <h3>Incidents</h3>
            \(summary)
            \(timeline)
            \(table)
            \(notes ?? "")
            \(load)
            """
    }

    private func length(_ microseconds: Int) -> HTML { HTML(text: StatusText.length(microseconds)) }

    /// How many there were, and the middle and the ninth decile of each time; no means and no trends of a handful.
    private var summary: HTML {
        let detected = status.incidents.filter { status.period.contains($0.failure.detectedAt) }
        let open = status.incidents.count { $0.isOpen }
        func line(_ name: HTML, _ durations: [Int]) -> HTML? {
            DurationSummary(durations).map {
                "<li>\(name): half of \($0.count) within \(length($0.median)), nine of ten within \(length($0.p90))</li>"
            }
        }
        let lines = [
            line(
                "time to detect, from the start of the impact or estimated from the middle between good and bad",
                detected.compactMap(\.timeToDetect)),
            line("time to notify", detected.compactMap(\.timeToNotify)),
            line("time to acknowledge", detected.compactMap(\.timeToAcknowledge)),
            line("time to repair, of those that are over", detected.compactMap(\.timeToRepair)),
        ].compactMap(\.self)
        return """
            <p>\(detected.count) detected in the period, \(status.incidents.count - detected.count) from before, \(open) open.</p>
            <ul>\(lines.joined(separator: "\n"))</ul>
            """
    }

    private var timeline: HTML {
        let end = min(status.period.to, status.asOf)
        let shown = status.incidents.sorted { ($1.downtime, $0.check) < ($0.downtime, $1.check) }.prefix(Self.drawn)
            .sorted { ($0.dataset, $0.failure.firstBad, $0.check) < ($1.dataset, $1.failure.firstBad, $1.check) }
        func x(_ instant: Timestamp) -> Double {
            let clamped = min(max(instant, status.period.from), status.period.to)
            let share =
                Double(clamped.microseconds - status.period.from.microseconds) / Double(max(1, status.period.length))
            return Self.left + share * (Self.width - Self.left - 10)
        }
        let bars = shown.enumerated().map { index, one -> HTML in
            let y = 8 + Double(index) * Self.row
            let (from, to) = (x(one.failure.firstBad), x(one.failure.firstGood ?? end))
            let before: HTML =
                one.failure.lastGood.map {
                    "<line class=\"even\" x1=\"\(x($0))\" y1=\"\(y + 6)\" x2=\"\(from)\" y2=\"\(y + 6)\"/>"
                } ?? ""
            let taken: HTML =
                one.acknowledgedAt.map { "<circle class=\"dot2\" cx=\"\(x($0))\" cy=\"\(y + 6)\" r=\"3.5\"/>" } ?? ""
            return """
                <text x="\(Self.left - 6)" y="\(y + 10)" text-anchor="end">\(TerminalText.cut(one.check, to: 30))</text>\
                \(before)<rect class="bar bad" x="\(from)" y="\(y)" width="\(max(2, to - from))" height="12"><title>\(one.id)</title></rect>\(taken)
                """
        }
        let height = 8 + Double(shown.count) * Self.row
        let days = status.zone.days(in: status.period)
        let ticks = days.enumerated().filter { days.count <= 10 || $0.offset % 5 == 0 }.map { _, day -> HTML in
            let place = x(day.range.from)
            return """
                <line class="axis" x1="\(place)" y1="0" x2="\(place)" y2="\(height)"/>\
                <text class="quiet" x="\(place)" y="\(height + 14)" text-anchor="middle">\(day.date.day)</text>
                """
        }
        return """
            <div class="scroll" tabindex="0" role="group" aria-label="Incidents over time">
            <svg class="wide" viewBox="0 0 \(Self.width) \(height + 20)" role="img" aria-label="\(shown.count) incidents over the days of the period">
            \(ticks.joined())
            \(bars.joined(separator: "\n"))
            </svg></div>
            <p class="quiet">Bars are from the first failing to the first good result, dotted from the last good one before; ○ taken up.</p>
            """
    }

    private var table: HTML {
        let rows = status.incidents.map { one -> [HTML] in
            [
                "<code>\(one.id)</code>", HTML(text: one.check), HTML(text: one.severity.rawValue),
                "<span class=\"nowrap\">\(one.failure.detectedAt.minutesText)</span>", length(one.downtime),
                one.timeToDetect.map { "\(length($0))\(one.impactStartedAt == nil ? " (estimated)" : "")" } ?? "–",
                one.timeToNotify.map(length) ?? "–", one.timeToAcknowledge.map(length) ?? "–",
                one.timeToRepair.map(length) ?? "–", word(one),
            ]
        }
        return HTML.table(
            caption: "By when they began",
            head: [
                "incident", "check", "severity", "detected", "in the period", "to detect", "to notify",
                "to acknowledge",
                "to repair",
                "status",
            ], rows: rows, numbers: [4, 5, 6, 7, 8])
    }

    private func word(_ one: Incident) -> HTML {
        switch one.status {
        case .open: "<span class=\"bad nowrap\">✗ open</span>"
        case .acknowledged: "<span class=\"warn\">! acknowledged</span>"
        case .resolved: "<span class=\"warn\">! resolved, not yet good</span>"
        case .closed: "closed"
        }
    }

    /// What people did and said, by incident.
    private var notes: HTML? {
        let lines = status.incidents.flatMap { one in
            one.events.map { event -> HTML in
                let words = [event.text, event.link].compactMap(\.self).joined(separator: ", ")
                return """
                    <li><code>\(one.id)</code> \(event.recordedAt.minutesText) \(event.kind.rawValue) by \(event.actor)\
                    \(words.isEmpty ? "" : ": " + words)</li>
                    """
            }
        }
        return lines.isEmpty ? nil : "<ul>\(lines.joined(separator: "\n"))</ul>"
    }

    // MARK: Alert load

    private var load: HTML {
        let byOwner = Dictionary(grouping: AlertLoad.days(of: status)) { $0.owner ?? "nobody" }
        guard !byOwner.isEmpty else { return "" }
        let rows = byOwner.keys.sorted().map { owner -> [HTML] in
            let days = byOwner[owner] ?? []
            let incidents = days.reduce(0) { $0 + $1.incidents }
            let worst = days.max { ($0.incidents, $1.date) < ($1.incidents, $0.date) }
            return [
                HTML(text: owner), "\(incidents)", "\(days.reduce(0) { $0 + $1.acknowledged })", "\(days.count)",
                worst.map { "\($0.incidents) on \($0.date.text)" } ?? "",
            ]
        }
        return """
            <h3>Alert load</h3>
            \(HTML.table(
                caption: "Incidents that were detected in the period, by the owner of the check",
                head: ["owner", "incidents", "acknowledged", "days with any", "most on a day"], rows: rows, numbers: [1, 2, 3]))
            """
    }
}
