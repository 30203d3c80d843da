package import Comparison
import ExactJSON

/// Recorded comparisons for people: a line each, by name and time.
package struct ComparisonHistoryText {
    private let entries: [RecordedComparison]
    private let style: TerminalStyle

    /// - Parameters:
    ///   - comparisons: By name and time.
    ///   - style: How to paint.
    package init(_ comparisons: [RecordedComparison], style: TerminalStyle) {
        entries = comparisons
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
    private func figure(_ entry: RecordedComparison) -> String {
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
