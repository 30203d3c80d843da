import Foundation
import Statistics

/// The rule that makes a verdict of estimates.
///
/// In this order: too little is known → inconclusive; certainly worse, as a whole or by a guardrail → reject; certainly as
/// good as the goal demands → promote if every guardrail holds for certain, else hold; certainly not worse → hold; else
/// inconclusive. That all guardrails hold needs no correction for their number; that one fails is corrected by Holm.
struct Decision {
    let result: ModelResult
    private(set) var verdict = ModelResult.Verdict.inconclusive
    private(set) var reasons: [String] = []

    init(result: ModelResult) {
        self.result = result
    }

    private var comparison: ModelComparison { result.comparison }

    mutating func decide() {
        guard result.problems.isEmpty else { return conclude(.inconclusive, result.problems) }
        guard let share = result.coverage?.share else { return conclude(.inconclusive, ["no row has a label"]) }
        guard share >= comparison.coverage else {
            return conclude(
                .inconclusive,
                [
                    "both models predicted \(percent(share)) of the labelled rows, less than \(percent(comparison.coverage))"
                ])
        }
        let primary = comparison.primary
        if let estimate = result.metrics.first(where: { $0.metric == primary.metric }), let reason = tooFew(estimate) {
            return conclude(.inconclusive, [reason])
        }
        guard let estimate = result.metrics.first(where: { $0.metric == primary.metric }), let gain = estimate.gain,
            let (low, high) = estimate.interval(confidence: comparison.confidence)
        else {
            let reason = result.metrics.first { $0.metric == primary.metric }?.undefined
            return conclude(.inconclusive, ["\(primary.metric.rawValue) has no interval: \(reason ?? "too few rows")"])
        }
        let name = primary.metric.rawValue
        let isDistance = primary.metric.isDistance
        let measured =
            isDistance
            ? "\(name) is \(number(abs(gain))), between \(number(max(0, -high))) and \(number(-low))"
            : "\(name) gains \(number(gain)), between \(number(low)) and \(number(high))"
        let allowed = primary.goal == .nonInferiority ? primary.margin : 0
        let wanted = primary.goal == .superiority ? primary.margin : -primary.margin
        if high < -allowed {
            return conclude(
                .reject, ["\(measured): \(isDistance ? "certainly more than \(number(allowed))" : "certainly worse")"])
        }
        let guardrails = guardrailEstimates
        let harms = harmful(guardrails)
        guard harms.isEmpty else { return conclude(.reject, [measured] + harms) }
        if low > wanted || (primary.goal == .nonInferiority && low >= wanted) {
            let open = unjudged + guardrails.compactMap { unproven($0.estimate, $0.criterion) }
            return open.isEmpty
                ? conclude(
                    .promote, ["\(measured)\(guardrails.isEmpty ? "" : ", and every guardrail holds")"] + smallSlices)
                : conclude(.hold, [measured] + open + smallSlices)
        }
        if result.coverage?.differing == 0 {
            return conclude(.hold, ["the models predict the same on every row"])
        }
        if low >= -allowed {
            return conclude(.hold, ["\(measured): not worse, not proven better"])
        }
        conclude(
            .inconclusive, ["\(measured): too uncertain", more(estimate, gain, wanted: wanted)].compactMap(\.self))
    }

    private mutating func conclude(_ verdict: ModelResult.Verdict, _ reasons: [String]) {
        (self.verdict, self.reasons) = (verdict, reasons)
    }

    // MARK: Guardrails

    /// Each guardrail with what it is judged by: all rows, or each slice that has enough.
    private var guardrailEstimates: [(criterion: Criterion, estimate: MetricEstimate)] {
        comparison.guardrails.flatMap { criterion -> [(criterion: Criterion, estimate: MetricEstimate)] in
            let estimates =
                criterion.by.isEmpty
                ? result.metrics.filter { $0.metric == criterion.metric }
                : slices(of: criterion).filter { tooFew($0) == nil }
            return estimates.map { (criterion, $0) }
        }
    }

