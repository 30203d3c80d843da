import StructuredSQL

/// Failing rows on their way to the results schema: many at once, in the bytes in which the server sent them.
///
/// A row that is only passed on never becomes a value: entries point into the bytes.
package struct KeptRows: Sendable {
    /// Lines of COPY's text format, each with the row's violations, its key and the row itself.
    package let bytes: [UInt8]
    /// One for each check that keeps a row, in the order of the rows.
    package var entries: [Entry] = []
    /// Sets of ids of checks that rows violate together; most rows of a batch share one.
    package var violations: [[String]] = []
    /// Ids of checks, by the position that entries name.
    package let checks: [String]

    /// One failing row of one check.
    package struct Entry: Sendable {
        /// Position of the check in ``KeptRows/checks``.
        package var check: Int
        /// Position among the kept rows of its check, from 1.
        package var ordinal: Int
        /// The key and the row in ``KeptRows/bytes``, with the tab between them: two fields of COPY's text format.
        package var fields: Range<Int>
        /// Position of the checks it violates in ``KeptRows/violations``.
        package var violated: Int

        package init(check: Int, ordinal: Int, fields: Range<Int>, violated: Int) {
            self.check = check
            self.ordinal = ordinal
            self.fields = fields
            self.violated = violated
        }
    }

    package init(bytes: [UInt8], checks: [String]) {
        self.bytes = bytes
        self.checks = checks
    }

    /// The row's key as a JSON object; `nil` if the dataset has none.
    package func key(of entry: Entry) -> String? {
        CopyText.value(bytes[entry.fields].prefix { $0 != CopyText.tab })
    }

    /// The whole row as a JSON object.
    package func row(of entry: Entry) -> String {
        let fields = bytes[entry.fields]
        let start = fields.firstIndex(of: CopyText.tab).map { $0 + 1 } ?? fields.startIndex
        return CopyText.value(fields[start...]) ?? ""
    }
}
