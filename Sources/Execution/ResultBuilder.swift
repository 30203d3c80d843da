import Catalog
import Checks
import ExactJSON
import Planning

/// Makes the result of one check from what its probes gave.
struct ResultBuilder {
    let planned: PlannedCheck
    let answers: [Probe.ID: ScanRunner.Answer]
    /// Why the answers count for nothing.
    let loss: CheckFailure?
    /// What earlier steps of the same run measured, oldest first.
    let earlierSteps: [PastMeasurement]

    func result() -> CheckResult {
        var result = CheckResult(check: planned.check, outcome: .error)
        for probe in planned.answer.probes {
            result.duration = max(result.duration, answers[probe]?.duration ?? .zero)
        }
        if let loss {
            result.failure = loss
            return result
        }
        switch planned.answer {
        case .proved(let constraint):
            result.outcome = .pass
            result.failing = 0
            result.provedBy = constraint
        case .settled(let failing, let total, let reason):
            judge(.rows(failing: failing, total: total), into: &result)
            result.reason = reason
        case .impossible(let failure):
            result.failure = failure
        case .skipped(let reason):
            result.outcome = .skip
            result.reason = reason
        case .rows(let failing, let total):
            do throws(CheckFailure) {
                let total = try total.map { column throws(CheckFailure) in try count(column) }
                judge(.rows(failing: try count(failing), total: total), into: &result)
            } catch {
                result.failure = error
            }
        case .groups(let column):
            do throws(CheckFailure) {
                judge(try groups(column), into: &result)
            } catch {
                result.failure = error
            }
        case .probability(let test, let statistic, let parameter):
            do throws(CheckFailure) {
                judge(.value(test.probability(of: try cell(statistic), try cell(parameter))), into: &result)
            } catch {
                result.failure = error
            }
        case .value(let column):
            do throws(CheckFailure) {
                judge(.value(try cell(column)), into: &result)
            } catch {
                result.failure = error
            }
        }
        if let note = planned.note, result.reason == nil { result.reason = note }
        keepHistogram(in: &result)
        return result
    }

    /// Takes what later runs compare with; without it they would have nothing, and nobody would know.
    private func keepHistogram(in result: inout CheckResult) {
        guard let column = planned.histogram, result.failure == nil else { return }
        do throws(CheckFailure) {
            let document = try cell(column).flatMap { try? JSONValue(parsing: $0) }
            guard let document, RecordedHistogram(document) != nil else {
                // What is compared with another run's stands, whether this one is recorded or not.
                if result.outcome != .skip { return }
                let count = document?["distinct"].map(\.compactText) ?? "too many"
                throw CheckFailure(
                    .judge, "the column has \(count) different values, too many to record",
                    hint: "At most \(RecordedHistogram.maximumValues) are; give bins, or a baseline in the database.")
            }
            result.histogram = document
        } catch {
            result.outcome = .error
            result.failure = error
        }
    }

    private func judge(_ measured: Measured, into result: inout CheckResult) {
        switch measured {
        case .rows(let failing, let total):
            (result.failing, result.total) = (failing, total)
            if let sample = planned.sample, let relation = planned.relation, let total, total >= max(failing, 1) {
                result.estimate = Estimate(
                    failing: failing, of: total, in: sample, rowsPerBlock: relation.rowsPerBlock)
            }
        case .value(let value):
            let isNumber =
                value.map { ExactDecimal($0) != nil || ["NaN", "Infinity", "-Infinity"].contains($0) } ?? false
            result.value = isNumber ? value : nil
        }
        let judgement =
            (planned.check.kind as? any ComparisonKind).map { compare(measured, as: $0, into: &result) }
            ?? planned.check.outcome(of: measured, sample: planned.sample)
        result.outcome = judgement.outcome
        result.reason = judgement.reason
        if judgement.outcome == .error, result.failure == nil, let reason = judgement.reason {
            result.failure = CheckFailure(
                .judge, reason,
                hint: planned.sample == nil
                    ? "Say what that means with on_empty: pass, fail or skip."
                    : "Look at more of them: raise \"sample\".")
        }
    }

    /// Compares what was measured with earlier measurements.
    private func compare(
        _ measured: Measured, as kind: any ComparisonKind, into result: inout CheckResult
    ) -> Judgement {
        result.value = nil
        guard let past = planned.past else { return Judgement(.error, "earlier measurements were not read") }
        let step = planned.step ?? 0
        guard step < past.moments.count else { return Judgement(.error, "it is not known what the measurement is of") }
        let moment = past.moments[step]
        guard let metric = kind.measure.metric(of: measured) else { return planned.check.outcome(of: .value(nil)) }
        guard Double(metric)?.isFinite == true else {
            // Bounds are about the change: the number itself is never compared with them.
            return Judgement(.error, "\(kind.measure.name) gave a value that cannot be compared with earlier ones")
        }
        result.metric = metric
        let replaced = Set(earlierSteps.map(\.moment))
        let earlier = (past.measurements.filter { !replaced.contains($0.moment) } + earlierSteps)
            .filter { $0.moment.time <= moment.time }.sorted { $0.moment.time < $1.moment.time }
        switch kind.compare(metric, at: moment, with: earlier) {
        case .learning(let reason): return Judgement(.skip, reason)
        case .impossible(let message, let hint):
            result.failure = CheckFailure(.judge, message, hint: hint)
            return Judgement(.error, message)
        case .judged(let value, let expectation):
            result.value = value
            result.expectation = expectation
            return Judgement(planned.check.outcome(of: .value(value)).outcome, expectation.text)
        }
    }

    private func judge(_ groups: GroupFindings, into result: inout CheckResult) {
        result.groups = groups
        (result.failing, result.total) = (groups.failing, groups.total)
        let judgement = planned.check.outcome(of: groups)
        result.outcome = judgement.outcome
        result.reason = judgement.reason
        if judgement.outcome == .error {
            result.failure = CheckFailure(
                .judge, judgement.reason ?? "a group could not be judged",
                hint: "Say what a group without a value means with on_empty: pass, fail or skip.")
        }
    }

    private func groups(_ column: ProbeColumn) throws(CheckFailure) -> GroupFindings {
        guard let text = try cell(column), let document = try? JSONValue(parsing: text),
            let groups = GroupFindings(document)
        else { throw CheckFailure(.execute, "the server sent no findings of groups") }
        return groups
    }

    private func cell(_ column: ProbeColumn) throws(CheckFailure) -> String? {
        guard let answer = answers[column.probe] else {
            throw CheckFailure(.execute, "it was not evaluated")
        }
        if let failure = answer.failures[column.column] { throw failure }
        switch answer.cells {
        case .success(let cells): return column.column < cells.count ? cells[column.column] : nil
        case .failure(let failure): throw failure
        }
    }

    private func count(_ column: ProbeColumn) throws(CheckFailure) -> Int {
        guard let count = try cell(column).flatMap({ Int($0) }) else {
            throw CheckFailure(.execute, "the server sent no count")
        }
        return count
    }
}
