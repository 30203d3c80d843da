/// One row of a result, in PostgreSQL's text format.
package struct Row: Sendable, Hashable {
    /// Values in column order; `nil` is NULL.
    package var cells: [String?]
    /// Names of the columns, shared by all rows of a result.
    package var columns: [String]

    package init(cells: [String?], columns: [String]) {
        self.cells = cells
        self.columns = columns
    }

    /// The value of a column by position from 0; `nil` for NULL.
    package subscript(index: Int) -> String? {
        index < cells.count ? cells[index] : nil
    }

    /// The value of a column by name; `nil` for NULL or if there is no such column.
    package subscript(name: String) -> String? {
        columns.firstIndex(of: name).flatMap { cells[$0] }
    }

    /// The text of a column that is never NULL.
    package func text(_ index: Int) throws(PostgresError) -> String {
        guard let text = self[index] else { throw unexpected(index, "a value") }
        return text
    }

    /// A whole number that is never NULL.
    package func integer(named name: String) throws(PostgresError) -> Int {
        try integer(columns.firstIndex(of: name) ?? columns.count)
    }

    package func integer(_ index: Int) throws(PostgresError) -> Int {
        guard let number = self[index].flatMap({ Int($0) }) else { throw unexpected(index, "a whole number") }
        return number
    }

    package func boolean(_ index: Int) throws(PostgresError) -> Bool {
        switch self[index] {
        case "t": true
        case "f": false
        default: throw unexpected(index, "a boolean")
        }
    }

    private func unexpected(_ index: Int, _ wanted: String) -> PostgresError {
        let name = index < columns.count ? columns[index] : String(index + 1)
        return PostgresError(.client, "column \"\(name)\" of the answer is not \(wanted)")
    }
}
