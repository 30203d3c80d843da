package import Catalog
package import StructuredSQL

/// A column of the left side and the one it is compared with.
package struct ColumnPair: Sendable, Hashable {
    /// What it is called in the result: its name on the left.
    package var name: String
    package var left: Column
    package var right: Column
    package var form: ValueForm
    package var tolerance: Tolerance?

    package init(name: String, left: Column, right: Column, form: ValueForm, tolerance: Tolerance? = nil) {
        self.name = name
        self.left = left
        self.right = right
        self.form = form
        self.tolerance = tolerance
    }

    /// True where two values differ, never NULL.
    ///
    /// - Parameters:
    ///   - left: The value on the left.
    ///   - right: The value on the right.
    /// - Returns: A condition.
    package func difference(_ left: SQL, _ right: SQL) -> SQL {
        let (one, two) = (form.sql(left, of: self.left.type), form.sql(right, of: self.right.type))
        let differ: SQL = "\(one) IS DISTINCT FROM \(two)"
        guard let tolerance else { return differ }
        // Equality first: infinities are equal, and their distance is NaN.
        let (x, y): (SQL, SQL) = ("(\(one))::pg_catalog.float8", "(\(two))::pg_catalog.float8")
        var near: [SQL] = []
        if let absolute = tolerance.absolute {
            near.append(
                "abs(\(exact(one, self.left)) - \(exact(two, self.right))) <= \(bind: absolute)::pg_catalog.numeric")
        }
        if let relative = tolerance.relative {
            near.append("abs(\(x) - \(y)) <= \(bind: relative)::pg_catalog.float8 * GREATEST(abs(\(x)), abs(\(y)))")
        }
        let finite: SQL =
            "\(x) NOT IN ('NaN', 'Infinity', '-Infinity') AND \(y) NOT IN ('NaN', 'Infinity', '-Infinity')"
        return """
            (\(differ) AND NOT coalesce(CASE WHEN \(finite) THEN \(near.joined(separator: " OR ")) ELSE false END, false))
            """
    }

    /// A number as `numeric`, so that 0.3 - 0.2 is 0.1.
    private func exact(_ value: SQL, _ column: Column) -> SQL {
        ["float4", "float8"].contains(column.type.baseName)
            ? "(\(value))::pg_catalog.text::pg_catalog.numeric" : "(\(value))::pg_catalog.numeric"
    }
}
