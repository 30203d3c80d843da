import ExactJSON

/// A property of an object: a column.
struct OdcsProperty {
    let name: String
    let id: String?
    let column: String
    let document: JSONValue

    /// Reads a property.
    init(_ document: JSONValue) {
        self.document = document
        name = document["name"]?.scalarText ?? ""
        id = document["id"]?.scalarText
        column = document["physicalName"]?.scalarText ?? name
    }

    /// Whether it is a part of the primary key.
    var isPrimaryKey: Bool { document["primaryKey"] == true }

    /// Its place in the primary key; after all others where none is given.
    var keyPosition: Int {
        guard let position = document["primaryKeyPosition"]?.scalarText.flatMap({ Int($0) }), position > 0 else {
            return .max
        }
        return position
    }

    /// The logical type in small letters.
    var logicalType: String? { document["logicalType"]?.scalarText?.lowercased() }
    /// The database's type.
    var physicalType: String? { document["physicalType"]?.scalarText }

    /// Whether the column holds JSON, as far as the contract says.
    var isDocument: Bool { physicalType?.lowercased().hasPrefix("json") ?? false }

    /// Whether the column holds text, as far as the contract says.
    var isText: Bool {
        let type = physicalType?.lowercased() ?? ""
        return ["text", "varchar", "char", "string", "citext"].contains { type.hasPrefix($0) }
    }

    /// What all of the property became.
    func rules(of object: OdcsObject, in contract: OdcsContract) -> [OdcsRule] {
        var rules: [OdcsRule] = []
        func add(_ label: String, _ conversion: RuleConversion) {
            rules.append(
                OdcsRule(name: "\(object.name).\(name) \(label)", table: object.table, conversion: conversion))
        }
        if let type = OdcsType.conversion(of: self) { add(type.label, type.conversion) }
        if document["required"] == true { add("required", check("not_null")) }
        if document["unique"] == true { add("unique", check("unique")) }
        if let entries = document["enum"]?.elements { add("enum", accepted(entries.map { $0["value"] ?? $0 })) }
        for option in OdcsTypeOptions(self).conversions { add(option.label, option.conversion) }
        for nested in OdcsNested.conversions(of: self) { add(nested.label, nested.conversion) }
        for relationship in document["relationships"]?.elements ?? [] {
            rules.append(OdcsRelationship.rule(relationship, of: object, from: self, in: contract))
        }
        return rules + OdcsQuality.rules(document["quality"], of: object, property: self, in: contract)
    }

    /// A check of the column.
    func check(_ kind: String, _ arguments: JSONValue = .object([])) -> RuleConversion {
        RuleConversion(ImportedCheck(kind, column: column, arguments))
    }

    /// A condition on the row that holds in every row.
    func expect(_ expression: String) -> RuleConversion {
        RuleConversion(ImportedCheck("expect", ["expression": .string(expression)]))
    }

    /// Values of which every one must be, NULL apart.
    func accepted(_ values: [JSONValue]) -> RuleConversion {
        let present = values.filter { $0 != .null }
        guard !present.isEmpty, present.allSatisfy({ $0.scalarText != nil }) else {
            return .notConverted("it lists no plain values")
        }
        return check("accepted_values", ["values": .array(present)])
    }
}
