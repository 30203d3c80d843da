import ExactJSON

/// The Kullback-Leibler divergence from weights that stand in the suite: a query, as the kind compares with a relation.
enum GxDivergence {
    /// The query that returns the divergence where it is too great, or why there is none.
    static func conversion(of expectation: GxExpectation, column: String) -> RuleConversion {
        let partition = expectation["partition_object"]
        guard let threshold = expectation.text("threshold"), DecimalText(threshold) != nil else {
            return .notConverted("it has no threshold")
        }
        let holdouts = ["tail_weight_holdout", "internal_weight_holdout"].compactMap { expectation.text($0) }
        guard holdouts.allSatisfy({ DecimalText($0) == DecimalText(0) }) else {
            return .notConverted("weight held out for values that are not expected is not computed here")
        }
        let values = partition?["values"]?.elements ?? []
        let weights = partition?["weights"]?.elements ?? []
        guard !values.isEmpty, values.count == weights.count else {
            return .notConverted(
                "its partition is one of bins: kl_divergence compares with a relation, histogram with shares of bins")
        }
        let rows = zip(values, weights).compactMap { value, weight -> String? in
            guard let text = value.scalarText, let number = weight.scalarText, Double(number) != nil else { return nil }
            return "(\(QuotedSQL.literal(text)), \(number))"
        }
        guard rows.count == values.count else { return .notConverted("its partition has a value that is no plain one") }
        var query = ImportedQuery(
            id: expectation.dataset.queryID("\(column) kl divergence"), dataset: expectation.dataset.text,
            sql: sql(of: expectation, column: QuotedSQL.name(column), rows: rows, threshold: threshold))
        query.description = "The distribution of \(column) diverges from the expected one by no more than \(threshold)"
        return RuleConversion(query)
    }

    private static func sql(
        of expectation: GxExpectation, column: String, rows: [String], threshold: String
    ) -> String {
        let condition = QuotedSQL.all(["\(column) IS NOT NULL"] + [expectation.condition].compactMap(\.self)) ?? "true"
        return """
            SELECT divergence
            FROM (
                SELECT sum(
                    CASE WHEN expected.weight > 0 THEN observed.weight * ln(observed.weight / expected.weight)
                    ELSE 'Infinity' END) AS divergence
                FROM (
                    SELECT \(column)::text AS value, count(*)::float8 / sum(count(*)) OVER () AS weight
                    FROM \(expectation.dataset.sql)
                    WHERE \(condition)
                    GROUP BY \(column)
                ) AS observed
                LEFT JOIN (
                    VALUES \(rows.joined(separator: ", "))
                ) AS expected (value, weight) ON expected.value = observed.value
            ) AS computed
            WHERE divergence > \(threshold)
            """
    }
}
