/// A parameter of a kind: what a check file may give, how it is read, and what the JSON Schema says.
package struct Parameter: Sendable, Hashable {
    /// The forms a parameter's value takes in a file.
    package enum Form: Sendable, Hashable {
        /// A piece of text, kept as written.
        case text
        /// A number, text or date, bound as it is and read by the server in the column's type.
        case value
        /// A list of values.
        case values
        /// A list of lists of values.
        case tuples
        /// A decimal number.
        case number
        /// One text or a list of them.
        case texts
        case boolean
        /// A whole number, 0 or more.
        case count
        /// A length of time, such as `6h` or `1h 30min`.
        case duration
        /// SQL: an expression.
        case expression
        /// The name of a column.
        case column
        /// One column name or a list of them.
        case columns
        /// A relation's name.
        case relation
        /// One of these words.
        case choice([String])
        /// A kind of check with its parameters, of which the measured number is meant.
        case measure
        /// Any value, as JSON has it.
        case json
    }

    package var name: String
    package var form: Form
    package var isRequired: Bool
    /// What it means, in a sentence without a full stop.
    package var summary: String

    package init(_ name: String, _ form: Form, isRequired: Bool = false, _ summary: String) {
        self.name = name
        self.form = form
        self.isRequired = isRequired
        self.summary = summary
    }
}
