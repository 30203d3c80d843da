package import Checks
package import StructuredSQL

/// A check that is judged once per group of rows: what is measured of each group, and how it is judged there.
///
/// The server judges, because groups may be many; what comes back is how many there are of each outcome, and the worst.
package struct GroupProbe: Sendable, Hashable {
    /// What is measured of the rows of a group.
    package enum Measure: Sendable, Hashable {
        /// Aggregates that count failing rows and rows looked at; a group of which no row is looked at is none.
        case rows(failing: SQL, total: SQL)
        /// An aggregate that gives the text of a value.
        case value(SQL)
    }

    package var measure: Measure
    package var warn: Threshold?
    package var fail: Threshold?
    package var onEmpty: EmptyPolicy
    /// The part of the rows that is looked at, in 0...1.
    package var share: Double

    /// The expressions that are asked of each group.
    var expressions: [SQL] {
        switch measure {
        case .rows(let failing, let total): [failing, total]
        case .value(let value): [value]
        }
    }

    /// The answer, as the text of a JSON object, made from a relation `groups` of one row per group.
    ///
    /// - Parameters:
    ///   - names: What the groups' columns are called in the dataset; in `groups` they are `k0`, `k1` and so on.
    ///   - columns: Where `groups` has the values of ``expressions``.
    /// - Returns: A scalar subquery.
    func answer(names: [String], columns: [SQL]) -> SQL {
        let keys = names.indices.map(GroupedOutcomes.key)
        let labels: [SQL] = zip(names, keys).map { "\(bind: $0)::pg_catalog.text, \($1)" }
        let texts: [SQL] = keys.map { "(\($0))::pg_catalog.text" }
        let measured: SQL
        let present: SQL
        let badness: SQL
        switch measure {
        case .rows:
            measured = "\(columns[0]) AS failing, \(columns[1]) AS total, NULL::pg_catalog.text AS value"
            present = "\(columns[1]) > 0"
            badness = "failing::pg_catalog.float8 / GREATEST(total, failing) DESC, failing DESC"
        case .value:
            measured = "NULL::pg_catalog.int8 AS failing, NULL::pg_catalog.int8 AS total, \(columns[0]) AS value"
            present = "true"
            let number: SQL = "CASE WHEN value ~ \(bind: Self.number) THEN value::pg_catalog.numeric END"
            badness = "\((fail ?? warn)?.badness(of: number) ?? number) DESC NULLS LAST"
        }
        return """
            (WITH judged AS (
                SELECT \((keys + [measured]).joined(separator: ", ")), \(outcome(columns)) AS outcome FROM groups WHERE \(present)
            ) SELECT pg_catalog.json_build_object(
                \(Outcome.allCases.map { "'\(SQL(quotedByServer: $0.rawValue))', count(*) FILTER (WHERE outcome = '\(SQL(quotedByServer: $0.rawValue))')" as SQL }.joined(separator: ", ")),
                'failing', sum(failing), 'total', sum(total), 'worst', (
                    SELECT coalesce(json_agg(one), '[]') FROM (
                        SELECT pg_catalog.json_build_object('key', pg_catalog.json_build_object(\(labels.joined(separator: ", "))),
                            'texts', ARRAY[\(texts.joined(separator: ", "))], 'outcome', outcome, 'failing', failing,
                            'total', total, 'value', value)
                        FROM judged WHERE outcome <> 'pass'
                        ORDER BY pg_catalog.array_position('{error,fail,warn,skip}'::pg_catalog.text[], outcome), \(badness),
                            \(texts.joined(separator: ", ")) LIMIT \(bind: GroupFindings.maximumListed)
                    ) AS worst (one))
            )::pg_catalog.text FROM judged)
            """
    }

    /// The texts of numbers that a threshold can judge.
    private static let number = "^-?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?$"

    private func outcome(_ columns: [SQL]) -> SQL {
        switch measure {
        case .rows:
            let projected: SQL =
                share < 1
                ? "floor(\(columns[0]) / \(bind: "\(share)")::pg_catalog.float8 + 0.5)::pg_catalog.numeric" : columns[0]
            func isMet(_ threshold: Threshold) -> SQL {
                guard threshold.quantity == .percent else { return threshold.condition(on: projected, scale: nil) }
                // Without division: 100 failing rows are compared with so many times the total.
                return threshold.condition(
                    on: "100.0 * \(columns[0])", scale: "GREATEST(\(columns[1]), \(columns[0]))")
            }
            return "CASE \(cases(isMet)) ELSE 'pass' END"
        case .value:
            func isMet(_ threshold: Threshold) -> SQL {
                threshold.condition(on: "\(columns[0])::pg_catalog.numeric", scale: nil)
            }
            return """
                CASE WHEN \(columns[0]) IS NULL THEN '\(SQL(quotedByServer: onEmpty.outcome.rawValue))' \
                WHEN \(columns[0]) !~ \(bind: Self.number) THEN 'error' \(cases(isMet)) ELSE 'pass' END
                """
        }
    }

    private func cases(_ isMet: (Threshold) -> SQL) -> SQL {
        let levels: [(Threshold?, SQL)] = [(fail, "'fail'"), (warn, "'warn'")]
        return levels.compactMap { threshold, word in threshold.map { "WHEN \(isMet($0)) THEN \(word)" as SQL } }
            .joined(separator: " ")
    }
}

extension Threshold {
    /// A number that is the greater the farther another one is beyond the threshold.
    fileprivate func badness(of number: SQL) -> SQL {
        switch condition {
        case .less, .lessOrEqual: "-(\(number))"
        case .notBetween(let low, let high):
            "GREATEST(\(bind: low.description)::pg_catalog.numeric - \(number), \(number) - \(bind: high.description))"
        default: number
        }
    }

    /// The condition on a number, with its bounds multiplied by `scale`.
    fileprivate func condition(on number: SQL, scale: SQL?) -> SQL {
        func bound(_ value: ExactDecimal) -> SQL {
            let bound: SQL = "\(bind: value.description)::pg_catalog.numeric"
            return scale.map { "\(bound) * \($0)" } ?? bound
        }
        return switch condition {
        case .greater(let value): "\(number) > \(bound(value))"
        case .greaterOrEqual(let value): "\(number) >= \(bound(value))"
        case .less(let value): "\(number) < \(bound(value))"
        case .lessOrEqual(let value): "\(number) <= \(bound(value))"
        case .equal(let value): "\(number) = \(bound(value))"
        case .notEqual(let value): "\(number) <> \(bound(value))"
        case .between(let low, let high): "\(number) BETWEEN \(bound(low)) AND \(bound(high))"
        case .notBetween(let low, let high): "\(number) NOT BETWEEN \(bound(low)) AND \(bound(high))"
        }
    }
}
