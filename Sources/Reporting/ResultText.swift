import Checks
import ExactJSON
import StructuredSQL

/// One check of a run for people: a line, and below it what is needed to act.
struct ResultText {
    private let result: CheckResult
    private let run: RunRecord
    private let style: TerminalStyle
    private let options: RunText.Options

    init(_ result: CheckResult, run: RunRecord, style: TerminalStyle, options: RunText.Options) {
        self.result = result
        self.run = run
        self.style = style
        self.options = options
    }

    /// The check's lines, none wider than the page but for the command to copy.
    var lines: [String] {
        let check = result.check
        var lines = ["  \(mark) \(style.paint(shortID, titleLook))  \(finding)".trimmingSpacesAtEnd]
        guard result.outcome != .pass, result.outcome != .skip else { return lines }
        var facts = [TerminalText.harmless(options.directory + "\(result.failure?.location ?? check.source)")]
        if result.outcome != .error, let threshold = result.thresholdText { facts.append(threshold) }
        facts.append(check.severity.rawValue)
        if let owner = check.owner { facts.append(TerminalText.harmless(owner)) }
        lines.append("      " + style.paint(facts.joined(separator: " · "), .dim))
        if let description = check.description { lines.append("      " + TerminalText.harmless(description)) }
        if let runbook = check.runbook { lines.append("      runbook: " + TerminalText.harmless(runbook)) }
        if let failure = result.failure {
            let code = failure.sqlState.map { " (SQLSTATE \($0))" } ?? ""
            lines.append("      " + style.paint(TerminalText.harmless(failure.message) + code, .magenta))
            if let hint = failure.hint { lines.append("      hint: " + TerminalText.harmless(hint)) }
        }
        lines += groupLines
        lines += rowLines
        return lines
    }

    private var mark: String { mark(result.outcome) }

    private func mark(_ outcome: Outcome) -> String {
        switch outcome {
        case .pass: style.paint("✓", .green)
        case .warn: style.paint("!", .yellow)
        case .fail: style.paint("✗", .boldRed)
        case .error: style.paint("?", .magenta)
        case .skip: style.paint("-", .dim)
        }
    }

    private var titleLook: TerminalStyle.Look {
        switch result.outcome {
        case .fail: .boldRed
        case .warn: .yellow
        case .error: .magenta
        case .pass, .skip: .dim
        }
    }

    /// The id without the dataset, which stands above.
    private var shortID: String {
        let prefix = result.check.dataset.name + "."
        let id = result.check.id
        return TerminalText.harmless(id.hasPrefix(prefix) ? String(id.dropFirst(prefix.count)) : id)
    }

    private var finding: String {
        switch result.outcome {
        case .error: return "could not be evaluated"
        case .skip: return "skipped: " + TerminalText.harmless(result.reason ?? "")
        default: break
        }
        if let constraint = result.provedBy {
            return style.paint("proved by \(TerminalText.harmless(constraint))", .dim)
        }
        if result.expectation != nil { return TerminalText.harmless(result.reason ?? "") }
        var text = ""
        if let failing = result.failing {
            if let total = result.total {
                text = "\(NumberText.grouped(failing)) of \(NumberText.grouped(total)) \(noun)"
                if let estimate = result.estimate {
                    text += ", \(sampleText(estimate, failing, total))"
                } else if failing > 0, noun == "rows" {
                    text += " (\(NumberText.percent(failing, of: total)))"
                }
            } else {
                text = NumberText.plural(failing, "row")
            }
        } else if let value = result.value {
            text =
                result.check.kind is Fresh
                ? "newest row is \(NumberText.age(seconds: value)) \(value.hasPrefix("-") ? "in the future" : "old")"
                : "value \(NumberText.short(value))"
        }
        guard let reason = result.reason else { return text }
        let safe = TerminalText.harmless(reason)
        return text.isEmpty || result.definition.source == .catalog ? safe : "\(text), \(safe)"
    }

