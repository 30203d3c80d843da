import ExactJSON

/// A relationship: a key of one object that must exist in another one.
enum OdcsRelationship {
    /// What a relationship became.
    static func rule(
        _ relationship: JSONValue, of object: OdcsObject, from property: OdcsProperty? = nil,
        in contract: OdcsContract
    ) -> OdcsRule {
        let targets = references(relationship["to"])
        let sources = references(relationship["from"])
        let place = property.map { "\(object.name).\($0.name)" } ?? object.name
        let from = sources.isEmpty ? "" : " from \(sources.joined(separator: ", "))"
        let name = "\(place) relationship\(from) to \(targets.joined(separator: ", "))"
        var rule = OdcsRule(name: name, table: object.table, conversion: .notConverted("it names no property"))
        if let type = relationship["type"]?.scalarText, type != "foreignKey" {
            rule.conversion = .notConverted("a relationship of type \(type) says nothing about the data")
            return rule
        }
        var isKnown = true
        var columns = property.map { [$0.column] } ?? []
        if property == nil {
            let elements = sources.compactMap(contract.element)
            guard let first = elements.first, elements.count == sources.count,
                elements.allSatisfy({ $0.table == first.table })
            else {
                rule.conversion = .notConverted("from names no columns of one object")
                return rule
            }
            rule.table = first.table
            columns = elements.map(\.column)
            isKnown = elements.allSatisfy(\.isKnown)
        }
        let elements = targets.compactMap(contract.element)
        guard let first = elements.first, elements.count == targets.count,
            elements.allSatisfy({ $0.table == first.table })
        else {
            rule.conversion = .notConverted("to names no columns of one object in this contract")
            return rule
        }
        guard columns.count == elements.count else {
            rule.conversion = .notConverted("from and to are not equally long")
            return rule
        }
        isKnown = isKnown && elements.allSatisfy(\.isKnown)
        rule.conversion = RuleConversion(check(columns, to: first.table, elements.map(\.column)))
            .approximated(isKnown ? nil : "the contract has no such property; its name is taken for a column's")
        return rule
    }

    private static func check(_ columns: [String], to table: QualifiedTable, _ others: [String]) -> ImportedCheck {
        if columns.count == 1, table.schema != nil {
            return ImportedCheck("references", column: columns[0], ["to": .string(table.text(of: others[0]))])
        }
        if columns.count == 1 {
            return ImportedCheck(
                "references", column: columns[0], ["to": .string(table.text), "to_columns": .string(others[0])])
        }
        return ImportedCheck(
            "references",
            [
                "columns": .array(columns.map(JSONValue.string)), "to": .string(table.text),
                "to_columns": .array(others.map(JSONValue.string)),
            ])
    }

    private static func references(_ value: JSONValue?) -> [String] {
        if let text = value?.scalarText { return [text] }
        return (value?.elements ?? []).compactMap(\.scalarText)
    }
}
