import ExactJSON

/// An object of a contract: a table or a view.
struct OdcsObject {
    let name: String
    let id: String?
    let table: QualifiedTable
    let document: JSONValue
    /// Its columns; a measure, which is computed from them, is none.
    let properties: [OdcsProperty]
    private let measures: [String]

    /// Reads an object of a server with a schema.
    init(_ document: JSONValue, schema: String?) {
        self.document = document
        name = document["name"]?.scalarText ?? ""
        id = document["id"]?.scalarText
        let physicalName = document["physicalName"]?.scalarText ?? name
        var table = QualifiedTable(parsing: physicalName) ?? QualifiedTable(schema: nil, table: physicalName)
        table.schema = table.schema ?? schema
        self.table = table
        let all = document["properties"]?.elements ?? []
        properties = all.filter { $0["semanticType"] != "measure" }.map(OdcsProperty.init)
        measures = all.filter { $0["semanticType"] == "measure" }.compactMap { $0["name"]?.scalarText }
    }

    /// The properties of the primary key, by their position in it.
    var primaryKey: [OdcsProperty] {
        let keyed = properties.enumerated().filter { $0.element.isPrimaryKey }
        return keyed.sorted { left, right in
            let (first, second) = (left.element.keyPosition, right.element.keyPosition)
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
    }

    /// What all of the object became.
    func rules(in contract: OdcsContract) -> [OdcsRule] {
        var rules: [OdcsRule] = []
        func add(_ label: String, _ conversion: RuleConversion) {
            rules.append(OdcsRule(name: "\(name) \(label)", table: table, conversion: conversion))
        }
        if let type = document["physicalType"]?.scalarText { add("physicalType \(type)", relation(type)) }
        if !properties.isEmpty {
            let columns = JSONValue.array(properties.map { .string($0.column) })
            add("properties", RuleConversion(ImportedCheck("column_exists", ["columns": columns])))
        }
        for measure in measures { add("\(measure)", .notConverted("a measure is computed from columns and is none")) }
        if let rule = keyRule { rules.append(rule) }
        rules += (document["relationships"]?.elements ?? []).map { OdcsRelationship.rule($0, of: self, in: contract) }
        rules += OdcsQuality.rules(document["quality"], of: self, property: nil, in: contract)
        return rules + properties.flatMap { $0.rules(of: self, in: contract) }
    }

    private var keyRule: OdcsRule? {
        let columns = primaryKey.map(\.column)
        guard let first = columns.first else { return nil }
        let check =
            columns.count == 1
            ? ImportedCheck("primary_key", column: first)
            : ImportedCheck("primary_key", ["columns": .array(columns.map(JSONValue.string))])
        return OdcsRule(
            name: "\(name) primaryKey \(columns.joined(separator: ", "))", table: table,
            conversion: RuleConversion(check))
    }

    /// What kind of relation it must be.
    private func relation(_ type: String) -> RuleConversion {
        let kind = type.lowercased().replacing("_", with: " ").replacing("-", with: " ")
        switch kind {
        case "table", "view", "materialized view", "foreign table":
            return RuleConversion(ImportedCheck("table_exists", ["as": .string(kind)]))
        case "materializedview":
            return RuleConversion(ImportedCheck("table_exists", ["as": "materialized view"]))
        case "external table":
            return RuleConversion(ImportedCheck("table_exists", ["as": "foreign table"]))
        default:
            return .notConverted("\(type) is no kind of relation of PostgreSQL")
        }
    }
}
