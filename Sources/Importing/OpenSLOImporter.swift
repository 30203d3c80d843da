import ExactJSON

/// Makes agreements of OpenSLO, version 1.
///
/// A service is an agreement, or several where its objectives have different time windows; each objective of its SLOs
/// is an objective. Indicators that name checks keep them, SQL for PostgreSQL becomes a check where it asks what a check
/// can ask, and what only another tool can measure is left out. What `assay export openslo` writes comes back whole.
package enum OpenSLOImporter {
    /// Everything that the documents say: an item for each service and each objective, and for whatever is left out.
    package static func project(from sources: [ImportSource]) -> ImportedProject {
        var reading = OpenSLOReading(OpenSLOCatalog(sources))
        reading.read()
        return reading.project
    }
}

/// The documents while they become a project.
private struct OpenSLOReading {
    private let catalog: OpenSLOCatalog
    private var promises: [OpenSLOPromise] = []
    /// Ids of checks and names of objectives that are taken.
    private var taken: Set<String> = []
    private(set) var project = ImportedProject()

    init(_ catalog: OpenSLOCatalog) {
        self.catalog = catalog
    }

    mutating func read() {
        for stranger in catalog.strangers { project.note(stranger.name, .notConverted, stranger.reason) }
        let references = catalog.references
        for object in catalog.objects {
            switch object.kind {
            case "SLO": read(slo: object)
            // Of services is said below, when their objectives are known.
            case "Service": break
            case "SLI":
                guard !references.contains("SLI \(object.name)") else { continue }
                project.note(object.label, .notConverted, "no SLO names it")
            case "DataSource": project.take(OpenSLODataSource.conversion(of: object), of: object.label, for: "")
            default: project.take(OpenSLOAlerting.conversion(of: object, in: catalog), of: object.label, for: "")
            }
        }
        addAgreements()
    }

    // MARK: Objectives

    private mutating func read(slo: OpenSLOObject) {
        let entries = slo.spec["objectives"]?.elements ?? []
        let own = entries.filter { $0.given("indicator") != nil || $0.given("indicatorRef") != nil }
        if entries.isEmpty {
            project.note(slo.label, .notConverted, "it has no objectives")
        } else if own.count > 1 {
            project.note(
                slo.label, .notConverted,
                "a composite of \(own.count) indicators; an objective here is about all its checks alike")
        } else {
            for (index, entry) in entries.enumerated() { read(entry, index, of: slo, isOnly: entries.count == 1) }
        }
        for item in OpenSLOAlerting.items(of: slo, in: catalog) {
            project.take(item.conversion, of: item.name, for: "")
        }
    }

    private mutating func read(_ entry: JSONValue, _ index: Int, of slo: OpenSLOObject, isOnly: Bool) {
        let title = entry["displayName"]?.scalarText ?? "\(index + 1)"
        let id = isOnly ? slo.name : "\(slo.name)-\(QualifiedTable.slug(title))"
        let name = slo.annotation(.objective) ?? id
        let item = isOnly ? slo.label : "\(slo.label) \(title)"
        let check = ImportedProject.free(QualifiedTable.plainID(id), among: taken, joinedBy: "_")
        do throws(PromiseRefusal) {
            let promise = try OpenSLOPromise(entry, of: slo, named: name, check: check, in: catalog)
            project.take(promise.conversion, of: item, for: promise.table)
            guard !promise.objective.checks.isEmpty else { return }
            taken.insert(check)
            promises.append(promise)
        } catch {
            project.note(item, .notConverted, error.reason)
        }
    }

    // MARK: Agreements

    /// A service's objectives of one window are an agreement.
    private mutating func addAgreements() {
        var services: [String] = []
        for promise in promises where !services.contains(promise.service) { services.append(promise.service) }
        for service in services { addAgreements(of: service) }
        for object in catalog.objects where object.kind == "Service" && !services.contains(object.name) {
            let isNamed = catalog.references.contains("Service \(object.name)")
            project.note(object.label, .notConverted, isNamed ? "none of its objectives is there" : "no SLO names it")
        }
    }

    private mutating func addAgreements(of service: String) {
        let promises = promises.filter { $0.service == service }
        var windows: [OpenSLOWindow.Key] = []
        for promise in promises where !windows.contains(promise.window.key) { windows.append(promise.window.key) }
        let object = catalog["Service", service]
        let name = QualifiedTable.plainID(object?.annotation(.agreement) ?? service)
        var unread: String?
        for window in windows {
            let suffix = windows.count > 1 ? "-\(window.period.replacing(" ", with: "-"))" : ""
            var agreement = ImportedAgreement(name: name + suffix, period: window.period)
            agreement.zone = window.zone
            if let object { unread = describe(&agreement, by: object) }
            for promise in promises where promise.window.key == window {
                var objective = promise.objective
                let names = Set(agreement.objectives.map(\.name))
                objective.name = ImportedProject.free(objective.name, among: names, joinedBy: "-")
                agreement.objectives.append(objective)
            }
            project.add(agreement)
        }
        guard let object else { return }
        let several = "an agreement for each of its \(windows.count) time windows"
        let conversion = RuleConversion([]).approximated(unread).noted(windows.count > 1 ? several : nil)
        project.take(conversion.noted(object.leftOut(except: ["owner", "consumer"])), of: object.label, for: "")
    }

    /// Gives an agreement what its service says.
    ///
    /// - Returns: What could not be read.
    private func describe(_ agreement: inout ImportedAgreement, by service: OpenSLOObject) -> String? {
        let title = service.displayName.flatMap { $0 == agreement.name ? nil : $0 }
        agreement.description = service.annotation(.description) ?? service.description ?? title
        agreement.owner = service.label("owner")
        agreement.consumer = service.label("consumer")
        agreement.keyDatasets = service.list(.keyDatasets)
        guard let text = service.annotation(.hours) else { return nil }
        guard let hours = OpenSLOHours(text, holidays: service.annotation(.holidays) ?? "") else {
            return "assay-hours and assay-holidays are no hours such as Mon-Fri 08:00-18:00 and days, and left out"
        }
        (agreement.hours, agreement.holidays) = (hours.business, hours.holidays)
        return nil
    }
}
