import Comparison
import ExactJSON

extension JSONSchema {
    /// A comparison of two relations.
    static var diff: JSONValue {
        let side = object([
            ("target", reference("scalar")), ("dataset", ["type": "string"]), ("query", ["type": "string"]),
            ("where", reference("scalar")),
        ])
        let number: JSONValue = ["type": ["number", "string"]]
        let names: JSONValue = ["type": "object", "additionalProperties": reference("scalar")]
        return object(
            [
                ("compare", ["type": "string"]), ("description", reference("scalar")), ("left", side), ("right", side),
                ("key", reference("texts")),
                (
                    "columns",
                    object([("include", reference("texts")), ("exclude", reference("texts")), ("map", names)])
                ),
                (
                    "tolerance",
                    [
                        "type": "object",
                        "additionalProperties": object([("absolute", number), ("relative", number)]),
                    ]
                ),
                ("where", reference("scalar")), ("keep", reference("rowLimit")),
                ("method", words(TransferMethod.allCases.map(\.rawValue))), ("recheck", reference("scalar")),
            ], required: ["compare", "left", "right"])
    }

    /// A comparison of two models.
    static var models: JSONValue {
        func input(_ column: String, isModel: Bool) -> JSONValue {
            object(
                [
                    ("target", reference("scalar")), ("dataset", ["type": "string"]), ("query", ["type": "string"]),
                    ("where", reference("scalar")), (column, reference("scalar")),
                ] + (isModel ? [("version", reference("scalar"))] : []), required: [column])
        }
        let share: JSONValue = ["type": ["number", "string"]]
        let metric = words(ModelMetric.allCases.filter(\.isDecidable).map(\.rawValue))
        let margin: JSONValue = ["type": "number", "minimum": 0]
        let goal = words(Criterion.Goal.allCases.map(\.rawValue))
        let guardrail = object(
            [("metric", metric), ("margin", margin), ("by", reference("texts"))], required: ["metric"])
        return object(
            [
                ("compare", ["type": "string"]), ("description", reference("scalar")),
                ("task", words(ModelComparison.Task.allCases.map(\.rawValue))), ("key", reference("texts")),
                ("truth", input("label", isModel: false)), ("champion", input("score", isModel: true)),
                ("challenger", input("score", isModel: true)), ("threshold", share),
                ("primary", object([("metric", metric), ("margin", margin), ("goal", goal)], required: ["metric"])),
                ("guardrails", ["type": "array", "items": guardrail]), ("coverage", share), ("confidence", share),
                ("cluster", reference("scalar")), ("min_rows", ["type": "integer", "minimum": 0]),
                ("where", reference("scalar")),
            ], required: ["compare", "task", "key", "truth", "champion", "challenger", "primary"])
    }
}
