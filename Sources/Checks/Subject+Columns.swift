package import Catalog
package import StructuredSQL

/// What kinds ask of the columns they are about.
extension Subject {
    /// The only column, which holds text.
    package func textColumn() throws(SubjectError) -> Column {
        let column = try column()
        guard column.type.category == .string else {
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), not text")
        }
        return column
    }

    /// The only column, which holds ranges.
    func rangeColumn() throws(SubjectError) -> Column {
        let column = try column()
        guard column.type.baseName.hasSuffix("range") else {
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), not a range")
        }
        return column
    }

    /// The only column as jsonb.
    func document() throws(SubjectError) -> SQL {
        let column = try column()
        guard column.type.isJSON else {
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), not json or jsonb")
        }
        return column.type.baseName == "jsonb"
            ? "\(identifier: column.name)" : "\(identifier: column.name)::pg_catalog.jsonb"
    }

    /// Columns that are compared with each other; an instant and a time without a zone are compared as instants.
    func comparableColumns() throws(SubjectError) -> [SQL] {
        let isMixed =
            columns.contains(where: \.type.isInstant) && columns.contains(where: \.type.isLocalTime)
        var result: [SQL] = []
        for column in columns {
            result.append(isMixed ? "(\(try instant(in: column)))" : "\(identifier: column.name)")
        }
        return result
    }

    /// How long a value is: characters of text, bytes of bytea, elements of an array.
    func length(of column: Column) throws(SubjectError) -> SQL {
        switch column.type.category {
        case .string: return "pg_catalog.char_length(\(identifier: column.name)::pg_catalog.text)"
        case .array: return "pg_catalog.cardinality(\(identifier: column.name))"
        case _ where column.type.baseName == "bytea": return "pg_catalog.octet_length(\(identifier: column.name))"
        default:
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), which has no length")
        }
    }

    /// The only column, which holds numbers.
    package func numberColumn() throws(SubjectError) -> Column {
        let column = try column()
        guard column.type.category == .numeric else {
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), not a number")
        }
        return column
    }

    /// Sees that there is more than one column.
    package func requireSeveralColumns(for kind: String) throws(SubjectError) {
        guard columns.count > 1 else { throw SubjectError("\(kind) needs two columns at least") }
    }

    /// The columns in a list, as functions and tuples take them.
    package var columnList: SQL { columns.map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ") }

    /// A number as `numeric`; a float is what it prints as, not what its bits are.
    package func exactNumber(_ column: Column) -> SQL {
        switch column.type.baseName {
        case "numeric": "\(identifier: column.name)"
        case "float4", "float8": "\(identifier: column.name)::pg_catalog.text::pg_catalog.numeric"
        default: "\(identifier: column.name)::pg_catalog.numeric"
        }
    }

    /// Rows whose number is not an angle between so many degrees and their negative.
    package func degrees(upTo limit: Int) throws(SubjectError) -> Assertion {
        let column = try numberColumn()
        return violations(
            unless: "\(identifier: column.name) BETWEEN \(bind: -limit) AND \(bind: limit)", on: column,
            .comparison(of: column))
    }

    /// Rows whose number does not compare so with another one; NaN compares with nothing here.
    package func comparison(_ operation: SQL, with number: String) throws(SubjectError) -> Assertion {
        let column = try numberColumn()
        let name: SQL = "\(identifier: column.name)"
        var rule: SQL = "\(name) \(operation) \(bind: number)"
        if column.type.hasNaN { rule += " AND \(name) <> 'NaN'" }
        return violations(
            unless: rule, on: column, .comparison(of: column))
    }
}

extension Violation.Effort {
    /// What comparing a column's values takes.
    static func comparison(of column: Column) -> Violation.Effort {
        column.type.baseName == "numeric" ? .numericComparison : .comparison
    }
}
