import Catalog
import Checks
import Comparison
import Postgres
import StructuredSQL

extension TableDiffRunner.Context {
    /// The strictest rule of either side, by the name on the left.
    private func rules(of diff: TableDiff) -> [String: MaskingRule] {
        func rules(_ side: DiffSide) -> [String: MaskingRule] {
            if case .relation(let name) = side.source { masking[name] ?? [:] } else { [:] }
        }
        let names = Dictionary(diff.columns.renamed.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let right = rules(diff.right).map { (names[$0.key] ?? $0.key, $0.value) }
        return rules(diff.left).merging(right) { $0.isStricter(than: $1) ? $0 : $1 }
    }

    /// How the value of a column leaves the server, by its name on the left.
    func maskedValue(in diff: TableDiff) -> @Sendable (String, SQL) -> SQL? {
        let rules = rules(of: diff)
        return { name, value in
            switch rules[name] {
            case nil: value
            case .drop?: nil
            case let rule?: rule.masked("(\(value))::pg_catalog.text")
            }
        }
    }

    /// What a server said, without values of personal columns.
    func problem(_ error: PostgresError, in diff: TableDiff) -> String {
        let code = error.sqlState.map { " (SQLSTATE \($0.rawValue))" } ?? ""
        let mayQuoteValues = !rules(of: diff).isEmpty && error.kind == .server && error.sqlState?.errorClass == "22"
        let message =
            mayQuoteValues ? "the server's message is withheld, because there are personal columns" : error.message
        return message + code
    }

    /// The values of `:window_start` and `:window_end`.
    var windowValues: [String: SQL] {
        [
            "window_start": window.map { "\(bind: $0.from)::pg_catalog.timestamptz" }
                ?? "'-infinity'::pg_catalog.timestamptz",
            "window_end": window.map { "\(bind: $0.to)::pg_catalog.timestamptz" }
                ?? "'infinity'::pg_catalog.timestamptz",
        ]
    }
}
