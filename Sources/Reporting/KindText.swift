package import Checks

/// What a kind of check is, for people at a terminal.
package struct KindText {
    private let style: TerminalStyle

    package init(style: TerminalStyle) {
        self.style = style
    }

    /// All kinds by family, a line each.
    package var list: String {
        var lines: [String] = []
        let width = KindCatalogue.names.map(\.count).max() ?? 0
        for (title, kinds) in KindCatalogue.families {
            lines.append(style.paint(title, .bold))
            for kind in kinds.map({ $0.definition }) {
                let name = TerminalText.padded(kind.name, to: width)
                lines.append(
                    "  " + style.paint(name, .green) + "  "
                        + TerminalText.cut(kind.summary, to: max(20, style.width - width - 4)))
            }
            lines.append("")
        }
        lines.append("\(KindCatalogue.names.count) kinds; assay kinds NAME says more about one.")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Everything about one kind.
    package func text(of kind: KindDefinition) -> String {
        var lines = [style.paint(kind.name, .bold), "", "  " + kind.summary + ".", ""]
        lines += TerminalText.wrapped(kind.semantics, to: 96).map { "  " + $0 }
        let rows = kind.allParameters.map {
            ("\($0.name)\($0.isRequired ? " (required)" : "")", $0.form.text, $0.summary)
        }
        if !rows.isEmpty {
            lines += ["", style.paint("Parameters", .bold)]
            let widths = (rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0)
            for (name, form, summary) in rows {
                let indent = String(repeating: " ", count: widths.0 + widths.1 + 6)
                let text = TerminalText.wrapped(summary, to: max(40, 98 - indent.count))
                lines.append(
                    "  \(TerminalText.padded(name, to: widths.0))  \(style.paint(TerminalText.padded(form, to: widths.1), .dim))  \(text.first ?? "")"
                )
                lines += text.dropFirst().map { indent + $0 }
            }
        }
        lines += ["", style.paint("Options", .bold)]
        lines += kind.facts.map { "  " + $0 }
        lines += [
            "",
            style.paint("Example", .bold)
                + style.paint(" on \(kind.example.dataset) of assay kinds --example-data", .dim),
        ]
        lines += ["  - " + kind.example.check, "  " + style.paint("gives \(kind.example.outcome)", .dim)]
        if !kind.otherNames.isEmpty {
            lines += ["", style.paint("Elsewhere", .bold)]
            lines += TerminalText.wrapped(kind.otherNames.joined(separator: ", "), to: 96).map { "  " + $0 }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension KindDefinition {
    /// What thresholds compare, how NULL is read and what is said of options, a line each.
    var facts: [String] {
        var facts = ["thresholds: " + quantities.map(\.rawValue).joined(separator: ", ")]
        if source == .rows {
            let readsNulls = !optionsWithoutEffect.contains("nulls")
            facts.append(readsNulls ? "nulls: \(nulls.rawValue) if not given" : "nulls: its own reading, as above")
            if !optionsWithoutEffect.contains("on_empty") { facts.append("on_empty: \(onEmpty.rawValue) if not given") }
        }
        let possible = ["where", "group_by", "sample"].filter { !optionsWithoutEffect.contains($0) }
        facts.append(
            "takes: " + (possible.isEmpty ? "none of where, group_by, sample" : possible.joined(separator: ", ")))
        facts.append("dimension: \(dimension.rawValue)")
        return facts
    }
}

extension KindExample {
    /// What comes of it, and after what.
    var outcome: String {
        switch earlier {
        case nil: result
        case .runs(let metrics)?:
            "\(result), after \(metrics.count == 1 ? "a run" : "daily runs") that measured \(metrics.joined(separator: ", "))"
        case .alterations(_, let text)?: "\(result), after \(text)"
        }
    }
}

extension Parameter.Form {
    /// The form for people.
    var text: String {
        switch self {
        case .text, .value: "text or number"
        case .values: "list"
        case .tuples: "list of lists"
        case .number: "number"
        case .texts: "text or list"
        case .boolean: "true or false"
        case .count: "whole number"
        case .duration: "duration"
        case .expression: "SQL"
        case .column: "column"
        case .columns: "column or list"
        case .relation: "relation"
        case .measure: "kind"
        case .json: "any value"
        case .choice(let words): words.count <= 4 ? words.joined(separator: "|") : "a word"
        }
    }

    /// The words of a choice that are too many for ``text``.
    var words: [String] { if case .choice(let words) = self, words.count > 4 { words } else { [] } }
}
