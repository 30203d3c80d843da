/// How far a comparison of two relations is.
package enum DiffEvent: Sendable, Hashable {
    /// It goes over so many ranges of the key, and about so many rows of both sides together.
    case ranges(Int, rows: Int?)
    /// So many more rows were read, of both sides together; one server says it of whole ranges only.
    case read(Int)
    case rangeEnded
    /// Nothing further is begun for now, and why; `nil` when it goes on.
    case waiting(String?)
}
