import Checks
import StructuredSQL

/// The docs' page of all kinds, in Markdown.
package enum KindPage {
    /// The page; the same for the same kinds.
    package static var text: String {
        var lines = [
            "# Kinds of check", "",
            "Made by `assay kinds --format markdown` from what the kinds say about themselves; a test compares this page with it "
                + "and runs every example.", "",
            "A check stands under a column (`columns: {email: [not_null, {format: email}]}`) or in `checks:` with `column:` or "
                + "`columns:` among its parameters, as in the examples. All take `id`, `name`, `description`, `warn`, `fail`, "
                + "`severity`, `dimension`, `tags`, `owner`, `enabled`, `schedule` and `runbook`. `where` leaves other rows out, "
                + "`group_by` gives an outcome per group of rows, `sample` looks at a part of the rows; what a kind does not take is "
                + "a mistake. Thresholds compare `count` (what fails), `percent` (of what is looked at) or `value`.",
            "",
        ]
        lines += KindCatalogue.families.map { family in
            let kinds = family.kinds.map { "[`\($0.definition.name)`](#\($0.definition.name))" }
            return "- **\(family.title)**: \(kinds.joined(separator: ", "))"
        }
        for (title, kinds) in KindCatalogue.families {
            lines += ["", "## \(title)"]
            for kind in kinds.map({ $0.definition }) { lines += section(of: kind) }
        }
        lines += ["", "## The examples' data", "", "`assay kinds --example-data` prints it.", "", "```sql"]
        lines += ExampleData.script.literalText.split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        lines += ["```"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(of kind: KindDefinition) -> [String] {
        var lines = ["", "### \(kind.name)", "", "\(kind.summary). \(kind.semantics)", ""]
        if !kind.parameters.isEmpty {
            lines += kind.parameters.map { parameter in
                let required = parameter.isRequired ? ", required" : ""
                let words = parameter.form.words.map { "`\($0)`" }.joined(separator: ", ")
                return "- `\(parameter.name)` (\(parameter.form.text)\(required)): \(parameter.summary)"
                    + (words.isEmpty ? "" : ": \(words)")
            }
            lines.append("")
        }
        lines.append(kind.facts.joined(separator: "; ") + ".")
        lines += ["", "```yaml", "dataset: \(kind.example.dataset)", "checks:", "  - \(kind.example.check)", "```", ""]
        lines.append("→ \(kind.example.outcome)")
        return lines
    }
}
