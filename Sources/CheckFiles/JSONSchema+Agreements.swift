import ExactJSON
import ServiceLevels

extension JSONSchema {
    /// A service level agreement.
    static var agreement: JSONValue {
        let share: JSONValue = ["type": ["string", "number"]]
        let objective = object(
            [
                ("slo", ["type": "string"]), ("checks", reference("texts")), ("target", share),
                ("method", words(Objective.Method.allCases.map(\.rawValue))),
                ("unknown", words(UnknownPolicy.allCases.map(\.rawValue))), ("coverage", share),
                ("slice", reference("duration")), ("slice_target", share),
                (
                    "burn",
                    object(
                        ObjectiveJudge.lookbacks.map {
                            (BurnAlert.window(hours: $0), ["type": "number", "exclusiveMinimum": 0])
                        })
                ),
            ], required: ["slo", "checks", "target"])
        return object(
            [
                ("sla", ["type": "string"]), ("description", reference("scalar")), ("consumer", reference("scalar")),
                ("owner", reference("scalar")), ("period", ["type": "string"]), ("zone", ["type": "string"]),
                (
                    "hours",
                    object(
                        [("business", ["type": "string"]), ("holidays", reference("texts"))], required: ["business"])
                ),
                ("key_datasets", reference("texts")),
                ("objectives", ["type": "array", "minItems": 1, "items": objective]),
            ], required: ["sla", "objectives"])
    }

    /// Days without business.
    static var holidays: JSONValue {
        object([("holidays", ["type": "array", "items": ["type": "string"]])], required: ["holidays"])
    }
}
