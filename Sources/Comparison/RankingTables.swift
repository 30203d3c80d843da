import Foundation
import StructuredSQL

/// Metrics of rankings, by query.
///
/// NDCG has the relevance as gain, and documents of one score get the mean of their gains at each of their ranks, as in
/// F. McSherry and M. Najork, "Computing information retrieval performance measures efficiently in the presence of tied
/// scores", 2008. The others take a document for relevant whose relevance is more than 0, and break ties by the key. A query
/// without a relevant document has no order that is better than another: it is left out.
struct RankingTables {
    static let metrics: [ModelMetric] = [
        .ndcg, .meanAveragePrecision, .meanReciprocalRank, .precisionAtK, .recallAtK,
    ]

    private let comparison: ModelComparison

    init(_ comparison: ModelComparison) {
        self.comparison = comparison
    }

    /// Tables up to `ranked`: per part and query each metric of both models.
    var tables: [(name: String, rows: SQL)] {
        let k = SQL(quotedByServer: String(comparison.cutoff))
        // The sum of the discounts of the first ranks: 1 / log2(rank + 1).
        var sum = 0.0
        let discounts =
            [0.0]
            + (1...comparison.cutoff).map { rank in
                sum += 1 / log2(Double(rank + 1))
                return sum
            }
        let list = SQL(quotedByServer: discounts.map { "\($0)" }.joined(separator: ","))
        func discount(_ rank: SQL) -> SQL { "('{\(list)}'::pg_catalog.float8[])[1 + LEAST(\(rank), \(k))]" }
        let cluster: SQL = comparison.cluster == nil ? "" : ", cluster"
        let metrics = ["1", "2"].flatMap { number -> [SQL] in
            let isModel: SQL = "model = \(SQL(quotedByServer: number))"
            return Self.metrics.map { metric in
                "max(\(identifier: metric.rawValue)) FILTER (WHERE \(isModel)) AS \(identifier: metric.rawValue + number)"
            }
        }
        return [
            (
                name: "scored",
                rows: """
                SELECT part, value, query, tie, y, 1 AS model, p1 AS p\(cluster) FROM parts
                UNION ALL SELECT part, value, query, tie, y, 2, p2\(cluster) FROM parts
                """
            ),
            (
                name: "placed",
                rows: """
                SELECT *, row_number() OVER (one ORDER BY p DESC, tie) AS place, row_number() OVER (one ORDER BY y DESC) AS best,
                    count(*) OVER (one ORDER BY p DESC) AS last, count(*) OVER (PARTITION BY part, value, query, model, p) AS ties,
                    count(*) FILTER (WHERE y > 0) OVER one AS relevant
                FROM scored WINDOW one AS (PARTITION BY part, value, query, model)
                """
            ),
            (
                name: "counted",
                rows: """
                SELECT *, count(*) FILTER (WHERE y > 0) OVER (PARTITION BY part, value, query, model ORDER BY place) AS found
                FROM placed WHERE relevant > 0
                """
            ),
            (
                name: "judged",
                rows: """
                SELECT part, value, query, model\(comparison.cluster == nil ? "" : ", min(cluster) AS cluster" as SQL),
                    sum(y * (\(discount("last")) - \(discount("last - ties"))) / ties)
                        / sum(y * (\(discount("best")) - \(discount("best - 1")))) AS ndcg,
                    coalesce(sum(found::pg_catalog.float8 / place) FILTER (WHERE y > 0 AND place <= \(k)), 0)
                        / LEAST(min(relevant), \(k)) AS map,
                    coalesce(1.0::pg_catalog.float8 / min(place) FILTER (WHERE y > 0 AND place <= \(k)), 0) AS mrr,
                    count(*) FILTER (WHERE y > 0 AND place <= \(k))::pg_catalog.float8 / \(k) AS precision_at_k,
                    count(*) FILTER (WHERE y > 0 AND place <= \(k))::pg_catalog.float8 / min(relevant) AS recall_at_k
                FROM counted GROUP BY part, value, query, model
                """
            ),
            (
                name: "ranked",
                rows: """
                SELECT part, value, query\(comparison.cluster == nil ? "" : ", min(cluster) AS cluster" as SQL), \
                \(metrics.joined(separator: ", ")) FROM judged GROUP BY part, value, query
                """
            ),
        ]
    }

}
