package import Catalog
package import Checks
import Introspection
package import Postgres
import StructuredSQL

/// Looks for columns that hold personal data: by their names, and by what a sample of their values looks like.
///
/// Only numbers leave the server, never a value.
package struct PersonalDataScan: Sendable {
    /// What was found out about one column.
    package struct Finding: Sendable, Hashable {
        package var relation: RelationName
        package var column: String
        /// What its values look like, or its name says; `nil` where only the name tells, and tells no class.
        package var data: PersonalData?
        /// What the name says it holds, such as `birth`; `nil` where it says nothing.
        package var word: String?
        /// Values that look so among those of the sample.
        package var matching: Int
        package var sampled: Int
        /// How it should be masked.
        package var masking: MaskingRule
    }

    /// What came of a scan.
    package struct Report: Sendable {
        package var findings: [Finding] = []
        /// Relations that were looked at.
        package var relationCount = 0
        /// Relations that could not be looked at, each with the reason.
        package var failures: [(relation: RelationName, message: String)] = []
    }

    /// Rows of each relation that are looked at, at most.
    package var sampleSize: Int
    /// The share of the values from which on a column counts as one that holds such data, in 0...1.
    package var threshold: Double

    package init(sampleSize: Int = 10_000, threshold: Double = 0.1) {
        self.sampleSize = sampleSize
        self.threshold = threshold
    }

    /// Scans relations; without names, all that the role may read outside the system's schemas.
    package func run(
        _ connectionSettings: ConnectionSettings, relations names: [RelationName], settings: AuditSettings
    ) async throws -> Report {
        let connection = try await Connection.open(connectionSettings)
        defer { Task { await connection.close() } }
        _ = try await SnapshotSession.begin(on: connection, settings: settings, exports: false)
        let introspector = Introspector(connection: connection)
        let path = settings.searchPath.isEmpty ? ["public"] : settings.searchPath
        let wanted = names.isEmpty ? try await introspector.visibleNames() : names
        let catalog = try await introspector.snapshot(of: Set(wanted), searchPath: path)
        var report = Report()
        for name in wanted.sorted() {
            guard let relation = catalog.relations[name] else {
                report.failures.append((name, "it does not exist, or the role may not see it"))
                continue
            }
            report.relationCount += 1
            do throws(PostgresError) {
                report.findings += try await findings(in: relation, on: connection)
            } catch {
                if error.endsSession || error.kind == .cancelled { throw error }
                try await SnapshotSession.rewind(connection)
                report.failures.append((relation.name, error.message))
            }
        }
        await connection.close()
        return report
    }

    private func findings(in relation: Relation, on connection: Connection) async throws(PostgresError) -> [Finding] {
        let texts = relation.columns.filter { column in
            column.isSelectable
                && (column.type.category == .string || column.type.isJSON || column.type.baseName == "inet")
        }
        var counts: [String: (sampled: Int, matching: [PersonalData: Int])] = [:]
        if !texts.isEmpty {
            let expressions: [SQL] = texts.flatMap { column -> [SQL] in
                let text: SQL = "\(identifier: column.name)::pg_catalog.text"
                return ["count(\(identifier: column.name))"]
                    + PersonalData.allCases.map { "count(*) FILTER (WHERE \($0.occurs(in: text)))" }
            }
            let columns = texts.map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ")
            let row = try await connection.row(
                """
                SELECT \(expressions.joined(separator: ", "))
                FROM (SELECT \(columns) FROM \(source(relation)) LIMIT \(bind: sampleSize)) AS sample
                """)
            let width = PersonalData.allCases.count + 1
            for (index, column) in texts.enumerated() {
                var matching: [PersonalData: Int] = [:]
                for (position, data) in PersonalData.allCases.enumerated() {
                    matching[data] = try row.integer(index * width + 1 + position)
                }
                counts[column.name] = (try row.integer(index * width), matching)
            }
        }
        return relation.columns.compactMap { column in finding(column, in: relation, counts[column.name]) }
    }

    /// A part of a large table from all over it: the first rows are often the oldest.
    private func source(_ relation: Relation) -> SQL {
        guard relation.canBeSampled, let rows = relation.estimatedRowCount, rows > Double(sampleSize) * 4 else {
            return relation.name.sql
        }
        // Twice what is wanted, because estimates and blocks are rough.
        let percent = min(100, max(0.01, Double(sampleSize) * 200 / rows))
        return "\(relation.name.sql) TABLESAMPLE SYSTEM (\(bind: "\(percent)")::pg_catalog.float4) REPEATABLE (1)"
    }

    private func finding(
        _ column: Column, in relation: Relation, _ counts: (sampled: Int, matching: [PersonalData: Int])?
    ) -> Finding? {
        let name = PersonalName(of: column)
        let best = counts?.matching.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
        let (sampled, matching) = (counts?.sampled ?? 0, best?.value ?? 0)
        let looksSo = sampled > 0 && Double(matching) >= threshold * Double(sampled) && matching > 0
        guard looksSo || name != nil else { return nil }
        let data = looksSo ? best?.key : name?.data
        return Finding(
            relation: relation.name, column: column.name, data: data, word: name?.word,
            matching: looksSo ? matching : 0, sampled: sampled,
            masking: data?.masking ?? name?.masking ?? .mask)
    }
}
