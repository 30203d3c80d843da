import ExactJSON

/// A contract: its objects by the names under which the database has them.
struct OdcsContract {
    let document: JSONValue
    let objects: [OdcsObject]
    /// The schema of the PostgreSQL server.
    private let schema: String?

    /// Reads a contract.
    init(_ document: JSONValue) {
        self.document = document
        let servers = document["servers"]?.elements ?? []
        func server(_ types: [String]) -> JSONValue? {
            servers.first { types.contains($0["type"]?.scalarText?.lowercased() ?? "") && $0["schema"] != nil }
        }
        let schema = (server(["postgres", "postgresql"]) ?? server(["cloudsql"]))?["schema"]?.scalarText
        self.schema = schema
        objects = (document["schema"]?.elements ?? []).map { OdcsObject($0, schema: schema) }
    }

    /// What all of the contract became, object by object.
    var rules: [OdcsRule] {
        let rules = objects.flatMap { $0.rules(in: self) }
        return rules + OdcsServiceLevel.rules(of: self, beside: rules)
    }

    /// The name of an agreement: the contract's, else its id.
    var agreementName: String {
        let name = document["name"]?.scalarText ?? document["id"]?.scalarText ?? ""
        return name.isEmpty ? "contract" : QualifiedTable.plainID(name)
    }

    /// What a reference names.
    struct Element {
        var table: QualifiedTable
        var column: String
        /// Whether the contract has it; else it is taken for what its name says.
        var isKnown: Bool
        /// The property, where the contract has it.
        var property: OdcsProperty?
    }

    /// Reads `object.property`, `schema/object_id/properties/property_id`, and `property` where there is one object.
    ///
    /// - Returns: `nil` for what lies in another contract, or inside a column.
    func element(_ reference: String) -> Element? {
        guard !reference.contains("#"), !reference.contains(":") else { return nil }
        if reference.contains("/") {
            let steps = reference.split(separator: "/").map(String.init)
            guard steps.count == 4, steps[0] == "schema", steps[2] == "properties" else { return nil }
            guard let object = objects.first(where: { $0.id == steps[1] || $0.name == steps[1] }),
                let property = object.properties.first(where: { $0.id == steps[3] || $0.name == steps[3] })
            else { return nil }
            return Element(table: object.table, column: property.column, isKnown: true, property: property)
        }
        let parts = reference.split(separator: ".").map(String.init)
        if parts.count == 1, objects.count == 1 { return element(parts[0], of: objects[0]) }
        guard let last = parts.last, parts.count > 1 else { return nil }
        let name = parts.dropLast().joined(separator: ".")
        if let object = objects.first(where: { $0.name == name })
            ?? objects.first(where: { $0.document["physicalName"]?.scalarText == name })
        {
            return element(last, of: object)
        }
        guard parts.count == 2 else { return nil }
        return Element(table: QualifiedTable(schema: schema, table: name), column: last, isKnown: false)
    }

    private func element(_ name: String, of object: OdcsObject) -> Element {
        let property = object.properties.first { $0.name == name } ?? object.properties.first { $0.column == name }
        return Element(
            table: object.table, column: property?.column ?? name, isKnown: property != nil, property: property)
    }
}
