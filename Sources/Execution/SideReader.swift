import Catalog
import Checks
import Comparison
import Introspection
import Postgres
import StructuredSQL

/// A side of a comparison as the server knows it.
struct SideRelation: Sendable {
    /// Ready to stand after FROM.
    var source: SQL
    var filter: SQL?
    var columns: [Column]
    /// `nil` for a query.
    var relation: Relation?

    var primaryKey: [String] { relation?.primaryKey ?? [] }

    /// The side as statements take it.
    func input(keyedBy key: [String]) -> SideInput {
        let isProven =
            !key.isEmpty && relation?.key(within: key, nulls: .fail) != nil
            && key.allSatisfy { relation?.constraint(forbiddingNullsIn: $0) != nil }
        return SideInput(source: source, filter: filter, hasProvenKey: isProven)
    }
}

/// Reads what the sides of a comparison are.
struct SideReader {
    let connection: Connection
    let searchPath: [String]

    /// The relation or query of a side, with its columns.
    ///
    /// - Throws: A ``CheckFailure`` if there is no such relation or the query is refused, a ``PostgresError`` if the
    ///   catalog cannot be read.
    func relation(of side: DiffSide, resolving values: [String: SQL]) async throws -> SideRelation {
        let filter = side.filter?.resolving(values)
        switch side.source {
        case .relation(let name):
            let path = searchPath.isEmpty ? ["public"] : searchPath
            let catalog = try await Introspector(connection: connection).snapshot(of: [name], searchPath: path)
            guard let relation = catalog.relations[name] else {
                throw CheckFailure(.plan, "relation \"\(name)\" does not exist", sqlState: "42P01")
            }
            let unreadable = relation.columns.filter { !$0.isSelectable }.map(\.name)
            guard unreadable.count < relation.columns.count else {
                throw CheckFailure(.plan, "permission denied for \(relation.name)", sqlState: "42501")
            }
            return SideRelation(
                source: relation.name.sql, filter: filter, columns: relation.columns, relation: relation)
        case .query(let query):
            let resolved = query.resolving(values)
            return SideRelation(
                source: "(\(resolved))", filter: filter, columns: try await columns(of: resolved), relation: nil)
        }
    }

    /// Keeps what a side reads from being truncated or replaced until the transaction ends: what is there afterwards would
    /// not be what the snapshot saw, without an error.
    func lock(_ side: SideRelation) async throws(PostgresError) {
        _ = try await connection.rows("SELECT FROM \(side.source) AS r LIMIT 0")
    }

    /// The columns of a query's result, without reading a row.
    private func columns(of query: SQL) async throws -> [Column] {
        do {
            let names = try await connection.row(
                "SELECT r.* FROM (VALUES (1)) AS nothing LEFT JOIN (\(query)) AS r ON false LIMIT 1"
            ).columns
            guard Set(names).count == names.count else {
                throw CheckFailure(.plan, "the query has two columns of one name", hint: "Give them names with AS.")
            }
            let types = names.map { "pg_catalog.pg_typeof(r.\(identifier: $0))::pg_catalog.oid" as SQL }
            let described = try await connection.rows(
                """
                SELECT pg_catalog.format_type(t.oid, NULL), b.typname, b.typcategory
                FROM (
                    SELECT ARRAY[\(types.joined(separator: ", "))] AS oids
                    FROM (VALUES (1)) AS nothing LEFT JOIN (\(query)) AS r ON false LIMIT 1
                ) AS found, unnest(found.oids) WITH ORDINALITY AS o (oid, position)
                JOIN pg_catalog.pg_type AS t ON t.oid = o.oid
                JOIN pg_catalog.pg_type AS b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
                ORDER BY o.position
                """)
            var columns: [Column] = []
            for (name, row) in zip(names, described) {
                columns.append(
                    Column(
                        name: name,
                        type: DataType(
                            formatted: try row.text(0), baseName: try row.text(1),
                            category: DataType.Category(code: try row.text(2)))))
            }
            return columns
        } catch let error as PostgresError {
            if error.endsSession || error.kind == .cancelled { throw error }
            try await SnapshotSession.rewind(connection)
            throw CheckFailure(.plan, "the query is refused: \(error.message)", sqlState: error.sqlState?.rawValue)
        }
    }
}
