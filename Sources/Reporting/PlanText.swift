import Catalog
import Checks
package import Planning
import StructuredSQL

/// A plan for people: what is proved, what cannot be asked, and each statement with its checks.
package struct PlanText {
    private let plan: Plan
    private let style: TerminalStyle
    private let explainsChoices: Bool
    private let checks: [String: Check]

    /// With `explainsChoices` each statement says why it has its form.
    package init(_ plan: Plan, style: TerminalStyle, explainsChoices: Bool = false) {
        self.explainsChoices = explainsChoices
        self.plan = plan
        self.style = style
        checks = Dictionary(plan.checks.map { ($0.check.id, $0.check) }, uniquingKeysWith: { first, _ in first })
    }

    package var text: String {
        var lines: [String] = []
        for (number, scan) in plan.scans.enumerated() {
            lines += self.lines(of: scan, number: number + 1)
        }
        lines += section("proved by the catalog, no row is read", .green) { planned in
            if case .proved(let constraint) = planned.answer { "by \(constraint)" } else { nil }
        }
        lines += section("answered by the catalog", .green) { planned in
            if case .settled(_, _, let reason) = planned.answer { reason } else { nil }
        }
        lines += section("cannot be evaluated", .magenta) { planned in
            guard case .impossible(let failure) = planned.answer else { return nil }
            return failure.message + (failure.hint.map { " · hint: \($0)" } ?? "")
        }
        lines += section("skipped", .dim) { planned in
            if case .skipped(let reason) = planned.answer { reason } else { nil }
        }
        let shared = plan.scans.count(where: \.isShared)
        lines.append(
            "\(NumberText.plural(plan.checks.count, "check")), \(NumberText.plural(plan.scans.count, "statement")): "
                + "\(NumberText.plural(shared, "shared scan")), \(plan.scans.count - shared) apart")
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(of scan: Scan, number: Int) -> [String] {
        let rows = scan.relation.estimatedRowCount.map { "about \(NumberText.grouped(Int($0))) rows" } ?? "size unknown"
        let kind = scan.isShared ? "shared scan" : "apart"
        var lines = [
            style.paint("\(number). \(kind)", .bold)
                + " of \(TerminalText.harmless(scan.dataset.description)) (\(scan.relation.kind.label), \(rows), "
                + "\(NumberText.grouped(scan.relation.sizeBytes / 1024)) kB)"
        ]
        for id in scan.checks {
            let nulls = checks[id].map {
                type(of: $0.kind).definition.quantities == [.value] ? "" : "nulls: \($0.nulls.rawValue)"
            }
            lines.append("   - \(TerminalText.harmless(id))  " + style.paint(nulls ?? "", .dim))
        }
        if explainsChoices {
            for choice in scan.choices {
                let verb = choice.isTaken ? "taken" : "left"
                lines.append(
                    "   "
                        + style.paint(
                            "\(choice.optimisation.rawValue) \(verb): \(TerminalText.harmless(choice.reason))", .dim))
            }
        }
        if let screen = scan.screen {
            lines += self.lines(of: screen)
            lines.append("   " + style.paint("and only if that gives NULL:", .dim))
        }
        lines += self.lines(of: scan.statement(in: plan))
        return lines.map(\.trimmingSpacesAtEnd) + [""]
    }

    private func lines(of statement: SQL) -> [String] {
        statement.literalText.split(separator: "\n", omittingEmptySubsequences: true)
            .map { "     " + style.paint(TerminalText.harmless(String($0)), .cyan) }
    }

    private func section(
        _ title: String, _ look: TerminalStyle.Look, _ note: (PlannedCheck) -> String?
    ) -> [String] {
        let entries = plan.checks.compactMap { planned in note(planned).map { (planned.check, $0) } }
        guard !entries.isEmpty else { return [] }
        let lines = entries.map { check, note in
            "   - \(TerminalText.harmless(check.id))  " + style.paint(TerminalText.harmless(note), .dim)
        }
        return [style.paint(title, look)] + lines + [""]
    }
}
