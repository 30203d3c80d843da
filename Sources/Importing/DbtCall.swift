import ExactJSON

/// A call in Jinja whose arguments are plain values: `ref('orders')`, `config(severity='warn', tags=['a'])`.
struct DbtCall: Sendable, Hashable {
    var name: String
    var arguments: [JSONValue] = []
    var named: [JSONValue.Member] = []

    /// Reads a call and nothing else.
    init(parsing text: String) throws(DbtObstacle) {
        var parser = Parser(text)
        self = try parser.call()
    }

    /// Reads characters from left to right.
    private struct Parser {
        private let text: String
        private let characters: [Character]
        private var position = 0

        init(_ text: String) {
            self.text = DbtText.trimmed(text)
            characters = Array(self.text)
        }

        mutating func call() throws(DbtObstacle) -> DbtCall {
            let name = word()
            guard !name.isEmpty else { throw failure }
            var call = DbtCall(name: name)
            try expect("(")
            while !take(")") {
                skipSpace()
                let start = position
                let key = word()
                if !key.isEmpty, take("="), !next(is: "=") {
                    call.named.append(JSONValue.Member(key, try value(depth: 0)))
                } else {
                    position = start
                    call.arguments.append(try value(depth: 0))
                }
                if take(",") { continue }
                try expect(")")
                break
            }
            skipSpace()
            guard position == characters.count else { throw failure }
            return call
        }

        private mutating func value(depth: Int) throws(DbtObstacle) -> JSONValue {
            skipSpace()
            guard depth < 20, position < characters.count else { throw failure }
            let first = characters[position]
            switch first {
            case "'", "\"": return .string(try string(first))
            case "[", "(":
                position += 1
                return .array(try elements(until: first == "[" ? "]" : ")", depth: depth))
            case "{":
                position += 1
                return .object(try members(depth: depth))
            default:
                let word = characters[position...].prefix { $0.isLetter || $0.isNumber || "+-._".contains($0) }
                position += word.count
                return try plain(String(word))
            }
        }

        private func plain(_ word: String) throws(DbtObstacle) -> JSONValue {
            switch word {
            case "true", "True": return .boolean(true)
            case "false", "False": return .boolean(false)
            case "none", "None", "null": return .null
            default:
                guard let number = DbtText.number(word) else { throw failure }
                return .number(number)
            }
        }

        private mutating func elements(until end: Character, depth: Int) throws(DbtObstacle) -> [JSONValue] {
            var elements: [JSONValue] = []
            while !take(end) {
                elements.append(try value(depth: depth + 1))
                if take(",") { continue }
                try expect(end)
                break
            }
            return elements
        }

        private mutating func members(depth: Int) throws(DbtObstacle) -> [JSONValue.Member] {
            var members: [JSONValue.Member] = []
            while !take("}") {
                guard let name = try value(depth: depth + 1).scalarText else { throw failure }
                try expect(":")
                members.append(JSONValue.Member(name, try value(depth: depth + 1)))
                if take(",") { continue }
                try expect("}")
                break
            }
            return members
        }

        private mutating func string(_ quote: Character) throws(DbtObstacle) -> String {
            position += 1
            var result = ""
            while position < characters.count, characters[position] != quote {
                if characters[position] == "\\", position + 1 < characters.count { position += 1 }
                result.append(characters[position])
                position += 1
            }
            guard position < characters.count else { throw failure }
            position += 1
            return result
        }

        private mutating func word() -> String {
            skipSpace()
            let rest = characters[position...]
            guard rest.first?.isNumber == false else { return "" }
            let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            position += word.count
            return String(word)
        }

        private mutating func skipSpace() {
            while position < characters.count, characters[position].isWhitespace { position += 1 }
        }

        private func next(is character: Character) -> Bool {
            position < characters.count && characters[position] == character
        }

        private mutating func take(_ character: Character) -> Bool {
            skipSpace()
            guard next(is: character) else { return false }
            position += 1
            return true
        }

        private mutating func expect(_ character: Character) throws(DbtObstacle) {
            guard take(character) else { throw failure }
        }

        private var failure: DbtObstacle { DbtObstacle("Jinja that is no plain call: \(text.prefix(60))") }
    }

    private init(name: String) {
        self.name = name
    }
}
