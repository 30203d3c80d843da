/// Names of OpenSLO's objects: labels of DNS (RFC 1123), each of them once.
struct OpenSLONames {
    private var taken: Set<String> = []

    /// As long as a name may be.
    private static let mostCharacters = 63

    /// A name for something, which nothing else has had.
    ///
    /// - Parameter text: What it is called here.
    /// - Returns: At most 63 lower-case letters, digits and `-`, with a number at the end where it was taken.
    mutating func name(for text: String) -> String {
        let plain = Self.plain(text, of: Self.mostCharacters)
        var (name, number) = (plain, 2)
        while !taken.insert(name).inserted {
            let suffix = "-\(number)"
            name = Self.plain(plain, of: Self.mostCharacters - suffix.count) + suffix
            number += 1
        }
        return name
    }

    private static func plain(_ text: String, of length: Int) -> String {
        let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let name = words.joined(separator: "-").prefix(length)
        let trimmed = name.last == "-" ? name.dropLast() : name
        return trimmed.isEmpty ? "unnamed" : String(trimmed)
    }
}
