import Catalog
import StructuredSQL

/// What `increasing` and `decreasing` share: each value is compared with the one before it.
struct OrderedValues: Sendable {
    static let parameters = [
        Parameter("order_by", .columns, "the columns that say which row is next; by default the suite's time column"),
        Parameter("strict", .boolean, "a value that is the same again fails, too"),
    ]
    static let semantics = """
        Rows without a value are left out. A value is compared with the one before it, also where that fails itself. Rows \
        that come at the same place in the order are in no order: make it complete. Sorts the rows.
        """

    let isStrict: Bool
    private let columns: [String]?

    init(_ arguments: Arguments) {
        isStrict = arguments.flag("strict")
        columns = arguments.list("order_by")
    }

    /// The rows whose value and the one before it compare so: that is true where the row fails.
    func assertion(on subject: Subject, failing comparison: SQL) throws(SubjectError) -> Assertion {
        guard let names = columns ?? subject.time.map({ [$0.column] }) else {
            throw SubjectError("nothing says in which order", hint: "Give it order_by, or the suite a time column.")
        }
        let order = try subject.columns(named: names, of: "order_by").joined(separator: ", ")
        let value: SQL = "\(identifier: try subject.column().name)"
        let previous = subject.own("previous")
        return .query(
            failing: subject.rows(
                deriving: [(previous, "lag(\(value)) OVER (\(subject.partition())ORDER BY \(order))")],
                among: "\(value) IS NOT NULL", where: "\(value) \(comparison) \(previous)"),
            of: nil)
    }
}
