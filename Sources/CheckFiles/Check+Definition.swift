import Checks
import ExactJSON
import StructuredSQL

extension Check {
    /// What the check asks, in one canonical text: two checks with equal text measure the same thing.
    ///
    /// Left out is what does not change what is measured: names, descriptions, owner, tags, place in the file.
    func canonicalDefinition(arguments: Arguments) -> String {
        var members: [JSONValue.Member] = [
            .init("dataset", .string(dataset.name)),
            .init("kind", .string(kindName)),
            .init("columns", .array(columns.map(JSONValue.string))),
            .init("arguments", arguments.json),
            .init("where", .string(ifPresent: filter?.literalText)),
            .init("warn", .string(ifPresent: warn?.description)),
            .init("fail", .string(ifPresent: fail?.description)),
            .init("nulls", .string(nulls.rawValue)),
            .init("on_empty", .string(onEmpty.rawValue)),
            .init("time", .string(ifPresent: dataset.time.map { "\($0.column) \($0.zone ?? "")" })),
            .init(
                "parameters",
                .object(parameters.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value.literalText)) })),
        ]
        // Left out where there is none: definitions made before there were samples stay the same.
        if let sample { members.append(.init("sample", .string(sample.description))) }
        if !groupBy.isEmpty { members.append(.init("group_by", .array(groupBy.map(JSONValue.string)))) }
        return JSONValue.object(members).compactText
    }
}

extension Check {
    /// The definition of a check that compares a relation with a baseline.
    func definition(with baseline: RelationSchema) -> String {
        guard case .object(let members)? = try? JSONValue(parsing: definition) else { return definition }
        return JSONValue.object(members + [.init("baseline", baseline.json)]).compactText
    }
}

extension Arguments {
    /// All but the columns, which stand beside them.
    fileprivate var json: JSONValue {
        .object(
            values.filter { $0.key != "column" && $0.key != "columns" }.sorted { $0.key < $1.key }
                .map { JSONValue.Member($0.key, $0.value.json) })
    }
}

extension ArgumentValue {
    fileprivate var json: JSONValue {
        switch self {
        case .text(let text), .expression(_, let text): .string(text)
        case .list(let list): .array(list.map(JSONValue.string))
        case .tuples(let tuples): .array(tuples.map { .array($0.map(JSONValue.string)) })
        case .boolean(let flag): .boolean(flag)
        case .count(let count): .number(String(count))
        case .duration(let duration): .string(duration.secondsText + " s")
        case .json(let value): value
        case .measure(let nested): ["kind": .string(nested.kind), "arguments": nested.arguments.json]
        }
    }
}
