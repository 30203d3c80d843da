package import Statistics
package import StructuredSQL

/// The shapes of question that kinds ask; the planner turns them into statements.
package enum Assertion: Sendable, Hashable {
    /// Rows of the dataset that violate a condition.
    case rows(Violation, AggregateClass)
    /// Rows that share their values in `columns` with another row.
    ///
    /// With `nulls: pass` a row with a NULL in them shares with no other; with `fail` NULLs count as equal.
    case duplicates(columns: [String], nulls: NullPolicy)
    /// The number of different combinations of values in `columns`, rows with a NULL in them left out.
    case distinct(columns: [String])
    /// The number of rows.
    case rowCount
    /// One aggregate over the dataset.
    case aggregate(Aggregate)
    /// One aggregate over a query that is made from the dataset, such as over the counts of its values.
    ///
    /// `source` stands after FROM and hands the columns of ``Subject/groups`` through.
    case derived(expression: SQL, source: SQL, test: DerivedTest? = nil)
    /// A query of its own that gives the failing rows, and one that gives the things looked at, if they are not the rows.
    ///
    /// Both hand the columns of ``Subject/groups`` through.
    case query(failing: SQL, of: SQL?)
    /// Decided by the catalog alone: how many of how many fail, and why.
    case settled(failing: Int, total: Int, reason: String)
}

/// How the client makes a probability of what a query computes.
package struct DerivedTest: Sendable, Hashable {
    package var test: SignificanceTest
    /// An aggregate over the same query that gives the test's parameter.
    package var parameter: SQL
    /// The probability where the parameter is 0.
    package var ifZero: Double

    package init(_ test: SignificanceTest, parameter: SQL, ifZero: Double) {
        self.test = test
        self.parameter = parameter
        self.ifZero = ifZero
    }

    /// The probability as a number's text, from the texts of a statistic and a parameter.
    package func probability(of statistic: String?, _ parameter: String?) -> String? {
        guard let statistic = statistic.flatMap(Double.init), let parameter = parameter.flatMap(Double.init) else {
            return nil
        }
        return "\(parameter == 0 ? ifZero : test.probability(of: statistic, parameter))"
    }
}

/// Why a check cannot be asked of this relation: the answer would be an error anyway, and this one is clearer.
package struct SubjectError: Error, Sendable, Hashable {
    package var message: String
    package var hint: String?

    package init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