    /// What a sample says of all rows.
    private func sampleText(_ estimate: Estimate, _ failing: Int, _ total: Int) -> String {
        let bounds = "\(NumberText.percent(estimate.low)) to \(NumberText.percent(estimate.high))"
        return
            "a sample of \(estimate.sample.percent) %: \(failing == 0 ? "at most \(NumberText.percent(estimate.high))" : bounds) of all (95 %)"
    }

    /// What the check counts.
    private var noun: String {
        result.definition.noun
    }

    /// The groups that did not pass, the worst first.
    private var groupLines: [String] {
        guard let groups = result.groups, options.rowCount > 0 else { return [] }
        let shown = groups.worst.prefix(options.rowCount)
        var lines = shown.map { group in
            var measured = group.outcome == .error ? "no value that can be judged" : group.outcome.rawValue
            if let failing = group.failing, let total = group.total {
                measured =
                    "\(NumberText.grouped(failing)) of \(NumberText.grouped(total)) (\(NumberText.percent(failing, of: total)))"
            } else if let value = group.value, group.outcome != .error {
                measured = "value \(NumberText.short(value))"
            }
            return "      \(mark(group.outcome)) \(TerminalText.harmless(Self.name(group)))  \(measured)"
        }
        let others =
            [Outcome.error, .fail, .warn, .skip].reduce(0) { $0 + groups.counts[$1, default: 0] } - shown.count
        if others > 0 { lines.append("      " + style.paint("… and \(NumberText.plural(others, "group")) more", .dim)) }
        return lines
    }

    /// `country = DE, plan = NULL`.
    private static func name(_ group: GroupFindings.Group) -> String {
        guard case .object(let members) = group.key else { return group.key.compactText }
        return members.map { member in
            let value = if case .string(let text) = member.value { text } else { member.value.compactText }
            return "\(member.name) = \(member.value == .null ? "NULL" : value)"
        }.joined(separator: ", ")
    }

    private var rowLines: [String] {
        let rows = result.rows
        var lines: [String] = []
        if let problem = rows.problem {
            lines.append("      " + style.paint("rows: " + TerminalText.harmless(problem), .magenta))
        }
        if !result.evidence.isEmpty, options.rowCount > 0 {
            let group = result.groups?.violating.first.map { " where \(TerminalText.harmless(Self.name($0)))" } ?? ""
            lines.append("      " + style.paint("\(result.evidenceTitle ?? "rows behind it")\(group):", .dim))
            let explaining = Array(result.evidence.prefix(options.rowCount))
            lines += RowTable(
                rows: explaining, key: result.check.dataset.key, marked: result.check.columns, style: style
            ).lines()
        }
        let shown = Array(rows.sample.prefix(options.rowCount))
        guard !shown.isEmpty else { return lines }
        let marked = result.check.kind is Unique || !result.check.columns.isEmpty ? result.check.columns : []
        lines += RowTable(rows: shown, key: result.check.dataset.key, marked: marked, style: style).lines()
        let failing = result.wantedFailing ?? shown.count
        if failing > shown.count {
            let kept =
                run.isRecorded
                ? rows.isComplete(of: failing) ? ", all recorded" : ", \(NumberText.grouped(rows.keptCount)) recorded"
                : ""
            let text = "\(shown.count) of \(NumberText.grouped(failing)) rows shown\(kept)"
            // What is compared with an earlier run is not known to a statement.
            let needsPast = (result.check.kind as? any PastKind)?.need.map { !$0.isOfMeasurements } ?? false
            lines.append(
                "      " + style.paint(needsPast ? text : text + " · see all: ", .dim) + (needsPast ? "" : command))
        }
        return lines
    }

    private var command: String {
        "assay show \(Self.shellWord(result.check.id)) | psql \(options.psqlTarget)"
    }

    /// The text as one word of a shell.
    private static func shellWord(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789._-/".unicodeScalars.contains(scalar))
        }
        return isPlain ? text : "'" + TerminalText.harmless(text).replacing("'", with: "'\\''") + "'"
    }
}

extension CheckResult {
    /// What the check's kind says about itself.
    var definition: KindDefinition { type(of: check.kind).definition }

    /// Whether the total is rows of the dataset, and not periods or columns.
    var countsRows: Bool { definition.noun == "rows" }
}
