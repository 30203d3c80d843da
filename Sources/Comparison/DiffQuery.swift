import Catalog
package import StructuredSQL

/// The statements that compare two relations of one server, in one snapshot.
///
/// A full join by key streams what differs; every side is counted by itself, so that the totals must add up. Rows whose key
/// is NULL or not theirs alone have no partner: they are set aside and compared with each other as multisets.
package struct DiffQuery: Sendable {
    /// Rows that have no partner by their key.
    package struct SetAside: Sendable, Hashable {
        package var hasNullKeys: Bool
        package var hasDuplicateKeys: Bool

        package init(hasNullKeys: Bool = false, hasDuplicateKeys: Bool = false) {
            self.hasNullKeys = hasNullKeys
            self.hasDuplicateKeys = hasDuplicateKeys
        }

        package var isEmpty: Bool { !hasNullKeys && !hasDuplicateKeys }
    }

    /// A half-open range of the first key column; without a bound it has no end there.
    package struct KeyRange: Sendable, Hashable {
        package var from: SQL?
        package var to: SQL?

        package init(from: SQL? = nil, to: SQL? = nil) {
            self.from = from
            self.to = to
        }
    }

    /// One of two sides.
    package enum Side: Sendable, Hashable {
        case left, right
    }

    private let schema: DiffSchema
    private let left: SideInput
    private let right: SideInput
    /// How a column's value leaves the server, by its name on the left; `nil` where it must not.
    private let masking: @Sendable (String, SQL) -> SQL?

    package init(
        _ schema: DiffSchema, left: SideInput, right: SideInput,
        masking: @escaping @Sendable (String, SQL) -> SQL? = { $1 }
    ) {
        self.schema = schema
        self.left = left
        self.right = right
        self.masking = masking
    }

    /// Whether constraints say of both sides that a key identifies a row.
    package var hasProvenKeys: Bool { left.hasProvenKey && right.hasProvenKey }

    // MARK: Keys

    /// A statement that counts a side: rows, rows without a whole key, rows that share their key.
    package func census(of side: Side) -> SQL {
        let input = input(side)
        let rows = rows(side)
        guard !input.hasProvenKey, !schema.key.isEmpty else { return "SELECT count(*), 0, 0 FROM \(rows)" }
        let names = keys(side)
        let isNull: SQL = names.map { "\($0) IS NULL" as SQL }.joined(separator: " OR ")
        let forms = keyForms(side).enumerated().map { "\($1) AS \(Self.name("k", $0))" as SQL }
        return """
            SELECT coalesce(sum(n), 0)::pg_catalog.int8, coalesce(sum(n) FILTER (WHERE is_null), 0)::pg_catalog.int8,
                coalesce(sum(n) FILTER (WHERE n > 1 AND NOT is_null), 0)::pg_catalog.int8
            FROM (
                SELECT is_null, count(*) AS n FROM (
                    SELECT (\(isNull)) AS is_null, \(forms.joined(separator: ", ")) FROM \(rows)
                ) AS keyed GROUP BY is_null, \(schema.key.indices.map { Self.name("k", $0) }.joined(separator: ", "))
            ) AS counted
            """
    }

    // MARK: Differences by key

    /// A statement that gives what differs: its state, which columns differ as a text of 0 and 1, and for the first `keep`
    /// rows key, left and right as JSON.
    package func differences(without aside: SetAside, in range: KeyRange = KeyRange(), keep: Int?) -> SQL {
        let pairs = schema.columns
        let changed = pairs.enumerated().map { index, pair in
            pair.difference("a.\(Self.name("c", index))", "b.\(Self.name("c", index))")
        }
        let (first, second): (SQL, SQL) = ("a.\(Self.name("k", 0))", "b.\(Self.name("k", 0))")
        let join = schema.key.enumerated().map { index, pair -> SQL in
            let name = Self.name("k", index)
            return
                "\(pair.form.sql("a.\(name)", of: pair.left.type)) = \(pair.form.sql("b.\(name)", of: pair.right.type))"
        }
        let bits: SQL =
            changed.isEmpty
            ? "''" : changed.map { "CASE WHEN \($0) THEN '1' ELSE '0' END" as SQL }.joined(separator: " || ")
        let differs = ["\(first) IS NULL", "\(second) IS NULL"] + changed
        let beginning: SQL = aside.hasDuplicateKeys ? "WITH \(duplicates) " : ""
        func kept(_ value: SQL) -> SQL {
            keep.map { "CASE WHEN row_number() OVER () <= \(bind: $0)::pg_catalog.int8 THEN \(value) END" } ?? value
        }
        let isPair: SQL = "\(first) IS NOT NULL AND \(second) IS NOT NULL"
        return """
            \(beginning)SELECT CASE WHEN \(first) IS NULL THEN '>' WHEN \(second) IS NULL THEN '<' ELSE '~' END,
                CASE WHEN \(isPair) THEN \(bits) END,
                \(kept("CASE WHEN \(first) IS NULL THEN \(json(schema.key, "b", "k")) ELSE \(json(schema.key, "a", "k")) END")),
                \(kept("CASE WHEN \(first) IS NOT NULL THEN \(json(pairs, "a", "c")) END")),
                \(kept("CASE WHEN \(second) IS NOT NULL THEN \(json(pairs, "b", "c")) END"))
            FROM (\(projection(.left, aside, range))) AS a FULL JOIN (\(projection(.right, aside, range))) AS b
                ON \(join.joined(separator: " AND "))
            WHERE \(differs.joined(separator: " OR "))
            """
    }

    private func projection(_ side: Side, _ aside: SetAside, _ range: KeyRange) -> SQL {
        let keys = keys(side).enumerated().map { "\($1) AS \(Self.name("k", $0))" as SQL }
        let values = names(schema.columns, side).enumerated().map { "\($1) AS \(Self.name("c", $0))" as SQL }
        var conditions: [SQL] = []
        if aside.hasNullKeys, !input(side).hasProvenKey {
            conditions += self.keys(side).map { "\($0) IS NOT NULL" as SQL }
        }
        if let from = range.from { conditions.append("\(self.keys(side)[0]) >= \(from)") }
        if let to = range.to { conditions.append("\(self.keys(side)[0]) < \(to)") }
        if aside.hasDuplicateKeys { conditions.append("NOT \(isDuplicate(side))") }
        return "SELECT \((keys + values).joined(separator: ", ")) FROM \(rows(side, and: conditions))"
    }

    // MARK: Rows set aside

    /// A statement that counts what is set aside: rows with a duplicate key left and right, rows with a NULL in the key left
    /// and right, and rows that the other side does not have as often, left and right.
    package func asideCounts(_ aside: SetAside) -> SQL {
        """
        \(asideBeginning(aside))SELECT coalesce(sum(n) FILTER (WHERE NOT is_null), 0)::pg_catalog.int8,
            coalesce(sum(m) FILTER (WHERE NOT is_null), 0)::pg_catalog.int8,
            coalesce(sum(n) FILTER (WHERE is_null), 0)::pg_catalog.int8,
            coalesce(sum(m) FILTER (WHERE is_null), 0)::pg_catalog.int8,
            coalesce(sum(GREATEST(n - m, 0)), 0)::pg_catalog.int8, coalesce(sum(GREATEST(m - n, 0)), 0)::pg_catalog.int8
        FROM (\(multiset(schema.key + schema.columns, aside: aside))) AS counted
        """
    }

    /// A statement that gives the rows of a multiset that differ, in the form of ``differences(without:in:keep:)``, with how
    /// often instead of which columns.
    package func multisetDifferences(_ aside: SetAside?, keep: Int?) -> SQL {
        let pairs = schema.key + schema.columns
        let limit: SQL = keep.map { " LIMIT \(bind: $0)" } ?? ""
        let row = jsonOfForms(schema.columns, from: schema.key.count)
        return """
            \(asideBeginning(aside ?? SetAside()))SELECT CASE WHEN n > m THEN '<' ELSE '>' END, abs(n - m)::pg_catalog.text,
                \(schema.key.isEmpty ? "'null'" : jsonOfForms(schema.key, from: 0)),
                CASE WHEN n > m THEN \(row) END, CASE WHEN n < m THEN \(row) END
            FROM (\(multiset(pairs, aside: aside))) AS counted WHERE n <> m\(limit)
            """
    }

    /// A statement that compares sides without a key: rows left and right, in both, and those that only one has.
    package var multisetCounts: SQL {
        """
        SELECT coalesce(sum(n), 0)::pg_catalog.int8, coalesce(sum(m), 0)::pg_catalog.int8,
            coalesce(sum(LEAST(n, m)), 0)::pg_catalog.int8, coalesce(sum(GREATEST(n - m, 0)), 0)::pg_catalog.int8,
            coalesce(sum(GREATEST(m - n, 0)), 0)::pg_catalog.int8
        FROM (\(multiset(schema.columns, aside: nil))) AS counted
        """
    }

    /// Different rows with how often each side has them, in the forms in which they are compared.
    private func multiset(_ pairs: [ColumnPair], aside: SetAside?) -> SQL {
        func side(_ side: Side) -> SQL {
            let forms = names(pairs, side).enumerated().map { index, name -> SQL in
                let pair = pairs[index]
                return "\(pair.form.sql(name, of: pair.column(side).type)) AS \(Self.name("f", index))"
            }
            var conditions: [SQL] = []
            if let aside {
                let isNull = keys(side).map { "\($0) IS NULL" as SQL }.joined(separator: " OR ")
                conditions.append(aside.hasDuplicateKeys ? "(\(isNull)) OR \(isDuplicate(side))" : isNull)
            }
            let isNull: SQL =
                aside == nil ? "false" : keys(side).map { "\($0) IS NULL" as SQL }.joined(separator: " OR ")
            let counts: SQL = side == .left ? "1 AS n, 0 AS m" : "0 AS n, 1 AS m"
            let list = (forms + ["(\(isNull)) AS is_null", counts]).joined(separator: ", ")
            return "SELECT \(list) FROM \(rows(side, and: conditions))"
        }
        let columns = pairs.indices.map { Self.name("f", $0) } + ["is_null"]
        return """
            SELECT \(columns.joined(separator: ", ")), sum(n) AS n, sum(m) AS m
            FROM (\(side(.left)) UNION ALL \(side(.right))) AS both_sides GROUP BY \(columns.joined(separator: ", "))
            """
    }

    private func asideBeginning(_ aside: SetAside) -> SQL { aside.hasDuplicateKeys ? "WITH \(duplicates) " : "" }

    /// Keys that some row shares with another one of its side.
    private var duplicates: SQL {
        func shared(_ side: Side) -> SQL {
            let forms = keyForms(side).enumerated().map { "\($1) AS \(Self.name("k", $0))" as SQL }
            let present = keys(side).map { "\($0) IS NOT NULL" as SQL }
            let numbers = schema.key.indices.map { SQL(quotedByServer: String($0 + 1)) }.joined(separator: ", ")
            return
                "SELECT \(forms.joined(separator: ", ")) FROM \(rows(side, and: present)) GROUP BY \(numbers) HAVING count(*) > 1"
        }
        let sides = [Side.left, .right].filter { !input($0).hasProvenKey }.map(shared)
        return "duplicates AS MATERIALIZED (\(sides.joined(separator: " UNION ")))"
    }

    private func isDuplicate(_ side: Side) -> SQL {
        let pairs = keyForms(side).enumerated().map { "duplicates.\(Self.name("k", $0)) = \($1)" as SQL }
        return "EXISTS (SELECT FROM duplicates WHERE \(pairs.joined(separator: " AND ")))"
    }

    // MARK: Parts

    private func input(_ side: Side) -> SideInput { side == .left ? left : right }

    private func rows(_ side: Side, and conditions: [SQL] = []) -> SQL { input(side).rows(and: conditions) }

    private func names(_ pairs: [ColumnPair], _ side: Side) -> [SQL] {
        pairs.map { "r.\(identifier: $0.column(side).name)" }
    }

    private func keys(_ side: Side) -> [SQL] { names(schema.key, side) }

    private func keyForms(_ side: Side) -> [SQL] {
        zip(keys(side), schema.key).map { name, pair in
            pair.form.sql(name, of: pair.column(side).type)
        }
    }

    private static func name(_ letter: String, _ index: Int) -> SQL { SQL(quotedByServer: "\(letter)\(index)") }

    /// Columns as a JSON object, personal ones masked.
    private func json(_ pairs: [ColumnPair], _ alias: SQL, _ letter: String) -> SQL {
        let members = pairs.enumerated().compactMap { index, pair in
            masking(pair.name, "\(alias).\(Self.name(letter, index))").map {
                "\($0) AS \(identifier: pair.name)" as SQL
            }
        }
        guard !members.isEmpty else { return "'{}'" }
        return StreamQuery.object(members)
    }

    private func jsonOfForms(_ pairs: [ColumnPair], from first: Int) -> SQL {
        let members = pairs.enumerated().compactMap { index, pair in
            masking(pair.name, Self.name("f", first + index)).map { "\($0) AS \(identifier: pair.name)" as SQL }
        }
        guard !members.isEmpty else { return "'{}'" }
        return StreamQuery.object(members)
    }
}
