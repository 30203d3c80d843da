import ExactJSON

/// Makes suites of data contracts in the Open Data Contract Standard, version 3.
///
/// A dataset is an object's physical name, or its name, in the schema of the contract's PostgreSQL server: the first of
/// type `postgres` or `postgresql`, else the first of Cloud SQL. Without one, tables have no schema.
///
/// Where the standard leaves open what a metric counts, it is read as its reference implementation, the Data Contract
/// CLI, does, and the item says so.
package enum OdcsImporter {
    /// Everything that the contracts say of the data: an item for each rule.
    package static func project(from sources: [ImportSource]) -> ImportedProject {
        var project = ImportedProject()
        for source in sources { read(source, into: &project) }
        return project
    }

    private static func read(_ source: ImportSource, into project: inout ImportedProject) {
        guard case .document(let document) = source.content, document["kind"] == "DataContract" else {
            project.note(source.path, .notConverted, "no data contract: a document with kind: DataContract")
            return
        }
        guard document["dataset"] == nil else {
            project.note(source.path, .notConverted, "the standard's version 2, whose tables stand under dataset")
            return
        }
        let contract = OdcsContract(document)
        let rules = contract.rules
        for rule in rules {
            project.take(rule.conversion, of: "\(source.path): \(rule.name)", for: rule.table.text)
        }
        for rule in rules { if let schedule = rule.schedule { give(schedule, to: rule.table.text, in: &project) } }
        addAgreement(of: contract, with: rules.compactMap(\.objective), to: &project)
        for object in contract.objects { describe(object, in: &project) }
        for time in OdcsServiceLevel.timeColumns(of: contract) {
            guard project.suites.contains(where: { $0.dataset == time.table.text }) else { continue }
            project.withSuite(time.table.text) { suite in
                guard suite.timeColumn == nil else { return }
                (suite.timeColumn, suite.timeZone) = (time.column, time.zone)
            }
        }
    }

    /// Gives the suite of a table, and its queries without one, a schedule.
    private static func give(_ schedule: JSONValue, to dataset: String, in project: inout ImportedProject) {
        if project.suites.contains(where: { $0.dataset == dataset }) {
            project.withSuite(dataset) { $0.schedule = $0.schedule ?? schedule }
        }
        for index in project.queries.indices where project.queries[index].dataset == dataset {
            guard !project.queries[index].headers.contains(where: { $0.name == "schedule" }) else { continue }
            project.queries[index].headers.append((name: "schedule", value: schedule.compactText))
        }
    }

    private static func addAgreement(
        of contract: OdcsContract, with objectives: [ImportedObjective], to project: inout ImportedProject
    ) {
        guard !objectives.isEmpty else { return }
        var agreement = ImportedAgreement(name: contract.agreementName)
        let description = contract.document["description"]
        agreement.description = description?.scalarText ?? description?["purpose"]?.scalarText
        for var objective in objectives {
            let names = Set(agreement.objectives.map(\.name))
            objective.name = ImportedProject.free(objective.name, among: names, joinedBy: "-")
            agreement.objectives.append(objective)
        }
        project.add(agreement)
    }

    /// Gives the suite of an object, if there is one, what the contract says of the object.
    private static func describe(_ object: OdcsObject, in project: inout ImportedProject) {
        let name = object.table.text
        guard project.suites.contains(where: { $0.dataset == name }) else { return }
        project.withSuite(name) { suite in
            suite.description = suite.description ?? object.document["description"]?.scalarText
            suite.key = object.primaryKey.map(\.column)
            suite.tags = (object.document["tags"]?.elements ?? []).compactMap(\.scalarText)
        }
    }
}

/// A rule of a contract, and what it became.
struct OdcsRule {
    /// Where it stands and what it says, such as `orders.status required`.
    var name: String
    var table: QualifiedTable
    var conversion: RuleConversion
    /// When the checks of the table are due.
    var schedule: JSONValue?
    /// What the contract promises about its checks.
    var objective: ImportedObjective?
}
