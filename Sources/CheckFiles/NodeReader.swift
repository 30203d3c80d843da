import Catalog
import Checks
import StructuredSQL

/// Reads the nodes of one file into values, noting every mistake and going on.
struct NodeReader {
    let file: SourceFile
    let diagnostics: DiagnosticCollector

    /// The entries of a mapping by key; unknown keys and values that are no mapping are mistakes.
    func mapping(_ node: YAMLNode, of what: String, keys: [String]) -> [String: YAMLNode.Entry] {
        guard let entries = node.entries else {
            diagnostics.error(at: node.location, "\(what) must be a mapping of keys to values")
            return [:]
        }
        var result: [String: YAMLNode.Entry] = [:]
        for entry in entries {
            guard keys.contains(entry.key) else {
                diagnostics.error(
                    at: entry.keyLocation, "unknown key \"\(entry.key)\" in \(what)",
                    hint: Suggestion.hint(for: entry.key, among: keys) ?? "Known here: \(keys.joined(separator: ", "))."
                )
                continue
            }
            result[entry.key] = entry
        }
        return result
    }

    func text(_ entry: YAMLNode.Entry?) -> String? {
        guard let entry else { return nil }
        guard let text = entry.value.text, !text.isEmpty else {
            diagnostics.error(at: entry.value.location, "\"\(entry.key)\" must be a text")
            return nil
        }
        return text
    }

    /// One text or a list of texts.
    func texts(_ entry: YAMLNode.Entry?) -> [String]? {
        guard let entry else { return nil }
        if entry.value.elements != nil { return list(entry.value, of: entry.key) }
        return text(entry).map { [$0] }
    }

    /// A list of scalars.
    func list(_ node: YAMLNode, of name: String) -> [String]? {
        guard let elements = node.elements else {
            diagnostics.error(at: node.location, "\"\(name)\" must be a list")
            return nil
        }
        var texts: [String] = []
        for element in elements {
            guard let text = element.text else {
                let hint = element.isNull ? "Say what NULL means with nulls: pass or nulls: fail." : nil
                diagnostics.error(at: element.location, "\"\(name)\" must be a list of plain values", hint: hint)
                return nil
            }
            texts.append(text)
        }
        return texts
    }

    func boolean(_ entry: YAMLNode.Entry?) -> Bool? {
        guard let entry else { return nil }
        switch entry.value.plainText {
        case "true": return true
        case "false": return false
        default:
            diagnostics.error(at: entry.value.location, "\"\(entry.key)\" must be true or false")
            return nil
        }
    }

    func count(_ entry: YAMLNode.Entry?) -> Int? {
        guard let entry else { return nil }
        guard let count = entry.value.plainText.flatMap({ Int($0) }), count >= 0 else {
            diagnostics.error(at: entry.value.location, "\"\(entry.key)\" must be a whole number, 0 or more")
            return nil
        }
        return count
    }

    func duration(_ entry: YAMLNode.Entry?) -> Duration? {
        guard let entry else { return nil }
        guard let duration = entry.value.text.flatMap(Duration.init(parsing:)) else {
            diagnostics.error(
                at: entry.value.location, "\"\(entry.key)\" must be a length of time",
                hint: "Write 30s, 15min, 6h or 2d.")
            return nil
        }
        return duration
    }

