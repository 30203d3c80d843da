import ExactJSON

/// dbt's own generic tests.
enum DbtCoreTests {
    /// What each test takes beside its column.
    static let parameters: [String: [String]] = [
        "not_null": [], "unique": [], "accepted_values": ["values", "quote"], "relationships": ["to", "field"],
    ]

    /// What a test becomes.
    static func outcome(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        switch arguments.test.name {
        case "not_null": DbtOutcome(try notNull(arguments))
        case "unique": try unique(arguments)
        case "accepted_values": try acceptedValues(arguments)
        default: try references(arguments)
        }
    }

    /// Every row has a value in the column.
    static func notNull(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtDraft {
        let column = try arguments.column()
        if let name = column.name { return arguments.draft("not_null", column: name) }
        return arguments.draft("expect", [.init("expression", .string("\(column.sql) IS NOT NULL"))])
    }

    /// No two rows share a value other than NULL.
    static func unique(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let column = try arguments.column()
        guard let name = column.name else {
            return DbtOutcome(
                query: """
                    SELECT \(column.sql) AS value, count(*) AS rows
                    FROM \(arguments.rows())
                    WHERE \(column.sql) IS NOT NULL
                    GROUP BY 1
                    HAVING count(*) > 1
                    """)
        }
        var draft = arguments.draft("unique", column: name)
        draft.measure = .other("values")
        return DbtOutcome(draft)
    }

    private static func acceptedValues(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let values = try DbtValues("values", quotedBy: "quote", of: arguments)
        var draft = try inList(values, arguments)
        draft.measure = .other("values")
        return DbtOutcome(draft)
    }

    /// Every value, or none, is one of a list.
    static func inList(
        _ values: DbtValues, _ arguments: DbtArguments, isNegated: Bool = false
    ) throws(DbtObstacle) -> DbtDraft {
        let column = try arguments.column()
        if let name = column.name, let plain = values.plain {
            let kind = isNegated ? "rejected_values" : "accepted_values"
            return arguments.draft(kind, column: name, [.init("values", .array(plain))])
        }
        let condition = values.condition(on: column.sql, isNegated: isNegated)
        return arguments.draft("expect", [.init("expression", .string(condition))])
    }

    /// Every key other than NULL exists in another relation.
    static func references(
        _ arguments: DbtArguments, where condition: String? = nil, to otherCondition: String? = nil
    ) throws(DbtObstacle) -> DbtOutcome {
        let other = try arguments.relation("to")
        let field = DbtColumn(try arguments.required("field"))
        let column = try arguments.column()
        let conditions = [condition].compactMap(\.self)
        guard let name = column.name, let key = field.name else {
            let keys = ["\(field.sql) IS NOT NULL", otherCondition].compactMap(\.self)
            return DbtOutcome(
                query: """
                    SELECT *
                    FROM \(arguments.rows(conditions))
                    WHERE \(column.sql) NOT IN (
                        SELECT \(field.sql) FROM \(other.sql) WHERE \(DbtText.all(keys) ?? "true")
                    )
                    """)
        }
        var members: [JSONValue.Member] = []
        if other.schema == nil {
            members.append(.init("to", .string(other.dataset)))
            members.append(.init("to_columns", .string(key)))
        } else {
            members.append(.init("to", .string("\(other.dataset).\(DbtText.relationPart(key))")))
        }
        if let otherCondition { members.append(.init("to_where", .string(otherCondition))) }
        var draft = arguments.draft("references", column: name, members)
        draft.conditions += conditions
        return DbtOutcome(draft)
    }
}
