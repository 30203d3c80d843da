import Checks
package import ExactJSON
package import ServiceLevels

/// Service levels in the JSON of the contract.
package struct StatusJSON {
    private let status: AgreementStatus

    package init(_ status: AgreementStatus) {
        self.status = status
    }

    /// The document.
    package var document: JSONValue {
        [
            "report": [
                "sla": .string(status.agreement.name), "consumer": .string(ifPresent: status.agreement.consumer),
                "owner": .string(ifPresent: status.agreement.owner), "period": .string(status.agreement.period.text),
                "zone": .string(status.zone.name), "from": .string(status.period.from.text),
                "to": .string(status.period.to.text), "as_of": .string(status.asOf.text),
            ],
            "objectives": .array(status.objectives.map(objective)),
            "datasets": .array(
                status.datasets.map { dataset in
                    [
                        "dataset": .string(dataset.downtime.dataset),
                        "downtime_seconds": seconds(dataset.downtime.length),
                        "low_seconds": seconds(dataset.downtime.least), "high_seconds": seconds(dataset.downtime.most),
                        "incident_seconds": seconds(dataset.downtime.sum),
                        "last_good": .string(ifPresent: dataset.lastGood?.text),
                        "down_since": .string(ifPresent: dataset.downSince?.text),
                    ]
                }),
        ]
    }

    private func objective(_ result: ObjectiveResult) -> JSONValue {
        let (objective, counts, budget) = (result.objective, result.counts, result.budget)
        return [
            "slo": .string(objective.name), "target": .string(objective.target.decimal),
            "method": .string(objective.method.rawValue), "unknown": .string(objective.unknown.rawValue),
            "attainment": ratio(result.attained), "without_exclusions": ratio(result.withoutExclusions),
            "coverage": ratio(counts.coverage), "coverage_floor": .string(objective.coverage.decimal),
            "timeliness": ratio(counts.timeliness),
            "slots": [
                "due": number(counts.due), "good": number(counts.good), "bad": number(counts.bad),
                "missing": number(counts.missing), "errored": number(counts.errored),
                "assumed_good": number(counts.assumedGood), "assumed_bad": number(counts.assumedBad),
                "excluded": number(counts.excluded), "pending": number(counts.pending),
            ],
            "error_budget": [
                "planned": result.planned.map(number) ?? .null, "spent": number(result.attained.bad),
                "remaining_percent": .string(ifPresent: budget.remainingPercent()),
                "remaining_percent_of_period": .string(ifPresent: budget.remainingPercent(ofPeriod: true)),
            ],
            "exhausted_in_seconds": result.timeToExhaustion(period: status.period.length).map(seconds) ?? .null,
            "burn": .object(
                result.recent.map { hours, recent in
                    .init("\(hours)h", budget.burnThousandths(recent).map { thousandths($0) } ?? .null)
                }),
            "verdict": .string(result.verdict.rawValue),
        ]
    }

    private func ratio(_ ratio: Ratio) -> JSONValue {
        [
            "good": number(ratio.good), "total": number(ratio.total),
            "percent": .string(ifPresent: ratio.percent(digits: 6)),
        ]
    }

    private func number(_ number: Int) -> JSONValue { .number(String(number)) }

    private func seconds(_ microseconds: Int) -> JSONValue { number(microseconds / 1_000_000) }

    private func thousandths(_ number: Int) -> JSONValue {
        let rest = String(number % 1000)
        return .number("\(number / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest)
    }
}
