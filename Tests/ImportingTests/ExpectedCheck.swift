import ExactJSON
import Importing

/// A check that a test expects, written as JSON: the column if there is one, the kind with its arguments, and options.
///
/// `{"column": "status", "accepted_values": {"values": ["new"]}, "fail": "percent > 5"}`
enum ExpectedCheck {
    static func parse(_ text: String) throws -> ImportedCheck {
        var members = try JSONValue(parsing: text).members
        var column: String?
        if let first = members.first, first.name == "column" {
            column = first.value.scalarText
            members.removeFirst()
        }
        let kind = members.removeFirst()
        return ImportedCheck(kind.name, column: column, kind.value, options: members)
    }
}
