import ExactJSON
import Foundation

/// What was measured, as a table for people and as JSON.
struct Report {
    var scale: Double
    var rounds: Int
    var postgresVersion = ""
    var assayVersion = ""
    var figures: [Figure] = []
    var failures: [Failure] = []

    /// A workload, or what was left of it, that could not be measured.
    struct Failure {
        var workload: String
        var reason: String
    }

    init(scale: Double, rounds: Int) {
        self.scale = scale
        self.rounds = rounds
    }

    private var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }

    private static let head = [
        "workload", "what", "floor", "floor s", "assay s", "ratio", "min–max", "added s", "CPU s", "peak MB",
    ]

    private var circumstances: String {
        "PostgreSQL \(postgresVersion) · assay \(assayVersion) · \(coreCount) cores · scale "
            + "\(scale) · medians of \(rounds) rounds, ranges of the ratios of one round"
    }

    /// The table in Markdown, below a line about its circumstances.
    var markdown: String {
        let rows = [Self.head, Self.head.map { _ in "---" }] + figures.map(Self.cells)
        return ([circumstances, ""] + rows.map { "| \($0.joined(separator: " | ")) |" }).joined(separator: "\n") + "\n"
    }

    /// The table, with a line about its circumstances and one for every failure.
    var table: String {
        let rows = [Self.head] + figures.map(Self.cells)
        let widths = Self.head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return column < 3 ? row[column] + padding : padding + row[column]
            }.joined(separator: "  ")
        }
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
        let notes = failures.map { "NOT MEASURED \($0.workload): \($0.reason)" }
        return ([circumstances, "", lines[0], rule] + lines.dropFirst() + notes).joined(separator: "\n")
    }

    private static func cells(_ figure: Figure) -> [String] {
        let range = figure.ratioRange.map { "\(decimal($0.lowerBound))–\(decimal($0.upperBound))" }
        return [
            figure.workload, figure.what, figure.floor?.label ?? "none",
            figure.floor.map { seconds($0.wallSeconds) } ?? "", seconds(figure.assay.wallSeconds),
            figure.ratio.map { decimal($0) } ?? "", range ?? "", added(figure),
            seconds(figure.assay.cpuSeconds), decimal(Double(figure.assay.peakBytes) / 1_048_576, places: 0),
        ]
    }

    /// The added time, and what of it is due to each unit.
    private static func added(_ figure: Figure) -> String {
        guard let all = figure.addedSeconds else { return "" }
        guard let units = figure.units else { return seconds(all) }
        return "\(seconds(all)), \(decimal(all / Double(units) * 1_000_000, places: 0)) µs each"
    }

    var json: String {
        let document: JSONValue = [
            "postgresql": .string(postgresVersion),
            "assay": .string(assayVersion),
            "cores": .number(String(coreCount)),
            "scale": .number(of: scale),
            "rounds": .number(String(rounds)),
            "figures": .array(figures.map(\.json)),
            "failures": .array(
                failures.map { ["workload": .string($0.workload), "reason": .string($0.reason)] }),
        ]
        return document.indentedText + "\n"
    }

    static func seconds(_ value: Double) -> String { decimal(value, places: 3) }

    static func decimal(_ value: Double, places: Int = 2) -> String {
        String(format: "%.\(places)f", value)
    }
}