    private func slices(of criterion: Criterion) -> [MetricEstimate] {
        result.slices.filter { $0.metric == criterion.metric && criterion.by.contains($0.slice?.column ?? "") }
    }

    /// Guardrails by slices of which none has enough rows.
    private var unjudged: [String] {
        comparison.guardrails.flatMap { criterion in
            criterion.by.filter { column in
                !slices(of: criterion).contains { $0.slice?.column == column && tooFew($0) == nil }
            }.map { "\(criterion.metric.rawValue) by \($0) is judged nowhere: no slice has enough rows" }
        }
    }

    /// That some slices are not judged.
    private var smallSlices: [String] {
        let small = comparison.guardrails.flatMap { slices(of: $0).filter { tooFew($0) != nil } }.compactMap(\.slice)
        guard !small.isEmpty else { return [] }
        let count = Set(small).count
        return ["\(count) \(count == 1 ? "slice has" : "slices have") too few rows to be judged (min_rows)"]
    }

    /// Why an estimate rests on too few rows; `nil` where it has enough.
    private func tooFew(_ estimate: MetricEstimate) -> String? {
        if let events = estimate.events {
            let wanted = min(Self.minimumEvents, comparison.minimumRows)
            return events >= wanted
                ? nil : "\(describe(estimate)) rests on \(events) rows of the rarer outcome, fewer than \(wanted)"
        }
        return estimate.rows >= comparison.minimumRows
            ? nil
            : "\(describe(estimate)) rests on \(estimate.rows) rows, fewer than the \(comparison.minimumRows) of min_rows"
    }

    /// Fewest rows of the rarer outcome, unless `min_rows` is less.
    private static let minimumEvents = 30

    private func harmful(_ guardrails: [(criterion: Criterion, estimate: MetricEstimate)]) -> [String] {
        let judged = guardrails.compactMap { one in
            one.estimate.probabilityOfHarm(beyond: one.criterion.margin).map { (one: one, probability: $0) }
        }
        let adjusted = MultipleTests.holm(judged.map(\.probability))
        return zip(judged, adjusted).compactMap { entry, probability in
            guard probability.value < (1 - comparison.confidence) / 2 else { return nil }
            return
                "\(describe(entry.one.estimate)) loses more than \(number(entry.one.criterion.margin)): \(range(entry.one.estimate))"
        }
    }

    private func unproven(_ estimate: MetricEstimate, _ criterion: Criterion) -> String? {
        if let reason = tooFew(estimate) { return reason }
        guard let (low, _) = estimate.interval(confidence: comparison.confidence) else {
            return "\(describe(estimate)) has no interval: \(estimate.undefined ?? "too few rows")"
        }
        guard low < -criterion.margin else { return nil }
        return "\(describe(estimate)) may lose more than \(number(criterion.margin)): \(range(estimate))"
    }

    private func more(_ estimate: MetricEstimate, _ gain: Double, wanted: Double) -> String? {
        guard let error = estimate.standardError, gain > wanted else { return nil }
        let quantile = NormalDistribution.quantile(upperTail: (1 - comparison.confidence) / 2)
        let needed = Double(estimate.rows) * pow(quantile * error / (gain - wanted), 2)
        guard needed.isFinite, needed < 1e12 else { return nil }
        return
            "if it stays at \(number(gain)), about \(Int((needed - Double(estimate.rows)).rounded(.up))) further rows would decide"
    }

    // MARK: Words

    private func describe(_ estimate: MetricEstimate) -> String {
        guard let slice = estimate.slice else { return estimate.metric.rawValue }
        return "\(estimate.metric.rawValue) where \(slice.column) is \(slice.value ?? "NULL")"
    }

    private func range(_ estimate: MetricEstimate) -> String {
        guard let (low, high) = estimate.interval(confidence: comparison.confidence) else { return "unknown" }
        return "between \(number(low)) and \(number(high))"
    }

    private func number(_ value: Double) -> String { String(format: "%.4g", value) }

    private func percent(_ share: Double) -> String { String(format: "%.4g %%", share * 100) }
}
