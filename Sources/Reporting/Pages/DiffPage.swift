import Catalog
import Comparison
import ExactJSON

/// A comparison of two relations as a part of a page: the states of rows, columns that changed, and rows that differ.
struct DiffPage {
    let result: DiffResult
    /// Differing rows to show of each kind, at most.
    let rowCount: Int

    var html: HTML {
        let parts: [HTML?] = [header, schema, counts, changed, onOneSide(.onlyLeft), onOneSide(.onlyRight)]
        return """
            <section aria-label="\(result.diff.name)">
            \(parts.compactMap(\.self).joined(separator: "\n"))
            </section>
            """
    }

    private var header: HTML {
        let diff = result.diff
        let verdict: (look: HTML, text: String) =
            switch result.outcome {
            case .same: ("good", "✓ The same")
            case .different: ("bad", "✗ Different")
            case .incomplete: ("unknown", "? Could not be compared")
            }
        func side(_ side: DiffSide) -> String { side.label + (side.target.map { " on \($0)" } ?? "") }
        let reasons = result.reasons.map { "<li>\($0)</li>" as HTML }.joined()
        let description: HTML = diff.description.map { "<p>\($0)</p>" } ?? ""
        return """
            <h2>\(diff.name)</h2>
            <p class="verdict \(verdict.look)">\(verdict.text)</p>
            <ul>\(reasons)</ul>
            \(description)
            <p class="quiet">Left: \(side(diff.left)). Right: \(side(diff.right)). Data as of \(result.takenAt ?? "never"). \
            Compared: \(([result.method] + result.notes).filter { !$0.isEmpty }.joined(separator: "; ")).</p>
            """
    }

    private var schema: HTML? {
        let schema = result.schema
        let rows: [[HTML]] =
            schema.onlyLeft.map { [HTML(text: $0), "only on the left", ""] }
            + schema.onlyRight.map { [HTML(text: $0), "", "only on the right"] }
            + schema.retyped.map {
                [HTML(text: $0.name), HTML(text: $0.left.type.formatted), HTML(text: $0.right.type.formatted)]
            }
        guard !rows.isEmpty else { return nil }
        return HTML.table(caption: "Columns that are not alike", head: ["column", "left", "right"], rows: rows)
    }

    private var counts: HTML? {
        guard let counts = result.counts else { return nil }
        let all: [(String, Int, Int)] = [
            ("rows", counts.left, counts.right), ("identical", counts.identical, counts.identical),
            ("changed", counts.changed, counts.changed), ("only there", counts.onlyLeft, counts.onlyRight),
            ("duplicate keys", counts.duplicateKeysLeft, counts.duplicateKeysRight),
            ("NULL in the key", counts.nullKeysLeft, counts.nullKeysRight),
            ("of both, unmatched", counts.unmatchedLeft, counts.unmatchedRight),
            ("since vanished", counts.vanished, counts.vanished),
        ]
        let rows = (all.prefix(4) + all.dropFirst(4).filter { $0.1 + $0.2 > 0 }).map { name, left, right -> [HTML] in
            [HTML(text: name), HTML(text: NumberText.grouped(left)), HTML(text: NumberText.grouped(right))]
        }
        let columns = counts.columns.filter { $0.count > 0 }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
        let byColumn: HTML =
            columns.isEmpty
            ? ""
            : HTML.table(
                caption: "Changed rows by column", head: ["column", "rows"],
                rows: columns.map { [HTML(text: $0.name), HTML(text: NumberText.grouped($0.count))] }, numbers: [1])
        return """
            <h3>Rows</h3>
            \(HTML.table(caption: "Rows by what became of them", head: ["", "left", "right"], rows: rows, numbers: [1, 2]))
            \(byColumn)
            """
    }

    private var changed: HTML? {
        let rows = result.sample.filter { $0.state == .changed }.prefix(rowCount)
        guard !rows.isEmpty else { return nil }
        let keys = result.diff.key
        let cells = rows.flatMap { row in
            row.changed.map { name -> [HTML] in
                keys.map { HTML(text: DiffText.cell(row.key[$0])) } + [
                    HTML(text: name), "<del>\(DiffText.cell(row.left?[name]))</del>",
                    "<ins>\(DiffText.cell(row.right?[name]))</ins>",
                ]
            }
        }
        return HTML.table(
            caption: "Changed values", head: keys.map { HTML(text: $0) } + ["column", "left", "right"], rows: cells)
    }

    private func onOneSide(_ state: DiffRow.State) -> HTML? {
        let rows = result.sample.filter { $0.state == state }.prefix(rowCount)
        guard let first = rows.first else { return nil }
        func row(_ one: DiffRow) -> JSONValue {
            .object(one.key.members + ((state == .onlyLeft ? one.left : one.right) ?? .null).members)
        }
        let names = row(first).members.map(\.name)
        return HTML.table(
            caption: state == .onlyLeft ? "Rows only on the left" : "Rows only on the right",
            head: names.map { HTML(text: $0) },
            rows: rows.map { one in names.map { HTML(text: DiffText.cell(row(one)[$0])) } })
    }
}
