import ExactJSON

/// Which table a suite is about, as far as it says so.
struct GxSuiteName {
    /// The table; `nil` if no name says which.
    let dataset: QualifiedTable?

    /// Reads `meta`, the file's name and the suite's name, in this order.
    init(_ suite: JSONValue, path: String) {
        let name = (suite["name"] ?? suite["expectation_suite_name"])?.scalarText
        dataset = Self.table(in: suite["meta"]) ?? Self.table(ofFile: path) ?? name.flatMap(Self.table(ofSuite:))
    }

    /// Last words of a suite's name that say how strict it is, or nothing.
    private static let levels: Set<String> = [
        "basic", "critical", "default", "demo", "error", "expectations", "failure", "fatal", "info", "main", "suite",
        "test", "tests", "validation", "warning", "warnings",
    ]

    private static func table(in meta: JSONValue?) -> QualifiedTable? {
        guard let meta else { return nil }
        let places = [meta, meta["batch_kwargs"], meta["batch_request"]] + batches(in: meta["citations"])
        for place in places.compactMap(\.self) {
            let schema = (place["schema"] ?? place["schema_name"])?.scalarText
            for key in ["dataset", "table", "table_name", "data_asset_name"] {
                guard let text = place[key]?.scalarText else { continue }
                if looksLikeTable(text) { return QualifiedTable(parsing: text) }
                if let schema, isName(text[...]) { return QualifiedTable(schema: schema, table: text) }
            }
        }
        return nil
    }

    private static func batches(in citations: JSONValue?) -> [JSONValue?] {
        (citations?.elements ?? []).flatMap { [$0["batch_request"], $0["batch_kwargs"]] }
    }

    private static func table(ofFile path: String) -> QualifiedTable? {
        let file = path.split(separator: "/").last ?? ""
        guard let dot = file.lastIndex(of: "."), looksLikeTable(String(file[..<dot])) else { return nil }
        return QualifiedTable(parsing: String(file[..<dot]))
    }

    private static func table(ofSuite name: String) -> QualifiedTable? {
        var parts = name.split(separator: ".")
        guard let last = parts.last else { return nil }
        if parts.count > 2 || (parts.count == 2 && levels.contains(last.lowercased())) { parts.removeLast() }
        return QualifiedTable(parsing: parts.suffix(2).joined(separator: "."))
    }

    private static func looksLikeTable(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let last = parts.last else { return false }
        return parts.allSatisfy(isName) && !levels.contains(last.lowercased())
    }

    private static func isName(_ text: Substring) -> Bool {
        text.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_$]*/#) != nil
    }
}
