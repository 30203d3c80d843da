import Comparison
import ExactJSON

extension JSONSchema {
    /// A comparison of two relations.
    static var diff: JSONValue {
        let side = object([
            ("target", reference("scalar")), ("dataset", ["type": "string"]), ("query", ["type": "string"]),
            ("where", reference("scalar")), ("as_of", reference("scalar")), ("validity", reference("texts")),
            ("time", reference("scalar")), ("window", reference("scalar")),
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
        func input(_ columns: [String]) -> JSONValue {
            object(
                [
                    ("target", reference("scalar")), ("dataset", ["type": "string"]), ("query", ["type": "string"]),
                    ("where", reference("scalar")),
                ] + columns.map { ($0, reference("scalar")) })
        }
        let model = input(["score", "prediction", "probabilities", "version"])
        let share: JSONValue = ["type": ["number", "string"]]
        let metric = words(
            ModelMetric.allCases.filter { metric in
                ModelComparison.Task.allCases.contains {
                    ModelMetric.all(of: $0).contains(metric) && metric.isDecidable(in: $0)
                }
            }.map(\.rawValue))
        let margin: JSONValue = ["type": "number", "minimum": 0]
        let goal = words(Criterion.Goal.allCases.map(\.rawValue))
        let guardrail = object(
            [("metric", metric), ("margin", margin), ("by", reference("texts"))], required: ["metric"])
        return object(
            [
                ("compare", ["type": "string"]), ("description", reference("scalar")),
                ("task", words(ModelComparison.Task.allCases.map(\.rawValue))), ("key", reference("texts")),
                ("truth", input(["label"])), ("champion", model), ("challenger", model),
                ("challengers", ["type": "array", "minItems": 1, "items": model]), ("threshold", share),
                ("primary", object([("metric", metric), ("margin", margin), ("goal", goal)], required: ["metric"])),
                ("guardrails", ["type": "array", "items": guardrail]), ("coverage", share), ("confidence", share),
                ("cluster", reference("scalar")), ("weight", reference("scalar")), ("order", reference("scalar")),
                ("horizon", ["type": "integer", "minimum": 1, "maximum": 100]), ("query", reference("scalar")),
                ("k", ["type": "integer", "minimum": 1, "maximum": 1000]),
                ("min_rows", ["type": "integer", "minimum": 0]),
                ("where", reference("scalar")),
            ], required: ["compare", "task", "key", "champion", "primary"])
    }
}
