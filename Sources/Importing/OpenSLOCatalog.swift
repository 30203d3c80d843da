import ExactJSON

/// The objects of all files, which refer to each other by kind and name.
struct OpenSLOCatalog {
    /// In the order of files and documents.
    private(set) var objects: [OpenSLOObject] = []
    /// Documents that are no object of version 1, each with the reason.
    private(set) var strangers: [(name: String, reason: String)] = []

    private static let kinds: Set<String> = [
        "DataSource", "Service", "SLI", "SLO", "AlertPolicy", "AlertCondition", "AlertNotificationTarget",
    ]

    /// Reads documents; a list of objects counts as so many documents.
    init(_ sources: [ImportSource]) {
        for source in sources {
            guard case .document(let document) = source.content else {
                strangers.append((source.path, "no document of OpenSLO: apiVersion: openslo/v1"))
                continue
            }
            let documents = document.elements.isEmpty ? [document] : document.elements
            for document in documents where document != .null {
                take(OpenSLOObject(path: source.path, document: document))
            }
        }
    }

    private mutating func take(_ object: OpenSLOObject) {
        let version = object.document["apiVersion"]?.scalarText ?? ""
        let name = [object.kind, object.name].filter { !$0.isEmpty }.joined(separator: " ")
        func refuse(_ reason: String) {
            strangers.append((name.isEmpty ? object.path : "\(object.path): \(name)", reason))
        }
        switch version {
        case "openslo/v1": break
        case "openslo.com/v2alpha", "openslo/v2alpha":
            return refuse("\(version) is a draft in which fields have other names; version 1 is read: openslo/v1")
        case "openslo/v1alpha", "n9/v1alpha":
            return refuse("\(version) is older and says less; version 1 is read: openslo/v1")
        default: return refuse("no document of OpenSLO: apiVersion: openslo/v1")
        }
        guard Self.kinds.contains(object.kind) else { return refuse("the standard has no such kind") }
        guard !object.name.isEmpty else { return refuse("it has no metadata.name") }
        guard self[object.kind, object.name] == nil else {
            return refuse("another \(object.kind) has this name; the first one counts")
        }
        objects.append(object)
    }

    /// The object of this kind and name; `nil` if no file has it.
    subscript(kind: String, name: String) -> OpenSLOObject? {
        objects.first { $0.kind == kind && $0.name == name }
    }

    /// Names of the indicators and services that objectives refer to, each with its kind in front.
    var references: Set<String> {
        var names: Set<String> = []
        for object in objects where object.kind == "SLO" {
            if let service = object.spec["service"]?.scalarText { names.insert("Service \(service)") }
            for holder in [object.spec] + (object.spec["objectives"]?.elements ?? []) {
                if let name = holder["indicatorRef"]?.scalarText { names.insert("SLI \(name)") }
            }
        }
        return names
    }
}
