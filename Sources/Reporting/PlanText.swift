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
    private let profiles: [StatementProfile?]

    /// With `explainsChoices` each statement says why it has its form; `profiles` are the server's, of each scan.
    package init(
        _ plan: Plan, style: TerminalStyle, explainsChoices: Bool = false, profiles: [StatementProfile?] = []
    ) {
        self.explainsChoices = explainsChoices
        self.profiles = profiles
        self.plan = plan
        self.style = style
        checks = Dictionary(plan.checks.map { ($0.check.id, $0.check) }, uniquingKeysWith: { first, _ in first })
    }

    package var text: String {
        var lines: [String] = []
        for (index, scan) in plan.scans.enumerated() {
            lines += self.lines(of: scan, number: index + 1, index < profiles.count ? profiles[index] : nil)
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
                + "\(NumberText.plural(shared, "shared scan")), \(plan.scans.count - shared) apart" + summary)
        return lines.joined(separator: "\n") + "\n"
    }

    /// What all statements cost together.
    private var summary: String {
        let known = profiles.compactMap { $0 }
        guard !known.isEmpty else { return "" }
        let cost = "; cost \(NumberText.grouped(Int(known.reduce(0) { $0 + $1.cost }.rounded())))"
        let actual = known.compactMap(\.actual)
        guard !actual.isEmpty else { return cost }
        let time = actual.reduce(Duration.zero) { $0 + $1.planning + $1.execution }
        return cost + ", \(NumberText.seconds(time)) one after the other"
    }

    private func line(of profile: StatementProfile) -> String {
        var facts = ["cost \(NumberText.grouped(Int(profile.cost.rounded())))"]
        if let actual = profile.actual {
            facts.append("planning \(NumberText.seconds(actual.planning))")
            facts.append("execution \(NumberText.seconds(actual.execution))")
            facts.append("\(NumberText.grouped(actual.rowsRead)) rows read")
            facts.append(
                "\(NumberText.plural(actual.blocksHit, "block")) from cache, \(NumberText.grouped(actual.blocksRead)) from outside"
            )
            if actual.temporaryBlocks > 0 {
                facts.append("\(NumberText.plural(actual.temporaryBlocks, "block")) written to temporary files")
            }
            if actual.workers > 0 { facts.append(NumberText.plural(actual.workers, "parallel worker")) }
        }
        return "   " + style.paint(facts.joined(separator: ", "), .dim)
    }

    private func lines(of scan: Scan, number: Int, _ profile: StatementProfile?) -> [String] {
        let rows = scan.relation.estimatedRowCount.map { "about \(NumberText.grouped(Int($0))) rows" } ?? "size unknown"
        let kind = scan.isShared ? "shared scan" : "apart"
        var lines = [
            style.paint("\(number). \(kind)", .bold)
                + " of \(TerminalText.harmless(scan.dataset.description)) (\(scan.relation.kind.label), \(rows), "
                + "\(NumberText.grouped(scan.relation.sizeBytes / 1024)) kB)"
        ]
        if let profile { lines.append(line(of: profile)) }
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
        for implication in scan.impliedBy {
            let condition =
                implication.isSame ? "could not be evaluated" : "finds duplicates, or could not be evaluated"
            lines.append("   " + style.paint("only if \(TerminalText.harmless(implication.check)) \(condition):", .dim))
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
