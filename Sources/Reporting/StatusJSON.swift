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
            "incidents": .array(status.incidents.map { IncidentJSON($0).document }),
            "timeliness": timeliness,
            "exclusions": .array(status.exclusions.map(exclusion)),
            "changes": .array(
                status.changes.map { one in
                    [
                        "at": .string(one.at.text), "subject": .string(one.subject.rawValue), "name": .string(one.name),
                        "change": .string(one.text), "role": .string(ifPresent: one.role),
                    ]
                }),
            "alert_load": .array(
                AlertLoad.days(of: status).map { one in
                    [
                        "owner": .string(ifPresent: one.owner), "date": .string(one.date.text),
                        "incidents": number(one.incidents), "acknowledged": number(one.acknowledged),
                    ]
                }),
            "evidence": [
                "results": number(status.observationCount),
                "checks": .array(
                    status.checks.map { one in
                        [
                            "check": .string(one.check), "definition": .string(ifPresent: one.definition),
                            "results": number(one.resultCount), "good": number(one.counts.good),
                            "bad": number(one.counts.bad), "unknown": number(one.counts.unknown),
                        ]
                    }),
            ],
        ]
    }

    private var timeliness: JSONValue {
        let counts = status.checks.reduce(ObjectiveResult.Counts()) { $0 + $1.counts }
        return [
            "due": number(counts.timeliness.total), "in_time": number(counts.timely), "late": number(counts.late),
            "missing": number(counts.missing), "errored": number(counts.errored), "pending": number(counts.pending),
        ]
    }

    private func exclusion(_ one: ApprovedExclusion) -> JSONValue {
        [
            "id": .string(one.id), "scope": .string(one.scope), "from": .string(one.range.from.text),
            "to": .string(one.range.to.text), "reason": .string(one.reason), "ticket": .string(ifPresent: one.ticket),
            "requested_by": .string(one.requestedBy), "approved_by": .string(one.approvedBy),
            "approved_at": .string(one.approvedAt.text), "retroactive": .boolean(one.isRetroactive),
        ]
    }

    private func objective(_ result: ObjectiveResult) -> JSONValue {
        let (objective, counts, budget) = (result.objective, result.counts, result.budget)
        return [
            "slo": .string(objective.name), "target": .string(objective.target.decimal),
            "targets": .array(
                result.versions.map { version in
                    [
                        "from": .string(version.range.from.text), "to": .string(version.range.to.text),
                        "target": .string(version.budget.target.decimal), "attainment": ratio(version.budget.attained),
                    ]
                }),
            "method": .string(objective.method.rawValue), "unknown": .string(objective.unknown.rawValue),
            "attainment": ratio(result.attained), "without_exclusions": ratio(result.withoutExclusions),
            "restated": result.restated.map(ratio) ?? .null,
            "coverage": ratio(counts.coverage), "coverage_floor": .string(objective.coverage.decimal),
            "timeliness": ratio(counts.timeliness),
            "slots": [
                "due": number(counts.due), "good": number(counts.good), "bad": number(counts.bad),
                "missing": number(counts.missing), "errored": number(counts.errored),
                "assumed_good": number(counts.assumedGood), "assumed_bad": number(counts.assumedBad),
                "excluded": number(counts.excluded), "pending": number(counts.pending),
            ],
            "error_budget": [
                "planned": .number(ifPresent: result.planned), "allowed": .number(ifPresent: budget.allowedOfPeriod),
                "spent": number(result.attained.bad),
                "remaining_percent": .string(ifPresent: budget.remainingPercent()),
                "remaining_percent_of_period": .string(ifPresent: budget.remainingPercent(ofPeriod: true)),
            ],
            "exhausted_in_seconds": optional(result.timeToExhaustion(period: status.period.length)),
            "projected_spent_percent": .string(ifPresent: result.projectedTenths.map(NumberText.tenths)),
            "burn": .object(
                result.recent.map { recent in
                    .init("\(recent.hours)h", budget.burnThousandths(recent.ratio).map { thousandths($0) } ?? .null)
                }),
            "burning": .array(
                result.burning.map { ["window": .string($0.window), "factor": .number($0.factorText)] }),
            "days": .array(
                result.days.map { day in
                    [
                        "date": .string(day.date.text), "good": number(day.attained.good),
                        "total": number(day.attained.total),
                    ]
                }),
            "earlier": .array(
                result.earlier.map { one in
                    [
                        "from": .string(one.from.text), "target": .string(one.target.decimal),
                        "attainment": ratio(one.attained), "verdict": .string(one.verdict.rawValue),
                    ]
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

    private func optional(_ microseconds: Int?) -> JSONValue { microseconds.map(seconds) ?? .null }

    private func seconds(_ microseconds: Int) -> JSONValue { number(microseconds / 1_000_000) }

    private func thousandths(_ number: Int) -> JSONValue {
        let rest = String(number % 1000)
        return .number("\(number / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest)
    }
}
