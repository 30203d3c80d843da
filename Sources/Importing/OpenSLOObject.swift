import ExactJSON

/// An object of OpenSLO v1: a document, or what stands inline in one.
struct OpenSLOObject: Sendable, Hashable {
    /// The file in which it stands.
    let path: String
    let document: JSONValue

    /// What kind of object it is, such as `SLO`; empty for one that stands inline without saying so.
    var kind: String { document["kind"]?.scalarText ?? "" }
    /// The name by which others refer to it; empty if it has none.
    var name: String { metadata("name")?.scalarText ?? "" }
    var displayName: String? { metadata("displayName")?.scalarText }
    var spec: JSONValue { document["spec"] ?? .null }
    var description: String? { spec["description"]?.scalarText }

    /// As the report names it.
    var label: String { "\(path): \(kind) \(name)" }

    private func metadata(_ key: String) -> JSONValue? { document["metadata"]?[key] }

    /// An annotation that `assay export openslo` writes, or a person for `assay import openslo`.
    func annotation(_ key: Annotation) -> String? {
        guard let text = metadata("annotations")?[key.rawValue]?.scalarText, !text.isEmpty else { return nil }
        return text
    }

    /// The parts of an annotation between commas, without empty ones.
    func list(_ key: Annotation) -> [String] {
        (annotation(key) ?? "").split(separator: ",").map { part in
            part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }.filter { !$0.isEmpty }
    }

    /// A label with one value, or several that become one text.
    func label(_ key: String) -> String? {
        guard let value = metadata("labels")?[key] else { return nil }
        let texts = value.scalarText.map { [$0] } ?? value.elements.compactMap(\.scalarText)
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }

    /// Labels and annotations that have no place here; `nil` if there are none.
    ///
    /// - Parameter labels: Labels that are read.
    /// - Returns: A note that names their keys.
    func leftOut(except labels: Set<String> = []) -> String? {
        let read = Set(Annotation.allCases.map(\.rawValue))
        let keys =
            (metadata("labels")?.members ?? []).map(\.name).filter { !labels.contains($0) }
            + (metadata("annotations")?.members ?? []).map(\.name).filter { !read.contains($0) }
        return keys.isEmpty ? nil : "labels and annotations are left out: \(keys.joined(separator: ", "))"
    }

    /// What OpenSLO has no field for: keys of annotations, without a prefix, since that would be somebody's domain.
    enum Annotation: String, CaseIterable {
        /// Names that are no names of OpenSLO.
        case agreement = "assay-sla"
        case objective = "assay-slo"
        /// A text that is longer than a description may be.
        case description = "assay-description"
        case hours = "assay-hours"
        case holidays = "assay-holidays"
        /// Datasets whose incidents are more urgent, separated by commas.
        case keyDatasets = "assay-key-datasets"
        /// The zone of a rolling window.
        case zone = "assay-zone"
        case unknown = "assay-unknown"
        case coverage = "assay-coverage"
        /// Windows with the burn rates at which somebody has to look, such as `1h: 14.4, 6h: 6`.
        case burn = "assay-burn"
        /// A slice that is no whole number of minutes.
        case slice = "assay-slice"
        /// Selectors of checks, separated by commas, for an indicator that only another tool can measure.
        case checks = "assay-checks"
    }
}

extension JSONValue {
    /// A member that says something: null is none.
    func given(_ key: String) -> JSONValue? {
        self[key] == .null ? nil : self[key]
    }
}
