import Catalog
package import StructuredSQL

/// The statements that compare a side with one on another server: a stream of keys and hashes in the order of the key, and
/// the rows behind some of them.
package struct StreamQuery: Sendable {
    private let schema: DiffSchema
    private let side: DiffQuery.Side
    private let input: SideInput
    private let masking: @Sendable (String, SQL) -> SQL?
    package let keyForms: [KeyForm]

    package init(
        _ schema: DiffSchema, _ side: DiffQuery.Side, _ input: SideInput,
        masking: @escaping @Sendable (String, SQL) -> SQL? = { $1 }
    ) {
        self.schema = schema
        self.side = side
        self.input = input
        self.masking = masking
        keyForms = schema.key.map(KeyForm.init)
    }

    /// Whether a constraint says that a key identifies a row.
    package var hasProvenKey: Bool { input.hasProvenKey }

    private var keyNames: [SQL] {
        schema.key.map { "r.\(identifier: $0.column(side).name)" }
    }

    private var encodedKeys: [SQL] { zip(schema.key, keyForms).map { $1.sql($0, side) } }

    /// Keys of all rows with a whole key, in the order of the key, and their hashes or, by the method, the rows themselves;
    /// without a key the hashes alone, in their order.
    ///
    /// - Parameters:
    ///   - method: What travels.
    ///   - range: Only keys in it.
    ///   - buckets: Only keys in these of ``checksums(in:)``; `nil` means all.
    /// - Returns: A statement.
    package func stream(
        _ method: TransferMethod = .hashes, in range: DiffQuery.KeyRange = DiffQuery.KeyRange(), buckets: [Int]? = nil
    ) -> SQL {
        guard !schema.key.isEmpty else {
            return "SELECT \(RowHash.sql(of: schema.columns, side)) AS h FROM \(input.rows()) ORDER BY 1"
        }
        // By the column itself, where its order is that of what is sent: an index may have it.
        let order = zip(zip(keyNames, encodedKeys), schema.key).map { pair, key -> SQL in
            KeyForm(key) == .number || key.left.type.baseName == "uuid" ? pair.0 : pair.1
        }
        var conditions = conditions(in: range)
        if !input.hasProvenKey { conditions += keyNames.map { "\($0) IS NOT NULL" as SQL } }
        if let buckets {
            let list = buckets.map { SQL(quotedByServer: String($0)) }.joined(separator: ", ")
            conditions.append("\(bucket) IN (\(list))")
        }
        return """
            SELECT \((encodedKeys + payload(method)).joined(separator: ", "))
            FROM \(input.rows(and: conditions)) ORDER BY \(order.joined(separator: ", "))
            """
    }

    /// Whole rows as they lie in some pages of their table.
    ///
    /// - Parameter pages: Half open; without a bound it has no end there.
    /// - Returns: A statement, in no order.
    package func heap(_ pages: (from: Int?, to: Int?)) -> SQL {
        func place(_ page: Int) -> SQL { "'(\(SQL(quotedByServer: String(page))),0)'::pg_catalog.tid" }
        let conditions: [SQL] = [
            pages.from.map { "r.ctid >= \(place($0))" }, pages.to.map { "r.ctid < \(place($0))" },
        ].compactMap(\.self)
        return """
            SELECT \((encodedKeys + payload(.rows)).joined(separator: ", ")) FROM \(input.rows(and: conditions))
            """
    }

    /// Rows, and the sum of their hashes, key included, by bucket of their keys: equal buckets hold equal rows.
    ///
    /// Where a bucket's rows differ its sum is the same with a probability of 2^-64: each hash depends on all values of its
    /// row, so that two changes do not cancel each other.
    package func checksums(in range: DiffQuery.KeyRange) -> SQL {
        """
        SELECT \(bucket), count(*), sum(\(RowHash.sql(of: schema.key + schema.columns, side)))
        FROM \(input.rows(and: conditions(in: range))) GROUP BY 1
        """
    }

    /// What reading one row costs by each method: a statement that gives so many rows as it would, in any order.
    package func probe(_ method: TransferMethod, rows: Int) -> SQL {
        switch method {
        case .rows, .hashes:
            return
                "SELECT \((encodedKeys + payload(method)).joined(separator: ", ")) FROM \(input.rows()) LIMIT \(bind: rows)"
        case .checksums:
            return """
                SELECT bucket, count(*), sum(h) FROM (
                    SELECT \(bucket) AS bucket, \(RowHash.sql(of: schema.key + schema.columns, side)) AS h
                    FROM \(input.rows()) LIMIT \(bind: rows)
                ) AS probed GROUP BY 1
                """
        }
    }

    /// Buckets of a range: few enough to be nothing to send, many enough that one of them is little to send.
    private static let bucketCount = 4096

    private var bucket: SQL {
        "(\(RowHash.sql(of: schema.key, side)) & \(SQL(quotedByServer: String(Self.bucketCount - 1))))"
    }

    private func payload(_ method: TransferMethod) -> [SQL] {
        guard method == .rows else { return [RowHash.sql(of: schema.columns, side)] }
        let rest = schema.columns.filter { $0.whole(side) == nil }
        return schema.columns.compactMap { $0.whole(side) } + (rest.isEmpty ? [] : [RowHash.sql(of: rest, side)])
    }

    private func conditions(in range: DiffQuery.KeyRange) -> [SQL] {
        guard let name = keyNames.first else { return [] }
        return [range.from.map { "\(name) >= \($0)" as SQL }, range.to.map { "\(name) < \($0)" }].compactMap(\.self)
    }

    /// Hashes of the rows with a NULL in the key, key included, and how often each occurs.
    package var nullKeys: SQL {
        let isNull = keyNames.map { "\($0) IS NULL" as SQL }.joined(separator: " OR ")
        return
            "SELECT \(RowHash.sql(of: schema.key + schema.columns, side)), count(*) FROM \(input.rows(and: [isNull])) GROUP BY 1"
    }

    /// The rows of some keys: the position of the key in the list, the key and the row as JSON, and of each compared column
    /// its hash, or the number where it has a tolerance, as a JSON list of texts.
    ///
    /// - Parameter keys: Keys as ``stream`` gave them.
    /// - Returns: A statement.
    package func rows(of keys: [[[UInt8]]]) -> SQL {
        let lists = keys.enumerated().map { position, key -> SQL in
            let values = zip(zip(key, keyForms), schema.key).map { part, pair in
                part.1.literal(part.0, of: pair.column(side))
            }
            return "(\(SQL(quotedByServer: String(position))), \(values.joined(separator: ", ")))"
        }
        let names = schema.key.indices.map { SQL(quotedByServer: "k\($0)") }
        let join = zip(schema.key.indices, names).map { index, name -> SQL in
            let exact: SQL = "\(encodedKeys[index]) = wanted.\(name)"
            return isSearchable(index) ? "\(keyNames[index]) = wanted.\(name) AND \(exact)" : exact
        }.joined(separator: " AND ")
        let forms = schema.columns.map { pair -> SQL in
            guard pair.tolerance != nil else { return "(\(RowHash.sql(of: [pair], side)))::pg_catalog.text" }
            return "r.\(identifier: pair.column(side).name)::pg_catalog.text"
        }
        let list: SQL = forms.isEmpty ? "'{}'::pg_catalog.text[]" : "ARRAY[\(forms.joined(separator: ", "))]"
        let columns: SQL =
            "wanted.position, \(json(schema.key)), \(json(schema.columns)), pg_catalog.to_json(\(list))::pg_catalog.text"
        let source: SQL =
            input.filter == nil ? input.rows() : "(SELECT r.* FROM \(input.rows())) AS r"
        return """
            SELECT \(columns) FROM (VALUES \(lists.joined(separator: ", "))) AS wanted (position, \(names.joined(separator: ", ")))
            JOIN \(source) ON \(join) ORDER BY 1
            """
    }

    /// Whether the column itself can be compared with what is wanted, so that an index on it serves.
    private func isSearchable(_ index: Int) -> Bool {
        let types = [schema.key[index].left.type, schema.key[index].right.type]
        return types.allSatisfy { ["int2", "int4", "int8"].contains($0.baseName) }
            || types.allSatisfy { ["text", "varchar"].contains($0.baseName) && $0.isBuiltIn }
    }

    private func json(_ pairs: [ColumnPair]) -> SQL {
        let members = pairs.compactMap { pair in
            masking(pair.name, "r.\(identifier: pair.column(side).name)")
                .map { "\($0) AS \(identifier: pair.name)" as SQL }
        }
        guard !members.isEmpty else { return "'{}'" }
        return Self.object(members)
    }

    /// A row of columns as a JSON object.
    ///
    /// The star says that the row is meant, and not a column that is called like it.
    static func object(_ members: [SQL]) -> SQL {
        "(SELECT pg_catalog.row_to_json(j.*)::pg_catalog.text FROM (SELECT \(members.joined(separator: ", "))) AS j)"
    }
}
