package import Checks

/// What audits cost, for people: datasets by the time they took on the server, and their checks, the dearest first.
package struct CostText {
    private let costs: [CheckCost]
    private let days: Int
    private let style: TerminalStyle

    package init(_ costs: [CheckCost], days: Int, style: TerminalStyle) {
        self.costs = costs
        self.days = days
        self.style = style
    }

    package var text: String {
        let whole = Self.sum(costs)
        let datasets = Dictionary(grouping: costs, by: \.dataset)
            .sorted { (Self.sum($0.value), $1.key) > (Self.sum($1.value), $0.key) }
        let names = costs.flatMap { [$0.dataset, "  " + name(of: $0)] }
        let width = min(60, max(8, names.map { TerminalText.width(TerminalText.harmless($0)) }.max() ?? 8))
        var lines = [
            style.paint(
                TerminalText.padded("time on the server, \(days) days", to: width)
                    + "        total   share     a run    runs",
                .bold)
        ]
        for (dataset, checks) in datasets {
            let runs = checks.map(\.runs).max() ?? 0
            lines.append(line(dataset, Self.sum(checks), of: whole, runs: runs, width))
            for check in checks.sorted(by: { ($0.total, $1.check) > ($1.total, $0.check) }) {
                lines.append(line("  " + name(of: check), check.total, of: whole, runs: check.runs, width))
            }
        }
        lines.append(line("all", whole, of: whole, runs: costs.map(\.runs).max() ?? 0, width))
        return lines.joined(separator: "\n") + "\n"
    }

    private func name(of cost: CheckCost) -> String {
        cost.check.hasPrefix(cost.dataset + ".") ? String(cost.check.dropFirst(cost.dataset.count + 1)) : cost.check
    }

    private func line(_ name: String, _ total: Duration, of whole: Duration, runs: Int, _ width: Int) -> String {
        let label = TerminalText.padded(TerminalText.cut(TerminalText.harmless(name), to: width), to: width)
        let share = NumberText.percent(total.milliseconds, of: max(1, whole.milliseconds))
        let columns = [
            (total.text, 13), (share, 8), ((total / max(1, runs)).text, 10), (NumberText.grouped(runs), 8),
        ]
        return label
            + columns.map { text, size in " " + TerminalText.padded(text, to: size - 1, isRight: true) }.joined()
    }

    private static func sum(_ costs: [CheckCost]) -> Duration { costs.reduce(.zero) { $0 + $1.total } }
}
