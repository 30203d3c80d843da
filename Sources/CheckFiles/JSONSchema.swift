import Checks
package import ExactJSON

/// The JSON Schema (2020-12) of the YAML files, made from what the parser itself reads by.
///
/// It describes shapes, not meanings: what it accepts may still name a column that is not there, and every mistake that
/// it finds the parser finds too.
package enum JSONSchema {
    /// One document for `assay.yaml`, for suites, baselines and comparisons.
    package static var document: JSONValue {
        [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Assay",
            "description": "assay.yaml, a suite of checks on one dataset, a baseline, a comparison, or an agreement",
            "anyOf": [
                ["$ref": "#/$defs/suite"], ["$ref": "#/$defs/project"], ["$ref": "#/$defs/baseline"],
                ["$ref": "#/$defs/diff"], ["$ref": "#/$defs/models"], ["$ref": "#/$defs/agreement"],
                ["$ref": "#/$defs/holidays"],
            ],
            "$defs": .object(definitions),
        ]
    }

    private static var definitions: [JSONValue.Member] {
        [
            .init("suite", suite), .init("project", project),
            .init("columnCheck", check(underColumn: true)), .init("datasetCheck", check(underColumn: false)),
            .init("options", options), .init("measure", measure), .init("baseline", baseline), .init("diff", diff),
            .init("models", models), .init("agreement", agreement), .init("holidays", holidays),
            .init("schedule", schedule), .init("sample", sample),
            .init("scalar", ["type": ["string", "number", "boolean"]]),
            .init("texts", ["anyOf": [["$ref": "#/$defs/scalar"], scalars]]),
            .init("duration", pattern(#"^\s*([0-9]+\s*[A-Za-z]+\s*)+$"#)),
            .init(
                "threshold",
                pattern(#"^\s*([cC][oO][uU][nN][tT]|[pP][eE][rR][cC][eE][nN][tT]|[vV][aA][lL][uU][eE])[\s<>=!]"#)),
            .init("rowLimit", ["anyOf": [["type": "integer", "minimum": 0], ["const": "all"]]]),
        ]
    }

    private static let scalars: JSONValue = ["type": "array", "items": ["$ref": "#/$defs/scalar"]]

    private static func pattern(_ regex: String) -> JSONValue {
        ["type": "string", "pattern": .string(regex)]
    }

    static func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/$defs/\(name)")]
    }

    static func words(_ words: [String]) -> JSONValue {
        ["enum": .array(words.map(JSONValue.string))]
    }

    static func object(_ properties: [(String, JSONValue)], required: [String] = []) -> JSONValue {
        [
            "type": "object",
            "properties": .object(properties.map { .init($0.0, $0.1) }),
            "required": .array(required.map(JSONValue.string)),
            "additionalProperties": false,
        ]
    }

    // MARK: Suites

    private static var suite: JSONValue {
        let masking: JSONValue = [
            "type": "object", "additionalProperties": words(MaskingRule.allCases.map(\.rawValue)),
        ]
        let time = object([("column", reference("scalar")), ("zone", reference("scalar"))], required: ["column"])
        let properties: [(String, JSONValue)] = [
            ("dataset", ["type": "string"]), ("description", reference("scalar")), ("key", reference("texts")),
            (
                "budget",
                object(
                    [("cost", ["type": "number", "exclusiveMinimum": 0]), ("over", words(["refuse", "sample"]))],
                    required: ["cost"])
            ),
            ("sample", reference("sample")),
            ("time", ["anyOf": [["type": "string"], time]]), ("owner", reference("scalar")),
            ("severity", words(Severity.words)), ("tags", reference("texts")), ("keep", reference("rowLimit")),
            ("pii", masking), ("columns", ["type": "object", "additionalProperties": columnChecks]),
            ("checks", ["type": "array", "items": reference("datasetCheck")]), ("schedule", reference("schedule")),
            ("runbook", reference("scalar")),
        ]
        var suite = object(properties, required: ["dataset"])
        if case .object(var members) = suite {
            members.append(.init("anyOf", [["required": ["columns"]], ["required": ["checks"]]]))
            suite = .object(members)
        }
        return suite
    }

    private static var sample: JSONValue {
        let percent: JSONValue = ["type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 100]
        let whole = object(
            [
                ("percent", percent), ("method", words(Sample.Method.allCases.map(\.rawValue))),
                ("seed", ["type": "integer", "minimum": 0]),
            ], required: ["percent"])
        return ["anyOf": [percent, whole]]
    }

    private static let columnChecks: JSONValue = [
        "anyOf": [reference("columnCheck"), ["type": "array", "items": reference("columnCheck")]]
    ]

    /// A kind's name, or an object with one kind and options.
    private static func check(underColumn: Bool) -> JSONValue {
        let kinds = KindCatalogue.all.map { $0.definition }.filter { !underColumn || $0.scope != .dataset }
        let bare = kinds.filter { kind in
            kind.parameters.allSatisfy { !$0.isRequired } && (underColumn || kind.scope == .timeColumn)
        }
        let forms = kinds.map { form(of: $0, underColumn: underColumn) }
        return ["allOf": [reference("options"), ["anyOf": .array([words(bare.map(\.name))] + forms)]]]
    }

    /// An object with the kind and the options that mean something beside it; what those take stands apart, once.
    private static func form(of kind: KindDefinition, underColumn: Bool) -> JSONValue {
        let without = Set(kind.optionsWithoutEffect)
        let options = CommonOptions.keys.filter { !without.contains($0) }.joined(separator: "|")
        return [
            "description": .string(kind.summary), "type": "object", "required": [.string(kind.name)],
            "properties": .object([.init(kind.name, value(of: kind, underColumn: underColumn))]),
            "patternProperties": .object([.init("^(\(options))$", .boolean(true))]), "additionalProperties": false,
        ]
    }

    private static func value(of kind: KindDefinition, underColumn: Bool) -> JSONValue {
        let parameters = underColumn ? kind.parameters : kind.allParameters
        var forms = [
            object(
                parameters.map { ($0.name, form(of: $0.form)) },
                required: parameters.filter(\.isRequired).map(\.name))
        ]
        if kind.parameters.allSatisfy({ !$0.isRequired }) { forms.append(["type": "null"]) }
        let byName = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.form) })
        switch kind.shorthand.count {
        case 1: if let form = byName[kind.shorthand[0]] { forms.append(self.form(of: form)) }
        case 2:
            forms.append([
                "type": "array", "minItems": 2, "maxItems": 2,
                "items": ["type": ["string", "number", "boolean", "null"]],
            ])
        default:
            if underColumn {
                forms.append(["const": true])
            } else if kind.scope == .columns || kind.scope == .columnNames {
                forms.append(reference("texts"))
            } else {
                forms.append(["type": "string"])
            }
        }
        return ["anyOf": .array(forms)]
    }

    /// A kind that stands for the number it measures.
    private static var measure: JSONValue {
        let kinds = KindCatalogue.all.map { $0.definition }.filter { $0.source == .rows && $0.scope != .measured }
        let names = words(kinds.map(\.name))
        // What each takes would stand here a third time.
        return ["anyOf": [names, ["type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": names]]]
    }

    private static var baseline: JSONValue {
        let column = object(
            [("name", reference("scalar")), ("type", reference("scalar")), ("not_null", ["type": "boolean"])],
            required: ["name", "type"])
        return object(
            [
                ("baseline", ["type": "string"]), ("kind", reference("scalar")),
                ("columns", ["type": "array", "items": column]), ("primary_key", reference("texts")),
            ], required: ["baseline", "columns"])
    }

    private static func form(of form: Parameter.Form) -> JSONValue {
        switch form {
        case .text, .value, .column, .relation, .expression: reference("scalar")
        case .values: scalars
        case .tuples: ["type": "array", "items": Self.scalars]
        case .number: ["type": ["number", "string"]]
        case .boolean: ["type": "boolean"]
        case .count: ["type": "integer", "minimum": 0]
        case .duration: reference("duration")
        case .columns, .texts: reference("texts")
        case .choice(let words): self.words(words)
        case .measure: reference("measure")
        case .json: .boolean(true)
        }
    }

    private static var options: JSONValue {
        let properties = CommonOptions.keys.map { key in
            let form: JSONValue =
                switch key {
                case "severity": words(Severity.words)
                case "dimension": words(Dimension.words)
                case "nulls": words(NullPolicy.allCases.map(\.rawValue))
                case "on_empty": words(EmptyPolicy.allCases.map(\.rawValue))
                case "enabled": ["type": "boolean"]
                case "keep": reference("rowLimit")
                case "tags", "columns", "group_by": reference("texts")
                case "warn", "fail": reference("threshold")
                case "schedule": reference("schedule")
                case "sample": reference("sample")
                default: reference("scalar")
                }
            return JSONValue.Member(key, form)
        }
        return ["properties": .object(properties)]
    }

    private static var schedule: JSONValue {
        [
            "anyOf": [
                object([("every", reference("duration")), ("grace", reference("duration"))], required: ["every"]),
                object(
                    [("cron", ["type": "string"]), ("zone", ["type": "string"]), ("grace", reference("duration"))],
                    required: ["cron"]),
            ]
        ]
    }

    // MARK: assay.yaml

    private static var project: JSONValue {
        let target = object(
            [("connection", ["type": ["string", "null"]]), ("search_path", reference("texts"))],
            required: ["connection"])
        let owner = object([("email", reference("scalar")), ("slack", reference("scalar"))])
        let results: JSONValue = [
            "anyOf": [
                object([("target", reference("scalar")), ("schema", reference("scalar"))], required: ["target"]),
                object(
                    [("connection", reference("scalar")), ("schema", reference("scalar"))], required: ["connection"]),
            ]
        ]
        let defaults = object([
            ("target", reference("scalar")), ("keep", reference("rowLimit")), ("severity", words(Severity.words)),
            ("owner", reference("scalar")), ("statement_timeout", reference("duration")),
            ("lock_timeout", reference("duration")), ("jobs", ["type": "integer", "minimum": 1]),
        ])
        return object([
            ("targets", ["type": "object", "additionalProperties": target]), ("results", results),
            ("owners", ["type": "object", "additionalProperties": owner]), ("defaults", defaults),
        ])
    }
}
