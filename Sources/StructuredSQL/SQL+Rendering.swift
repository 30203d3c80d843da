/// A statement as it goes over the wire: text with `$1 … $n`, and the values in that order.
package struct RenderedSQL: Sendable, Hashable {
    package var text: String
    package var binds: [String?]

    /// Pieces of the text that a user wrote, by their offset in Unicode scalars from 0.
    fileprivate(set) var origins: [Origin] = []

    struct Origin: Sendable, Hashable {
        var offset: Int
        var piece: String
        var location: SourceLocation
    }

    /// The place in the user's file that PostgreSQL's error position points at.
    ///
    /// - Parameter position: Position as PostgreSQL reports it: characters of the statement, from 1.
    /// - Returns: `nil` if the position is in text of ours.
    package func location(ofPosition position: Int) -> SourceLocation? {
        let offset = position - 1
        guard let origin = origins.last(where: { $0.offset <= offset }) else { return nil }
        let scalars = origin.piece.unicodeScalars
        let distance = offset - origin.offset
        guard distance < scalars.count else { return nil }
        return origin.location.advanced(over: String(scalars.prefix(distance)))
    }
}

extension SQL {
    /// The statement with values as parameters, for the extended protocol.
    package func rendered() -> RenderedSQL {
        var result = RenderedSQL(text: "", binds: [])
        var length = 0
        func append(_ piece: String) {
            result.text += piece
            length += piece.unicodeScalars.count
        }
        for fragment in fragments {
            switch fragment {
            case .text(let text):
                append(text)
            case .identifier(let parts):
                append(parts.map(SQL.quoted(identifier:)).joined(separator: "."))
            case .bind(let value):
                result.binds.append(value)
                append("$\(result.binds.count)")
            case .checkFile(let text, let origin):
                if let origin {
                    result.origins.append(.init(offset: length, piece: text, location: origin))
                }
                append(text)
            case .parameter(let name):
                append(":\(name)")
            }
        }
        return result
    }

    /// The statement with values written in as literals: for people, psql and `EXPLAIN`, never sent by a run.
    ///
    /// A quoted literal has the type `unknown` just as an untyped parameter has, so both forms mean the same.
    package var literalText: String {
        fragments.map { fragment in
            switch fragment {
            case .text(let text), .checkFile(let text, origin: _): text
            case .identifier(let parts): parts.map(SQL.quoted(identifier:)).joined(separator: ".")
            case .bind(let value): value.map(SQL.quoted(literal:)) ?? "NULL"
            case .parameter(let name): ":\(name)"
            }
        }.joined()
    }

    /// A name between double quotes, quotes inside doubled.
    package static func quoted(identifier name: String) -> String {
        // Nearly no name has a quote in it, and looking for one is cheaper than replacing.
        guard name.utf8.contains(UInt8(ascii: "\"")) else { return "\"\(name)\"" }
        return "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    /// A text between single quotes; with a backslash it takes the `E''` form, which every server setting reads alike.
    package static func quoted(literal text: String) -> String {
        let doubled = text.utf8.contains(UInt8(ascii: "'")) ? text.replacing("'", with: "''") : text
        guard doubled.utf8.contains(UInt8(ascii: "\\")) else { return "'\(doubled)'" }
        return "E'" + doubled.replacing("\\", with: "\\\\") + "'"
    }
}
