package import Comparison
import ExactJSON
import Foundation
import Statistics

/// A comparison of models for people: the verdict and why, what there is to compare, metrics, slices, disagreements.
package struct ModelText {
    private let result: ModelResult
    private let style: TerminalStyle
    private let rowCount: Int

    /// - Parameters:
    ///   - result: What came of it.
    ///   - style: How to paint.
    ///   - rowCount: Disagreements to show, at most.
    package init(_ result: ModelResult, style: TerminalStyle, rowCount: Int) {
        self.result = result
        self.style = style
        self.rowCount = rowCount
    }

    package var text: String {
        let comparison = result.comparison
        var lines = [style.paint(TerminalText.harmless(comparison.label), .bold) + "  " + verdict]
        lines += result.reasons.map { "  " + TerminalText.harmless($0) }
        if let description = comparison.description { lines.append("  " + TerminalText.harmless(description)) }
        lines.append("  champion    \(input(comparison.champion))")
        lines.append("  challenger  \(input(comparison.challenger))")
        if let coverage = result.coverage { lines += coverageLines(coverage) }
        lines += metricLines + lookLines + disagreementLines
        return lines.map(\.trimmingSpacesAtEnd).joined(separator: "\n") + "\n"
    }

    private var verdict: String {
        switch result.verdict {
        case .promote: style.paint("✓ promote the challenger", .green)
        case .hold: style.paint("- hold: keep the champion", .yellow)
        case .reject: style.paint("✗ reject the challenger", .boldRed)
        case .inconclusive: style.paint("? inconclusive", .magenta)
        }
    }

    private func input(_ input: ModelInput) -> String {
        let version = input.version.map { ", version \($0)" } ?? ""
        return TerminalText.harmless("\(input.column) of \(input.side.label)\(version)")
    }

    private func coverageLines(_ coverage: ModelResult.Coverage) -> [String] {
        let share = coverage.share.map { NumberText.percent($0) } ?? "none"
        let rows = result.comparison.task == .unlabeled ? "rows of the champion" : "labelled rows"
        var lines = [
            "",
            "  \(NumberText.grouped(coverage.complete)) of \(NumberText.grouped(coverage.labelled)) \(rows) have both predictions (\(share))",
        ]
        var facts: [String] = []
        func note(_ count: Int, _ one: String, _ many: String) {
            if count > 0 { facts.append("\(NumberText.grouped(count)) \(count == 1 ? one : many)") }
        }
        note(coverage.unlabelled, "row has no label yet", "rows have no label yet")
        note(coverage.invalidLabels, "label is none that the task knows", "labels are none that the task knows")
        for (name, model) in [("champion", coverage.champion), ("challenger", coverage.challenger)] {
            let wanted =
                result.comparison.task == .binary
                ? "probability" : result.comparison.hasProbabilities ? "set of probabilities" : "number"
            note(model.missing, "row lacks a prediction of the \(name)", "rows lack a prediction of the \(name)")
            note(model.null, "prediction of the \(name) is NULL", "predictions of the \(name) are NULL")
            note(
                model.invalid, "prediction of the \(name) is no \(wanted)",
                "predictions of the \(name) are no \(wanted)")
            note(
                model.orphans, "prediction of the \(name) is for a row that the truth does not have",
                "predictions of the \(name) are for rows that the truth does not have")
        }
        if let flips = result.flips, coverage.complete > 0 {
            let share = NumberText.percent(Double(flips) / Double(coverage.complete))
            lines.append("  the predicted outcome differs on \(NumberText.grouped(flips)) of them (\(share))")
        }
        lines += facts.map { "  " + style.paint($0, .yellow) }
        return lines
    }

    // MARK: Metrics

    private var metricLines: [String] {
        guard !result.metrics.isEmpty else { return [] }
        let isUnlabeled = result.comparison.task == .unlabeled
        let distances = result.metrics.filter(\.metric.isDistance)
        let judged = isUnlabeled ? distances : result.metrics.filter { !$0.metric.isDistance }
        var lines = table(judged + result.slices)
        if !isUnlabeled, !distances.isEmpty {
            let figures = distances.compactMap { one in
                one.challenger.map { "\(one.metric.rawValue) \(Self.number($0))" }
            }
            lines.append("  models apart: " + figures.joined(separator: ", "))
        }
        let note =
            isUnlabeled
            ? "the distance of the challenger from the champion; detectable: the least that four of five such comparisons find"
            : "gain: what the challenger wins, also of losses; detectable: the least that four of five such comparisons find"
        lines.append("  " + style.paint(note, .dim))
        return lines
    }

    private func table(_ all: [MetricEstimate]) -> [String] {
        let confidence = result.comparison.confidence
        let isUnlabeled = result.comparison.task == .unlabeled
        let percent = "\(Self.short(confidence * 100)) % interval"
        var rows: [[String]] = [
            (isUnlabeled ? ["", "distance", percent] : ["", "champion", "challenger", "gain", percent, "p"])
                + ["detectable", result.comparison.task == .ranking ? "queries" : "rows"]
        ]
        for estimate in all {
            let name = estimate.slice.map { "  \($0.column) = \($0.value ?? "NULL")" } ?? ""
            let title = TerminalText.harmless(estimate.metric.rawValue + name)
            let interval = estimate.interval(confidence: confidence)
            let ends = [
                Self.number(estimate.detectable(confidence: confidence)), NumberText.grouped(estimate.rows),
            ]
            if isUnlabeled {
                // A distance is lost by the challenger: the other way round it is what was measured.
                let range = interval.map { "\(Self.number(max(0, -$0.high))) … \(Self.number(-$0.low))" } ?? ""
                rows.append([title, Self.number(estimate.challenger), range] + ends)
            } else {
                let probability =
                    Self.probability(estimate.adjusted ?? estimate.probability)
                    + (estimate.adjusted == nil ? "" : " (Holm)")
                rows.append(
                    [
                        title, Self.number(estimate.champion), Self.number(estimate.challenger),
                        Self.signed(estimate.gain),
                        interval.map { "\(Self.signed($0.low)) … \(Self.signed($0.high))" } ?? "", probability,
                    ] + ends)
            }
        }
        let widths = rows[0].indices.map { column in rows.map { TerminalText.width($0[column]) }.max() ?? 0 }
        var lines = [""]
        for (index, row) in rows.enumerated() {
            let cells = row.enumerated().map { TerminalText.padded($1, to: widths[$0], isRight: $0 > 0) }
            let text = "  " + cells.joined(separator: "  ")
            guard index > 0 else {
                lines.append(style.paint(text, .dim))
                continue
            }
            let estimate = all[index - 1]
            let isPrimary = estimate.metric == result.comparison.primary.metric && estimate.slice == nil
            lines.append(isPrimary ? style.paint(text, .bold) : text)
            if let undefined = estimate.undefined { lines.append("    " + style.paint(undefined, .dim)) }
        }
        return lines
    }

    static func number(_ value: Double?) -> String { value.map { String(format: "%.5g", $0) } ?? "" }

    static func signed(_ value: Double?) -> String {
        value.map { String(format: "%+.4g", $0 == 0 ? 0 : $0) } ?? ""
    }

    static func short(_ value: Double) -> String { String(format: "%.4g", value) }

    /// A number with few digits, or a label as it is.
    private static func short(_ text: String) -> String { Double(text).map(short) ?? text }

    static func probability(_ probability: Probability?) -> String {
        guard let probability else { return "" }
        if probability.value > 0 {
            return String(format: probability.value < 0.001 ? "%.1e" : "%.3f", probability.value)
        }
        return probability.log10.isFinite ? "1e\(Int(probability.log10.rounded(.down)))" : "0"
    }

    /// That the same question was asked before: whoever looks often enough finds something.
    private var lookLines: [String] {
        guard let look = result.look, look > 1 else { return [] }
        let text =
            "look \(look) at these versions: every look at more rows makes a verdict by luck likelier; "
            + "decide by the first one that was planned"
        return ["  " + style.paint(text, .yellow)]
    }

    // MARK: Rows

    private var disagreementLines: [String] {
        let shown = Array(result.disagreements.prefix(rowCount))
        guard !shown.isEmpty else { return [] }
        let rows = shown.map { Self.row($0, of: result.comparison) }
        return ["", "  " + style.paint("where the models disagree most:", .dim)]
            + RowTable(rows: rows, key: result.comparison.key, marked: [], style: style).lines()
    }

    /// A row of the truth with what both models say, and what else they have of it.
    static func row(_ one: ModelResult.Disagreement, of comparison: ModelComparison) -> JSONValue {
        let key = one.key.members
        // What each of them has besides the key and what is shown already; a name that stands twice, once.
        var names = Set(key.map(\.name) + [comparison.truth.column, "truth", "champion", "challenger"])
        let scoreColumns = [nil, comparison.champion.column, comparison.challenger.column]
        let others = zip(one.rows, scoreColumns).flatMap { row, score in
            row.members.filter { $0.name != score && names.insert($0.name).inserted }
        }
        let scores: [JSONValue.Member] = [
            .init("truth", .string(short(one.truth))), .init("champion", .string(short(one.champion))),
            .init("challenger", .string(short(one.challenger))),
        ].filter { comparison.task != .unlabeled || $0.name != "truth" }
        return .object(key + scores + others)
    }
}
