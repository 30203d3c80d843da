import ExactJSON

/// What a contract says of the inside of a column: the properties of an object, the items of an array.
enum OdcsNested {
    /// What became of each nested property, and of what is said of it.
    static func conversions(of property: OdcsProperty) -> [(label: String, conversion: RuleConversion)] {
        inside(property.document, path: "$", name: "", of: property)
    }

    private static func inside(
        _ document: JSONValue, path: String, name: String, of property: OdcsProperty
    ) -> [(label: String, conversion: RuleConversion)] {
        var result: [(label: String, conversion: RuleConversion)] = []
        var children = (document["properties"]?.elements ?? []).map { child in
            let name = child["name"]?.scalarText ?? ""
            return (document: child, step: ".\(Self.step(name))", name: name)
        }
        if let items = document["items"], !items.members.isEmpty {
            children.append((document: items, step: "[*]", name: "items"))
        }
        for child in children {
            let label = name.isEmpty ? child.name : "\(name).\(child.name)"
            let place = path + child.step
            result.append((label, typed(child.document, path: place, label: label, in: property)))
            for member in child.document.members where unread.contains(member.name) {
                let entries = member.name == "quality" ? member.value.elements.count : isSaid(member.value) ? 1 : 0
                let unsaid = RuleConversion.notConverted("it is about a part of a column, not a column")
                for _ in 0..<entries { result.append(("\(label) \(member.name)", unsaid)) }
            }
            result += inside(child.document, path: place, name: label, of: property)
        }
        return result
    }

    /// What is said of a nested property besides its type and whether it is there.
    private static let unread: Set<String> = [
        "enum", "logicalTypeOptions", "primaryKey", "quality", "relationships", "unique",
    ]

    private static func isSaid(_ value: JSONValue) -> Bool {
        value != .null && value != false && value != .array([]) && value != .object([])
    }

    private static func typed(
        _ document: JSONValue, path: String, label: String, in property: OdcsProperty
    ) -> RuleConversion {
        guard property.isDocument || (property.physicalType == nil && property.logicalType != "array") else {
            return .notConverted("only json and jsonb columns are looked into")
        }
        let isRequired = document["required"] == true
        let logical = document["logicalType"]?.scalarText?.lowercased() ?? ""
        guard let known = types[logical] else { return .notConverted("it has no logicalType that JSON has, too") }
        // A value that need not be there may be null.
        var members: [JSONValue.Member] = [.init("type", .string(known.type))]
        members.append(.init("path", .string(isRequired ? path : "\(path) ? (@ != null)")))
        if isRequired { members.append(.init("required", true)) }
        let id = QualifiedTable.plainID("\(property.column).\(label).json_type")
        let check = ImportedCheck(
            "json_type", column: property.column, .object(members), options: [.init("id", .string(id))])
        return RuleConversion(check).approximated(known.difference)
    }

    private static let types: [String: (type: String, difference: String?)] = [
        "string": ("string", nil), "number": ("number", nil), "boolean": ("boolean", nil), "object": ("object", nil),
        "map": ("object", nil), "array": ("array", nil),
        "integer": ("number", "JSON does not tell whole numbers from others"),
        "date": ("string", "how the date is written is not checked"),
        "time": ("string", "how the time is written is not checked"),
        "timestamp": ("string", "how the time is written is not checked"),
    ]

    private static func step(_ name: String) -> String {
        name.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_]*/#) != nil
            ? name : "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
