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

    /// The column of a side.
    func column(_ side: DiffQuery.Side) -> Column { side == .left ? left : right }

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
        // Exactly, and after equality: infinities are equal, and their distance is NaN.
        let (x, y) = (exact(one, self.left), exact(two, self.right))
        var near: [SQL] = []
        if let absolute = tolerance.absolute {
            near.append("abs(\(x) - \(y)) <= \(bind: absolute)::pg_catalog.numeric")
        }
        if let relative = tolerance.relative {
            near.append("abs(\(x) - \(y)) <= \(bind: relative)::pg_catalog.numeric * GREATEST(abs(\(x)), abs(\(y)))")
        }
        let finite = [one, two].map { "(\($0))::pg_catalog.text NOT IN ('NaN', 'Infinity', '-Infinity')" as SQL }
        return """
            (\(differ) AND NOT coalesce(CASE WHEN \(finite.joined(separator: " AND ")) THEN \(near.joined(separator: " OR ")) \
            ELSE false END, false))
            """
    }

    /// Types that can have a tolerance.
    static let numbers: Set = ["int2", "int4", "int8", "numeric", "float4", "float8"]

    /// A statement that says of pairs of values, as texts of two servers, whether they differ, in their order.
    ///
    /// - Parameters:
    ///   - left: Values on the left; numbers, or NULL.
    ///   - right: Values on the right, as many.
    /// - Returns: A statement that any server answers.
    package func judging(_ left: [String?], _ right: [String?]) -> SQL {
        func list(_ values: [String?]) -> SQL {
            let literals = values.map { $0.map { "\(bind: $0)" as SQL } ?? "NULL" }
            return "ARRAY[\(literals.joined(separator: ", "))]::pg_catalog.text[]"
        }
        func value(_ name: SQL, _ column: Column) -> SQL {
            "(\(name))::pg_catalog.\(identifier: column.type.baseName)"
        }
        return """
            SELECT \(difference(value("v.x", self.left), value("v.y", self.right)))
            FROM ROWS FROM (unnest(\(list(left))), unnest(\(list(right)))) WITH ORDINALITY AS v (x, y, n) ORDER BY v.n
            """
    }

    /// A number as `numeric`, so that 0.3 - 0.2 is 0.1.
    private func exact(_ value: SQL, _ column: Column) -> SQL {
        ["float4", "float8"].contains(column.type.baseName)
            ? "(\(value))::pg_catalog.text::pg_catalog.numeric" : "(\(value))::pg_catalog.numeric"
    }
}
