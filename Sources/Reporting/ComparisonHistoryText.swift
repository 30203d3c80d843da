package import ExactJSON

/// Recorded comparisons for people: a line each, by name and time.
package struct ComparisonHistoryText {
    /// What one comparison came to.
    package struct Line: Sendable {
        package var name: String
        /// In UTC.
        package var time: String
        /// Versions of the models.
        package var champion: String?
        package var challenger: String?
        package var verdict: String
        package var reasons: [String]
        /// How often it had been compared, this time included.
        package var look: Int
        /// The metric that was to be won, of models.
        package var primary: JSONValue?

        package init(
            name: String, time: String, champion: String?, challenger: String?, verdict: String, reasons: [String],
            look: Int, primary: JSONValue?
        ) {
            self.name = name
            self.time = time
            self.champion = champion
            self.challenger = challenger
            self.verdict = verdict
            self.reasons = reasons
            self.look = look
            self.primary = primary
        }
    }

    private let entries: [Line]
    private let style: TerminalStyle

    /// - Parameters:
    ///   - lines: By name and time.
    ///   - style: How to paint.
    package init(_ lines: [Line], style: TerminalStyle) {
        entries = lines
        self.style = style
    }

    package var text: String {
        var lines: [String] = []
        for (index, entry) in entries.enumerated() {
            if index == 0 || entries[index - 1].name != entry.name {
                lines += (index == 0 ? [] : [""]) + [style.paint(TerminalText.harmless(entry.name), .bold)]
            }
            let versions = entry.challenger.map { " \(entry.champion ?? "?") → \($0)" } ?? ""
            let verdict = TerminalText.padded(entry.verdict, to: 12)
            var text = "  \(entry.time)  \(style.paint(verdict, look(entry.verdict)))"
            text += TerminalText.harmless(versions.isEmpty ? "" : versions + "  ") + figure(entry)
            if entry.look > 1, entry.primary != nil { text += style.paint("  look \(entry.look)", .dim) }
            lines.append(text.trimmingSpacesAtEnd)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The metric of both models with its interval; of relations why they differ.
    private func figure(_ entry: Line) -> String {
        guard let primary = entry.primary, let metric = primary["metric"]?.string,
            let champion = number(primary["champion"]), let challenger = number(primary["challenger"])
        else { return TerminalText.harmless(entry.reasons.joined(separator: "; ")) }
        var text = "\(metric) \(champion) → \(challenger)"
        if let low = number(primary["low"]), let high = number(primary["high"]) { text += " (\(low) … \(high))" }
        return TerminalText.harmless(text)
    }

    private func number(_ value: JSONValue?) -> String? { value?.scalarText.map(NumberText.short) }

    private func look(_ verdict: String) -> TerminalStyle.Look {
        switch verdict {
        case "same", "promote": .green
        case "different", "reject": .boldRed
        case "hold": .yellow
        default: .magenta
        }
    }
}
