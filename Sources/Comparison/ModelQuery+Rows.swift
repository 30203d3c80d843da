package import StructuredSQL

extension ModelQuery {
    /// Scores of both models with how many rows and positives have them: one row per model and score.
    ///
    /// - Parameter digits: Digits behind the point to which scores are rounded; `nil` means none are lost.
    /// - Returns: A statement: model, score, weight of all, weight of the positives.
    package func steps(digits: Int?) -> SQL {
        let score: SQL =
            digits.map { "round(p::pg_catalog.numeric, \(bind: $0)::pg_catalog.int4)::pg_catalog.float8" } ?? "p"
        return """
            WITH pairs AS MATERIALIZED (\(pairs)), sided AS (
                SELECT 1 AS model, \(score) AS p, y, \(weight) AS w FROM (SELECT p1 AS p, * FROM pairs) AS one
                UNION ALL SELECT 2, \(score), y, \(weight) FROM (SELECT p2 AS p, * FROM pairs) AS two
            )
            SELECT model, p, sum(w), coalesce(sum(w) FILTER (WHERE y = 1), 0) FROM sided GROUP BY model, p ORDER BY model, p
            """
    }

    /// The rows on which the models disagree most: key, label, both scores, and the whole rows of the truth, the champion and
    /// the challenger, as JSON.
    ///
    /// Labels differ or do not: then the order is that of the key.
    ///
    /// - Parameter count: Rows at most.
    /// - Returns: A statement.
    package func disagreements(_ count: Int) -> SQL {
        let keys = comparison.key.map { "j.\(identifier: $0)" as SQL }
        let distance: SQL = comparison.predictsLabels ? "" : "abs(j.p1 - j.p2) DESC, "
        let order: SQL = "\(distance)\(keys.joined(separator: ", "))"
        let inputs: [(alias: SQL, input: SideInput)] = [("t", truth), ("c", champion), ("d", challenger)]
        let joins = inputs.map { alias, input -> SQL in
            let pairs = comparison.key.map { "\(alias).\(identifier: $0) = j.\(identifier: $0)" as SQL }
            return "JOIN (SELECT * FROM \(input.rows())) AS \(alias) ON \(pairs.joined(separator: " AND "))"
        }
        let documents = inputs.map { "pg_catalog.row_to_json(\($0.alias).*)::pg_catalog.text" as SQL }
        return """
            WITH most AS MATERIALIZED (
                SELECT * FROM (\(pairs)) AS j WHERE p1 <> p2 ORDER BY \(order) LIMIT \(bind: count)
            )
            SELECT \(StreamQuery.object(keys)), j.y, j.p1, j.p2, \(documents.joined(separator: ", "))
            FROM most AS j \(joins.joined(separator: " ")) ORDER BY \(order)
            """
    }
}
