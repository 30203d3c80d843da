import Checks
import Foundation
import StructuredSQL

/// Picks checks by selectors.
struct CheckSelection {
    private var included: [(text: String, selector: Selector)] = []
    private var excluded: [(text: String, selector: Selector)] = []

    private enum Selector {
        case id(Glob)
        case tag(Glob)
        case owner(Glob)
        case dataset(Glob)
        case dimension(Checks.Dimension)
        case path(Glob)
    }

    /// Reads the selectors; a path in one may begin with the project's directory as the user types it.
    init(_ texts: [String], directory: String = ".") throws {
        for text in texts.map({ $0.replacing("path:\(directory)/", with: "path:") }) {
            if text.hasPrefix("!") {
                excluded.append((text, try Self.selector(String(text.dropFirst()))))
            } else {
                included.append((text, try Self.selector(text)))
            }
        }
    }

    /// The checks that are selected, in their order.
    ///
    /// - Throws: If none is: a run of nothing must not look like a run without failures.
    func select(from checks: [Check]) throws -> [Check] {
        for (text, selector) in included + excluded where !checks.contains(where: { Self.matches(selector, $0) }) {
            guard !checks.isEmpty else { break }
            throw CommandFailure(
                .usage, "no check matches \"\(text)\"", hint: Suggestion.hint(for: text, among: checks.map(\.id)))
        }
        let selected = checks.filter { check in
            (included.isEmpty || included.contains { Self.matches($0.selector, check) })
                && !excluded.contains { Self.matches($0.selector, check) }
        }
        guard selected.isEmpty else { return selected }
        if checks.isEmpty {
            throw CommandFailure(
                .usage, "the project has no checks",
                hint: "Add a suite: a .yaml file with \"dataset:\" and \"columns:\".")
        }
        throw CommandFailure(.usage, "no check is selected", hint: "List all of them with: assay plan")
    }

    private static func selector(_ text: String) throws -> Selector {
        guard let colon = text.firstIndex(of: ":") else { return .id(Glob(text)) }
        let value = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "tag": return .tag(Glob(value))
        case "owner": return .owner(Glob(value))
        case "dataset": return .dataset(Glob(value))
        case "path": return .path(Glob(value))
        case "dimension":
            guard let dimension = Checks.Dimension(word: value) else {
                throw CommandFailure(
                    .usage, "unknown dimension \"\(value)\"",
                    hint: Suggestion.hint(for: value, among: Checks.Dimension.words))
            }
            return .dimension(dimension)
        default:
            throw CommandFailure(
                .usage, "unknown selector \"\(text)\"",
                hint: "Selectors are id globs, tag:x, owner:x, dataset:x, dimension:x and path:x.")
        }
    }

    /// Whether a check is selected of which only this is known: it may have left the project.
    func selects(id: String, dataset: String, owner: String?, tags: [String]) -> Bool {
        func matches(_ selector: Selector) -> Bool {
            switch selector {
            case .id(let glob): glob.matches(id)
            case .tag(let glob): tags.contains(where: glob.matches)
            case .owner(let glob): owner.map(glob.matches) ?? false
            case .dataset(let glob): glob.matches(dataset)
            case .dimension, .path: false
            }
        }
        return (included.isEmpty || included.contains { matches($0.selector) })
            && !excluded.contains { matches($0.selector) }
    }

    private static func matches(_ selector: Selector, _ check: Check) -> Bool {
        switch selector {
        case .id(let glob): glob.matches(check.id)
        case .tag(let glob): check.tags.contains(where: glob.matches)
        case .owner(let glob): check.owner.map(glob.matches) ?? false
        case .dataset(let glob): glob.matches(check.dataset.name)
        case .dimension(let dimension): check.dimension == dimension
        case .path(let glob):
            glob.matches(check.source.file)
                || check.source.file.hasPrefix(glob.text.hasSuffix("/") ? glob.text : glob.text + "/")
        }
    }
}

/// A pattern with `*` for any text and `?` for any character.
struct Glob {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    func matches(_ candidate: String) -> Bool {
        // Of ASCII a byte is a character, and there are thousands of ids.
        if text.utf8.allSatisfy({ $0 < 128 }), candidate.utf8.allSatisfy({ $0 < 128 }) {
            return Self.matches(Array(text.utf8), Array(candidate.utf8), any: UInt8(ascii: "*"), one: UInt8(ascii: "?"))
        }
        return Self.matches(Array(text), Array(candidate), any: "*", one: "?")
    }

    private static func matches<Element: Equatable>(
        _ pattern: [Element], _ characters: [Element], any: Element, one: Element
    ) -> Bool {
        var (p, c) = (0, 0)
        var star: (pattern: Int, candidate: Int)?
        while c < characters.count {
            if p < pattern.count, pattern[p] == any {
                star = (p, c)
                p += 1
            } else if p < pattern.count, pattern[p] == one || pattern[p] == characters[c] {
                p += 1
                c += 1
            } else if let last = star {
                p = last.pattern + 1
                c = last.candidate + 1
                star = (last.pattern, c)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == any }
    }
}
