package import Checks

/// How many incidents an owner was called to on a day, and how many of them somebody took up.
package struct AlertLoad: Sendable, Hashable {
    package var owner: String?
    package var date: CivilDate
    package var incidents: Int
    package var acknowledged: Int

    /// The load of the incidents that were detected in the period, by owner and local day.
    package static func days(of status: AgreementStatus) -> [AlertLoad] {
        let detected = status.incidents.filter { status.period.contains($0.failure.detectedAt) }
        struct Key: Hashable {
            var owner: String?
            var date: CivilDate
        }
        let groups = Dictionary(grouping: detected) {
            Key(owner: $0.owner, date: status.zone.local($0.failure.detectedAt).date)
        }
        return groups.map { key, incidents in
            AlertLoad(
                owner: key.owner, date: key.date, incidents: incidents.count,
                acknowledged: incidents.count { $0.acknowledgedAt != nil })
        }.sorted { ($0.owner ?? "", $0.date) < ($1.owner ?? "", $1.date) }
    }
}
