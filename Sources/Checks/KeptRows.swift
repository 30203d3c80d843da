/// Failing rows on their way to the results schema: many at once, in the bytes in which the server sent them.
///
/// A row that is only passed on never becomes a value: entries point into the bytes.
package struct KeptRows: Sendable {
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
        /// The row's key as a JSON object, in ``KeptRows/bytes``; empty if the dataset has none.
        package var key: Range<Int>
        /// The whole row as a JSON object.
        package var row: Range<Int>
        /// Position of the checks it violates in ``KeptRows/violations``.
        package var violated: Int

        package init(check: Int, ordinal: Int, key: Range<Int>, row: Range<Int>, violated: Int) {
            self.check = check
            self.ordinal = ordinal
            self.key = key
            self.row = row
            self.violated = violated
        }
    }

    package init(bytes: [UInt8], checks: [String]) {
        self.bytes = bytes
        self.checks = checks
    }

    /// Part of the bytes as text.
    package func text(_ part: Range<Int>) -> String { String(decoding: bytes[part], as: UTF8.self) }
}
