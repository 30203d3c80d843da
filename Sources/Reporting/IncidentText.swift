import Checks
package import ServiceLevels

/// Incidents for people: what is broken, since when, and who is at it.
package struct IncidentText {
    private let incidents: [Incident]
    private let style: TerminalStyle

    /// - Parameters:
    ///   - incidents: By dataset.
    ///   - style: How to paint.
    package init(_ incidents: [Incident], style: TerminalStyle) {
        self.incidents = incidents
        self.style = style
    }

    /// Open incidents, then those that are over, by dataset.
    ///
    /// - Parameter days: How far back was looked.
    /// - Returns: Lines.
    package func list(days: Int) -> String {
        guard !incidents.isEmpty else { return "no incident in the last \(days == 1 ? "day" : "\(days) days")\n" }
        let (open, closed) = (incidents.filter(\.isOpen), incidents.filter { !$0.isOpen })
        var lines: [String] = []
        var dataset = ""
        for one in open {
            if one.dataset != dataset { lines.append(style.paint(TerminalText.harmless(one.dataset), .bold)) }
            dataset = one.dataset
            lines.append(line(one))
        }
        if !open.isEmpty, !closed.isEmpty { lines.append("") }
        if !closed.isEmpty { lines.append(style.paint("closed in the last \(days) days", .dim)) }
        lines += closed.sorted { $0.failure.firstBad > $1.failure.firstBad }.map(line)
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ one: Incident) -> String {
        let check = TerminalText.harmless(one.check)
        let owner = one.owner.map { ", \(TerminalText.harmless($0))" } ?? ""
        guard one.isOpen else {
            let length = one.timeToRepair.map { ", repaired in \(StatusText.length($0))" } ?? ""
            return "  \(one.id)  \(check)  \(one.failure.firstBad.minutesText)\(length)"
        }
        let state: String
        switch one.status {
        case .open: state = style.paint("✗ nobody has taken it up", .boldRed)
        case .acknowledged:
            state = style.paint("! taken up by \(actor(.acknowledged, one))", .yellow)
        case .resolved, .closed:
            state = style.paint("! \(actor(.resolved, one)) says it is repaired", .yellow)
        }
        return
            "  \(one.id)  \(check)  \(one.severity.rawValue)\(owner)  down since \(one.failure.firstBad.minutesText)  \(state)"
    }

    private func actor(_ kind: IncidentEvent.Kind, _ one: Incident) -> String {
        TerminalText.harmless(one.events.last { $0.kind == kind }?.actor ?? "somebody")
    }

    /// Each incident with all that is known of it.
    package var details: String {
        incidents.map { one in
            let failure = one.failure
            func length(_ time: Int?) -> String { time.map(StatusText.length) ?? "not known" }
            let begin =
                one.impactStartedAt.map { "impact from \($0.minutesText)" }
                ?? "last good \(failure.lastGood?.minutesText ?? "not known")"
            var lines = [
                style.paint("\(one.id)  \(TerminalText.harmless(one.check))", .bold)
                    + "  \(one.severity.rawValue)  \(one.status.rawValue)",
                "  \(begin), first bad \(failure.firstBad.minutesText), detected \(failure.detectedAt.minutesText), "
                    + (failure.firstGood.map { "good again \($0.minutesText)" } ?? "not good again"),
                "  to detect \(length(one.timeToDetect))\(one.impactStartedAt == nil ? " (estimated)" : ""), "
                    + "to notify \(length(one.timeToNotify)), to acknowledge \(length(one.timeToAcknowledge)), to repair \(length(one.timeToRepair))",
            ]
            lines += one.events.map { event in
                let words = [event.text, event.link].compactMap(\.self).map(TerminalText.harmless)
                    .joined(separator: " ")
                return
                    "  \(event.recordedAt.minutesText)  \(event.kind.rawValue) by \(TerminalText.harmless(event.actor))"
                    + (words.isEmpty ? "" : ": \(words)")
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n\n") + "\n"
    }
}
