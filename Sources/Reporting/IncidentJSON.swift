import Checks
package import ExactJSON
package import ServiceLevels

/// An incident in the JSON of the contract: times in seconds, `null` where they are not known.
package struct IncidentJSON {
    private let incident: Incident

    package init(_ incident: Incident) {
        self.incident = incident
    }

    /// The document.
    package var document: JSONValue {
        let failure = incident.failure
        return [
            "id": .string(incident.id), "check": .string(incident.check), "dataset": .string(incident.dataset),
            "severity": .string(incident.severity.rawValue), "owner": .string(ifPresent: incident.owner),
            "status": .string(incident.status.rawValue), "last_good_at": .string(ifPresent: failure.lastGood?.text),
            "first_bad_at": .string(failure.firstBad.text), "detected_at": .string(failure.detectedAt.text),
            "notified_at": .string(ifPresent: incident.notifiedAt?.text),
            "acknowledged_at": .string(ifPresent: incident.acknowledgedAt?.text),
            "repaired_at": .string(ifPresent: incident.repairedAt?.text),
            "first_good_again_at": .string(ifPresent: failure.firstGood?.text),
            "impact_started_at": .string(ifPresent: incident.impactStartedAt?.text),
            "downtime_seconds": seconds(incident.downtime), "ttd_seconds": seconds(incident.timeToDetect),
            "ttn_seconds": seconds(incident.timeToNotify),
            "tta_seconds": seconds(incident.timeToAcknowledge), "ttr_seconds": seconds(incident.timeToRepair),
            "postmortem": .string(ifPresent: incident.postmortem?.link),
            "events": .array(
                incident.events.map { event in
                    [
                        "at": .string(event.recordedAt.text), "kind": .string(event.kind.rawValue),
                        "actor": .string(event.actor), "text": .string(ifPresent: event.text),
                        "link": .string(ifPresent: event.link),
                    ]
                }),
        ]
    }

    private func seconds(_ microseconds: Int?) -> JSONValue {
        .number(ifPresent: microseconds.map { $0 / 1_000_000 })
    }
}
