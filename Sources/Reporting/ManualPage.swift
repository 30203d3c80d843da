package import ExactJSON

/// The man page, written from the description of the commands that the argument parser gives as JSON.
package enum ManualPage {
    /// Writes the page from what the argument parser prints for `--experimental-dump-help`.
    package static func text(dump: String, version: String) throws(JSONSyntaxError) -> String {
        let command = try JSONValue(parsing: dump)["command"] ?? .null
        var lines = [
            ".TH ASSAY 1 \"\" \"Assay \(version)\" \"User Commands\"", ".SH NAME",
            "assay \\- " + escaped(command["abstract"]?.string ?? ""), ".SH SYNOPSIS", ".B assay",
            ".I command", "[options]", ".SH DESCRIPTION",
        ]
        lines += paragraph(command["discussion"]?.string)
        lines.append(".SH COMMANDS")
        for subcommand in command["subcommands"]?.elements ?? [] where subcommand["shouldDisplay"] != .boolean(false) {
            let name = subcommand["commandName"]?.string ?? ""
            guard name != "help" else { continue }
            lines.append(".SS assay \(escaped(name))")
            lines += paragraph(subcommand["abstract"]?.string) + paragraph(subcommand["discussion"]?.string)
            for argument in subcommand["arguments"]?.elements ?? [] where argument["shouldDisplay"] != .boolean(false) {
                lines += self.argument(argument)
            }
        }
        lines += [".SH EXIT STATUS"] + exitStatus
        return lines.joined(separator: "\n") + "\n"
    }

    private static func argument(_ argument: JSONValue) -> [String] {
        let value = argument["valueName"]?.string ?? ""
        let names = (argument["names"]?.elements ?? []).map { name in
            (name["kind"]?.string == "short" ? "-" : "--") + (name["name"]?.string ?? "")
        }
        var head = names.map { "\\fB\(escaped($0))\\fR" }.joined(separator: ", ")
        if argument["kind"]?.string == "option" { head += " \\fI\(escaped(value))\\fR" }
        if argument["kind"]?.string == "positional" { head = "\\fI\(escaped(value))\\fR" }
        let text = [argument["abstract"]?.string, argument["discussion"]?.string].compactMap(\.self).joined(
            separator: " ")
        return [".TP", head, escaped(text)]
    }

    private static func paragraph(_ text: String?) -> [String] {
        guard let text else { return [] }
        var lines: [String] = [".PP"]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            // Examples are indented or have columns in the help; they keep their lines.
            if line.contains("  ") { lines.append(".br") }
            lines.append(line.isEmpty ? ".PP" : escaped(String(line)))
        }
        return lines
    }

    private static let exitStatus = [
        ("0", "Everything was evaluated and passed; warnings are allowed unless --fail-on warn."),
        ("1", "Data failed."),
        ("2", "Wrong usage, or project files with mistakes; nothing was run."),
        ("3", "Something could not be evaluated."), ("4", "Evaluated, but not recorded."),
        ("130, 143", "Interrupted."),
    ].flatMap { [".TP", $0.0, $0.1] }

    private static func escaped(_ text: String) -> String {
        let safe = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
    }
}
