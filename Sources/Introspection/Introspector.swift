package import Catalog
import Foundation
package import Postgres
package import StructuredSQL

/// Reads a server's catalog into values.
///
/// Works in whatever transaction the connection is in, so that the catalog and the rows are of one snapshot.
package struct Introspector {
    private let connection: Connection

    package init(connection: Connection) {
        self.connection = connection
    }

    /// Asks what the server is and what the role may do; gives one row for ``capabilities(from:)``.
    package static let capabilitiesQuery: SQL = query(PackageResources.server_sql)

    /// Reads the answer to ``capabilitiesQuery``.
    package static func capabilities(from row: Row) throws(PostgresError) -> ServerCapabilities {
        let version = try row.text(0)
        let hasCitus = try row.boolean(3)
        let product = version.split(separator: " ").prefix(2).joined(separator: " ")
        return ServerCapabilities(
            product: product,
            versionNumber: try row.integer(1),
            sharesSnapshots: version.hasPrefix("PostgreSQL") && !hasCitus,
            hasCitus: hasCitus,
            isOverprivileged: try row.boolean(6),
            isStandby: try row.boolean(2),
            database: try row.text(4),
            role: try row.text(5),
            parallelWorkers: try row.integer(7),
            workMemoryBytes: try row.integer(8),
            sharedBufferBytes: try row.integer(9),
            blockBytes: try row.integer(10)
        )
    }

    /// The relations of these names; those that do not exist are left out.
    ///
    /// - Parameters:
    ///   - names: Names as check files write them.
    ///   - searchPath: Schemas for names without one, in order.
    ///   - statisticsFrom: Fewest rows of a relation whose column statistics are worth reading.
    /// - Returns: What was found, and names of other relations if something was not.
    /// - Throws: A ``PostgresError`` if the catalog cannot be read.
    package func snapshot(
        of names: Set<RelationName>,
        searchPath: [String],
        statisticsFrom: Int = 10_000
    ) async throws -> CatalogSnapshot {
        let wanted = names.sorted()
        guard !wanted.isEmpty else { return CatalogSnapshot(relations: [:]) }
        let query = Self.query(
            PackageResources.relations_sql,
            Self.arrays(of: wanted).merging([
                "search_path": "\(bind: SQLArray.text(searchPath))",
                "statistics_rows": "\(bind: statisticsFrom)",
            ]) { own, _ in own }
        )
        // Read as they come: while the server describes the next relations.
        let relations = try await connection.withRows(of: query) { rows in
            var relations: [RelationName: Relation] = [:]
            let decoder = JSONDecoder()
            while let row = try await rows.next() {
                let name = wanted[try row.integer(0) - 1]
                do {
                    let document = Data(try row.text(1).utf8)
                    relations[name] = try decoder.decode(RelationDocument.self, from: document).relation
                } catch let error as DecodingError {
                    throw PostgresError(.client, "the catalog describes \(name) in a way that cannot be read: \(error)")
                }
            }
            return relations
        }
        guard relations.count < wanted.count else { return CatalogSnapshot(relations: relations) }
        return CatalogSnapshot(relations: relations, visibleNames: try await visibleNames())
    }

    /// Names of relations outside the system's schemas, partitions left out; at most 5,000 of them.
    package func visibleNames() async throws(PostgresError) -> [RelationName] {
        let rows = try await connection.rows(Self.query(PackageResources.visible_names_sql))
        return rows.map { RelationName(schema: $0[0], name: $0[1] ?? "") }
    }

    /// How Citus keeps relations; ask only where it is installed.
    ///
    /// Sizes are not among it: a server that is down would make an error of the whole answer.
    ///
    /// - Parameter names: Names with their schemas.
    /// - Returns: The relations that Citus knows.
    /// - Throws: A ``PostgresError`` if the catalog cannot be read.
    package func distributions(
        of names: [RelationName]
    ) async throws(PostgresError) -> [RelationName: Distribution] {
        let rows = try await connection.rows(Self.query(PackageResources.distribution_sql, Self.arrays(of: names)))
        var distributions: [RelationName: Distribution] = [:]
        for row in rows {
            let method: Distribution.Method =
                switch try row.text(1) {
                case "reference": .reference
                case "sharded": .sharded(by: try row.text(2))
                default: .single
                }
            distributions[names[try row.integer(0) - 1]] = Distribution(method, colocation: try row.integer(3))
        }
        return distributions
    }

    /// Bytes of a distributed relation on all servers; an error if one of them does not answer.
    package static func sizeQuery(of name: RelationName) -> SQL {
        "SELECT pg_catalog.citus_total_relation_size(\(bind: name.sql.literalText)::pg_catalog.regclass)"
    }

    /// What a relation is, among those that a run reads.
    package struct Identity: Sendable, Hashable {
        /// The name asked for, behind which it is.
        package var asked: RelationName
        package var name: RelationName
        /// Its OID, kind and definition, in one text.
        package var description: String
        /// A number for each column: its name, type and place.
        package var columns: Set<Substring>
        /// The file a table is in (`pg_class.relfilenode`); a new one whenever all of it is written.
        package var file: String?

        /// Whether another one is of the same thing, which may have got more columns.
        package func isKept(by other: Identity) -> Bool {
            description == other.description && columns.isSubset(of: other.columns)
        }
    }

    /// What the named relations, and all that they read, are now in the transaction's eyes.
    ///
    /// - Parameters:
    ///   - names: Names with their schemas.
    ///   - statements: What is sent before, in the same round trip.
    /// - Returns: In the order of the names.
    /// - Throws: A ``PostgresError`` if the catalog cannot be read.
    package func identities(
        of names: [RelationName], after statements: [SQL] = []
    ) async throws(PostgresError) -> [Identity] {
        guard !names.isEmpty else { return [] }
        let query = Self.query(PackageResources.identity_sql, Self.arrays(of: names))
        let answers = try await connection.rows(ofEach: statements + [query])
        return try (answers.last ?? []).map { row throws(PostgresError) in
            Identity(
                asked: names[try row.integer(0) - 1], name: RelationName(schema: row[1], name: try row.text(2)),
                description: try row.text(3), columns: Set((row[4] ?? "").split(separator: " ")),
                file: row[5])
        }
    }

    private static func arrays(of names: [RelationName]) -> [String: SQL] {
        [
            "schemas": "\(bind: SQLArray.text(names.map(\.schema)))",
            "names": "\(bind: SQLArray.text(names.map(\.name)))",
        ]
    }

    private static func query(_ resource: [UInt8], _ values: [String: SQL] = [:]) -> SQL {
        // Our own files always tokenize; a test loads each of them.
        let text = String(decoding: resource, as: UTF8.self)
        let sql = (try? CheckFileSQL.query(text, origin: nil)) ?? SQL()
        return sql.resolving(values)
    }
}
