import ExactJSON

/// SQL whose Jinja is nothing but `ref`, `source`, `config` and comments, with relations in the place of calls.
struct DbtTemplate: Sendable, Hashable {
    /// The SQL without any Jinja.
    var sql = ""
    /// Relations that are named, in their order.
    var relations: [DbtRelation] = []
    /// What `config(…)` says.
    var config = DbtConfig()

    /// Whether a text has Jinja in it.
    static func hasJinja(_ text: String) -> Bool {
        text.contains("{{") || text.contains("{%") || text.contains("{#")
    }

    /// Whether a file defines a test or a macro and so is no test itself.
    static func definesMacro(_ text: String) -> Bool {
        text.firstMatch(of: #/\{%-?\s*(test|data_test|macro|materialization)\b/#) != nil
    }

    /// Reads SQL with Jinja.
    init(parsing text: String, in catalog: DbtCatalog) throws(DbtObstacle) {
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "{") {
            sql += rest[..<start]
            let tag = rest[start...]
            if tag.hasPrefix("{#") {
                rest = try skipComment(tag)
            } else if tag.hasPrefix("{{") {
                rest = try replace(tag, in: catalog)
            } else if tag.hasPrefix("{%") {
                let head = tag.prefix { $0 != "\n" }.prefix(60)
                throw DbtObstacle("Jinja that only dbt can run: \(head)")
            } else {
                sql.append("{")
                rest = tag.dropFirst()
            }
        }
        sql += rest
    }

    private func skipComment(_ tag: Substring) throws(DbtObstacle) -> Substring {
        guard let end = tag.firstRange(of: "#}") else { throw DbtObstacle("a Jinja comment that does not end") }
        return tag[end.upperBound...]
    }

    /// Reads what stands in `{{ … }}` and goes on behind it.
    private mutating func replace(_ tag: Substring, in catalog: DbtCatalog) throws(DbtObstacle) -> Substring {
        var inner = tag.dropFirst(2)
        guard let end = Self.end(of: inner) else { throw DbtObstacle("Jinja that does not end") }
        var rest = inner[end...].dropFirst(2)
        inner = inner[..<end]
        // A minus takes away the white space on its side.
        if inner.hasPrefix("-") {
            inner = inner.dropFirst()
            while sql.last?.isWhitespace == true { sql.removeLast() }
        }
        if inner.hasSuffix("-") {
            inner = inner.dropLast()
            rest = rest.drop(while: \.isWhitespace)
        }
        let call = try DbtCall(parsing: String(inner))
        if call.name == "config" {
            guard call.arguments.allSatisfy({ !$0.members.isEmpty }) else {
                throw DbtObstacle("config(…) with arguments that have no names")
            }
            for argument in call.arguments { config.apply(argument) }
            config.apply(.object(call.named))
        } else {
            let relation = try catalog.relation(of: call)
            relations.append(relation)
            sql += relation.sql
        }
        return rest
    }

    /// Where `}}` stands that is in no string.
    private static func end(of text: Substring) -> Substring.Index? {
        var quote: Character?
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if text[index...].hasPrefix("}}") {
                return index
            }
            index = text.index(after: index)
        }
        return nil
    }
}
