import Catalog
import Checks
import StructuredSQL

/// A cheap proof that no two rows share a key.
///
/// Equal keys have equal hashes. As many different hashes as rows therefore means as many different keys: that is
/// certain, not likely. Fewer hashes mean a duplicate or, once in 2^64 pairs, two keys of one hash: then the statement
/// proves nothing and the rows are grouped. Sorting machine words takes a fraction of grouping by the key itself.
struct UniquenessScreen {
    let relation: Relation
    let columns: [Column]
    let nulls: NullPolicy
    let rows: SQL

    /// Bytes of a word while it is being sorted, with room to grow.
    private static let bytesPerWord = 40.0

    /// Whether the statistics say that there is little hope of a proof.
    var isHopeless: Bool {
        guard columns.count == 1, let statistics = columns[0].statistics, let count = relation.estimatedRowCount else {
            return false
        }
        return statistics.distinctCount < 0.9 * count * (1 - statistics.nullFraction)
    }

    /// `work_mem` to sort in memory, at most `limit`.
    func workMemoryBytes(limit: Int) -> Int {
        let needed = (relation.estimatedRowCount ?? 0) * Self.bytesPerWord
        return needed < Double(limit) ? Int(needed) : limit
    }

    /// One row: 0 or NULL for "do not know", and the number of rows.
    var statement: SQL {
        let isUnique: SQL =
            switch nulls {
            case .pass: "count(\(word)) = count(DISTINCT \(word))"
            // NULLs are equal to each other: a second one is a duplicate. A hash of several columns is never NULL.
            case .fail: "count(\(word)) = count(DISTINCT \(word)) AND count(*) - count(\(word)) < 2"
            }
        return "SELECT CASE WHEN \(isUnique) THEN 0 END, count(*)\nFROM \(rows)"
    }

    /// A number that is equal for equal keys; NULL for a key that is shared with nobody because of a NULL in it.
    private var word: SQL {
        let names: [SQL] = columns.map { "\(identifier: $0.name)" }
        if columns.count == 1 {
            if columns[0].type.isWord { return names[0] }
            if let function = columns[0].type.hashFunction { return Self.hash(names[0], by: function, seed: "0") }
        }
        let functions = columns.compactMap(\.type.hashFunction)
        if nulls == .pass, functions.count == columns.count {
            return zip(names, functions).reduce("0" as SQL) { Self.hash($1.0, by: $1.1, seed: $0) }
        }
        let hash: SQL = "pg_catalog.hash_record_extended(ROW(\(names.joined(separator: ", "))), 0)"
        guard nulls == .pass else { return hash }
        let present: [SQL] = names.map { "\($0) IS NOT NULL" }
        return "CASE WHEN \(present.joined(separator: " AND ")) THEN \(hash) END"
    }

    private static func hash(_ value: SQL, by function: String, seed: SQL) -> SQL {
        SQL(fragments: [.identifier(["pg_catalog", function])]) + "(\(value), \(seed))"
    }
}
