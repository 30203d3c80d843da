import Checks

/// The docs' page of what other tools' checks are here, in Markdown.
package enum OtherToolsPage {
    /// The page; the same for the same table.
    package static var text: String {
        let entries = OtherTools.families.flatMap(\.entries)
        let missing = entries.count { if case .none = $0.answer { true } else { false } }
        var lines = [
            "# Checks of other tools, and what they are here", "",
            "Made by `assay kinds --elsewhere`. Of \(entries.count) types of check \(missing) are not there, each with the reason. "
                + "A name of the middle column in a file is answered with \"did you mean\".",
        ]
        for (title, entries) in OtherTools.families {
            lines += ["", "## \(title)", "", "| Check | Elsewhere | Here |", "|---|---|---|"]
            lines += entries.map { entry in
                let names = entry.theirNames.map(cell).joined(separator: ", ")
                return "| \(cell(entry.name)) | \(names) | \(answer(entry.answer)) |"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func answer(_ answer: OtherTools.Answer) -> String {
        switch answer {
        case .kind(let kind, let note):
            "[`\(kind)`](Kinds/README.md#\(kind))" + (note.map { ": " + cell($0) } ?? "")
        case .other(let what): cell(what)
        case .none(let reason): "not there: " + cell(reason)
        }
    }

    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("<", with: "&lt;")
    }
}