    /// One of the words of an enumeration.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ entry: YAMLNode.Entry?, as type: Word.Type) -> Word? {
        word(entry, of: Word.allCases.map(\.rawValue)) { Word(rawValue: $0) }
    }

    /// One of the words of an enumeration, or an alias.
    func aliasedWord<Word: AliasedWord>(_ entry: YAMLNode.Entry?, as type: Word.Type) -> Word? {
        word(entry, of: Word.words) { Word(word: $0) }
    }

    private func word<Word>(_ entry: YAMLNode.Entry?, of words: @autoclosure () -> [String], _ make: (String) -> Word?)
        -> Word?
    {
        guard let entry else { return nil }
        let text = entry.value.text ?? ""
        guard let word = make(text) else {
            let words = words()
            diagnostics.error(
                at: entry.value.location, "\"\(text)\" is not a value of \"\(entry.key)\"",
                hint: Suggestion.hint(for: text, among: words) ?? "Choose one of: \(words.joined(separator: ", ")).")
            return nil
        }
        return word
    }

    /// SQL of the user's, read as an expression.
    func expression(_ entry: YAMLNode.Entry?) -> SQL? {
        guard let entry, let text = text(entry) else { return nil }
        return expression(text, node: entry.value)
    }

    func expression(_ text: String, node: YAMLNode) -> SQL? {
        let origin = node.textOrigin(in: file)
        do {
            let sql = try CheckFileSQL.expression(text, origin: origin)
            for name in sql.unresolvedParameters.subtracting(BuiltInParameter.names).sorted() {
                diagnostics.error(
                    at: node.location, "the parameter :\(name) is not declared",
                    hint: "In a suite there are :window_start and :window_end; a .sql check may declare its own.")
            }
            return sql
        } catch {
            let spot = origin?.advanced(over: error.before) ?? node.location
            diagnostics.error(at: spot, error.message, hint: error.hint)
            return nil
        }
    }

    func threshold(_ entry: YAMLNode.Entry?, allowing quantities: [Threshold.Quantity]) -> Threshold? {
        guard let entry, let text = text(entry) else { return nil }
        do {
            let threshold = try Threshold(parsing: text)
            guard quantities.contains(threshold.quantity) else {
                let allowed = quantities.map(\.rawValue).joined(separator: " or ")
                diagnostics.error(
                    at: entry.value.location, "this check has no \(threshold.quantity.rawValue) to compare",
                    hint: "Its thresholds are on \(allowed).")
                return nil
            }
            return threshold
        } catch {
            diagnostics.error(at: entry.value.location, error.message)
            return nil
        }
    }

    /// A query of the user's own.
    func query(_ entry: YAMLNode.Entry) -> SQL? {
        guard let text = text(entry) else { return nil }
        do {
            let sql = try CheckFileSQL.query(text, origin: entry.value.textOrigin(in: file))
            for name in sql.unresolvedParameters.subtracting(BuiltInParameter.names).sorted() {
                diagnostics.error(
                    at: entry.value.location, "the parameter :\(name) is not declared",
                    hint: "There are :window_start and :window_end.")
            }
            return sql
        } catch {
            let spot = entry.value.textOrigin(in: file)?.advanced(over: error.before) ?? entry.value.location
            diagnostics.error(at: spot, error.message, hint: error.hint)
            return nil
        }
    }

    func relation(_ entry: YAMLNode.Entry?) -> RelationName? {
        guard let entry, let text = text(entry) else { return nil }
        guard let name = RelationName(parsing: text) else {
            diagnostics.error(
                at: entry.value.location, "\"\(text)\" is not the name of a relation",
                hint: "Write schema.table; quote parts with other characters: \"My Schema\".\"Table\".")
            return nil
        }
        return name
    }

    func rowLimit(_ entry: YAMLNode.Entry?) -> RowLimit? {
        guard let entry else { return nil }
        if entry.value.text == "all" { return .all }
        guard let count = entry.value.plainText.flatMap({ Int($0) }), count >= 0 else {
            diagnostics.error(at: entry.value.location, "\"\(entry.key)\" must be a number of rows, or all")
            return nil
        }
        return .atMost(count)
    }

    /// `sample: 5`, in percent, or `sample: {percent: 5, method: blocks, seed: 1}`.
    func sample(_ entry: YAMLNode.Entry) -> Sample? {
        let entries =
            entry.value.entries == nil
            ? ["percent": entry]
            : mapping(entry.value, of: "sample", keys: ["percent", "method", "seed"])
        guard let percent = entries["percent"] else {
            diagnostics.error(at: entry.value.location, "\"sample\" needs a \"percent\"")
            return nil
        }
        let method = word(entries["method"], as: Sample.Method.self) ?? .rows
        let seed = count(entries["seed"]) ?? 0
        guard let text = percent.value.plainText, let sample = Sample(percent: text, method: method, seed: seed) else {
            diagnostics.error(
                at: percent.value.location, "a sample is more than 0 and less than 100 percent of the rows",
                hint: "Write sample: 5, or sample: {percent: 0.5, method: blocks}.")
            return nil
        }
        return sample
    }

    /// Columns and how they are masked.
    func masking(_ node: YAMLNode) -> [String: MaskingRule] {
        guard let entries = node.entries else {
            diagnostics.error(
                at: node.location, "\"pii\" maps columns to hash, mask or drop", hint: "Write pii: {email: hash}.")
            return [:]
        }
        var rules: [String: MaskingRule] = [:]
        for entry in entries {
            rules[entry.key] = word(entry, as: MaskingRule.self)
        }
        return rules
    }

    /// Sees that an id can be named on a command line and in a selector.
    func requireIdentifier(_ id: String, at location: SourceLocation) {
        let isPlain = id.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "._-/".unicodeScalars.contains(scalar)
        }
        guard !isPlain else { return }
        diagnostics.error(at: location, "an id has letters, digits, dots, - and _ only")
    }
}

/// Parameters that are always there.
package enum BuiltInParameter {
    package static let windowStart = "window_start"
    package static let windowEnd = "window_end"
    package static let names: Set<String> = [windowStart, windowEnd]
}
