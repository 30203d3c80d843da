import ExactJSON

/// What is said of who is told when: Assay tells nobody, so that none of it is there, and the report says what was wrong in it.
enum OpenSLOAlerting {
    /// What becomes of a document: a policy, a condition or a target.
    static func conversion(of object: OpenSLOObject, in catalog: OpenSLOCatalog) -> RuleConversion {
        switch object.kind {
        case "AlertPolicy": policy(object.spec, in: catalog)
        case "AlertCondition": condition(object.spec)
        default: .notConverted("no alerts are sent")
        }
    }

    /// What becomes of the policies that an objective names, or has inline.
    ///
    /// - Parameters:
    ///   - slo: The objective.
    ///   - catalog: Where policies are that it refers to; they have items of their own.
    /// - Returns: A name and a reason for each that has no item of its own.
    static func items(of slo: OpenSLOObject, in catalog: OpenSLOCatalog) -> [(name: String, conversion: RuleConversion)]
    {
        (slo.spec["alertPolicies"]?.elements ?? []).compactMap { entry in
            if let name = entry["alertPolicyRef"]?.scalarText ?? entry.scalarText {
                guard catalog["AlertPolicy", name] == nil else { return nil }
                return ("\(slo.label) AlertPolicy \(name)", .notConverted("no file has it"))
            }
            let policy = OpenSLOObject(path: slo.path, document: entry)
            let name = policy.name.isEmpty ? "AlertPolicy" : "AlertPolicy \(policy.name)"
            return ("\(slo.label) \(name)", self.policy(policy.spec, in: catalog))
        }
    }

    private static func policy(_ spec: JSONValue, in catalog: OpenSLOCatalog) -> RuleConversion {
        let conditions = spec["conditions"]?.elements ?? []
        var notes = conditions.compactMap { entry -> String? in
            guard let name = entry["conditionRef"]?.scalarText else { return mistake(in: entry["spec"] ?? .null) }
            return catalog["AlertCondition", name] == nil ? "there is no AlertCondition \(name)" : nil
        }
        if conditions.count > 1 { notes.append("the standard allows one condition, and it has \(conditions.count)") }
        for entry in spec["notificationTargets"]?.elements ?? [] {
            guard let name = entry["targetRef"]?.scalarText, catalog["AlertNotificationTarget", name] == nil else {
                continue
            }
            notes.append("there is no AlertNotificationTarget \(name)")
        }
        return .notConverted((["no alerts are sent; assay status shows burn rates"] + notes).joined(separator: "; "))
    }

    private static func condition(_ spec: JSONValue) -> RuleConversion {
        let reasons = ["no alerts are sent; assay status shows burn rates", mistake(in: spec)]
        return .notConverted(reasons.compactMap(\.self).joined(separator: "; "))
    }

    /// What a condition says that nobody can mean.
    private static func mistake(in spec: JSONValue) -> String? {
        let condition = spec["condition"]
        let kind = condition?["kind"]?.scalarText ?? "burnrate"
        guard kind.lowercased() == "burnrate", let operation = condition?["op"]?.scalarText?.lowercased(),
            ["lt", "lte"].contains(operation)
        else { return nil }
        let threshold = condition?["threshold"]?.scalarText ?? "the threshold"
        let other = operation == "lt" ? "gt" : "gte"
        return
            "warning: a burn rate with op: \(operation) alerts while it is below \(threshold), when all is well; \(other) is meant"
    }
}
