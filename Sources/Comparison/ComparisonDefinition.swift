import Catalog
package import ExactJSON
import StructuredSQL

extension ModelComparison {
    /// What is asked, whatever the rows are: another version of a model is another question.
    package var definition: JSONValue {
        func criterion(_ one: Criterion) -> JSONValue {
            [
                "metric": .string(one.metric.rawValue), "margin": .number(postgres: "\(one.margin)"),
                "goal": .string(one.goal.rawValue), "by": .array(one.by.map(JSONValue.string)),
            ]
        }
        return [
            "task": .string(task.rawValue), "key": .array(key.map(JSONValue.string)), "truth": truth.definition,
            "champion": champion.definition, "challenger": challenger.definition,
            "challengers": .number(String(challengerCount)), "threshold": .string(ifPresent: threshold),
            "primary": criterion(primary), "guardrails": .array(guardrails.map(criterion)),
            "coverage": .number(postgres: "\(coverage)"), "confidence": .number(postgres: "\(confidence)"),
            "cluster": .string(ifPresent: cluster), "weight": .string(ifPresent: weight),
            "order": .string(ifPresent: order), "horizon": .number(String(horizon)),
            "query": .string(ifPresent: query), "k": .number(String(cutoff)),
            "min_rows": .number(String(minimumRows)),
        ]
    }
}

extension ModelInput {
    fileprivate var definition: JSONValue {
        .object(
            side.definition.members + [
                .init("column", .string(column)), .init("probabilities", .string(ifPresent: probabilities)),
                .init("version", .string(ifPresent: version)),
            ])
    }
}

extension DiffSide {
    fileprivate var definition: JSONValue {
        var members: [JSONValue.Member] = [.init("target", .string(ifPresent: target))]
        switch source {
        case .relation(let name): members.append(.init("dataset", .string(name.description)))
        case .query(let query): members.append(.init("query", .string(query.literalText)))
        }
        members.append(.init("where", .string(ifPresent: filter?.literalText)))
        return .object(members)
    }
}

extension TableDiff {
    /// What is asked, whatever the rows are.
    package var definition: JSONValue {
        let tolerances = tolerance.sorted { $0.key < $1.key }.map { name, one in
            JSONValue.Member(
                name,
                ["absolute": .string(ifPresent: one.absolute), "relative": .string(ifPresent: one.relative)])
        }
        return [
            "left": left.definition, "right": right.definition, "key": .array(key.map(JSONValue.string)),
            "include": columns.included.map { .array($0.map(JSONValue.string)) } ?? .null,
            "exclude": .array(columns.excluded.map(JSONValue.string)),
            "map": .object(
                columns.renamed.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value)) }),
            "tolerance": .object(tolerances),
        ]
    }
}
