import Catalog
package import StructuredSQL

/// What explains a number that is too great or too small.
package struct Evidence: Sendable, Hashable {
    /// Where it comes from.
    package enum Source: Sendable, Hashable {
        /// Rows of the dataset, in the order of an expression: the greatest explain a value that is too great, the least one
        /// that is too small.
        case rows(by: SQL)
        /// Rows of the dataset, those with the greatest value of an expression: they explain a value that is too great.
        case outliers(by: SQL)
        /// A query of what contributes, the most important first, whichever way the value is off.
        case parts(SQL)
    }

    package var source: Source
    /// What it is, for people: `values`, `lengths`.
    package var subject: String

    package init(_ source: Source, of subject: String) {
        self.source = source
        self.subject = subject
    }

    /// Puts values in the place of `:name`.
    package func resolving(_ values: [String: SQL]) -> Evidence {
        var result = self
        switch source {
        case .rows(let order): result.source = .rows(by: order.resolving(values))
        case .outliers(let order): result.source = .outliers(by: order.resolving(values))
        case .parts(let query): result.source = .parts(query.resolving(values))
        }
        return result
    }

    /// What is shown, for people; `nil` where it explains nothing.
    package func title(isTooGreat: Bool) -> String? {
        switch source {
        case .rows: "rows with the \(isTooGreat ? "greatest" : "least") \(subject)"
        case .outliers: isTooGreat ? "rows with values farthest from the \(subject)" : nil
        case .parts: subject
        }
    }
}

extension Subject {
    /// The rows with the greatest or the least values of the only column.
    func valuesAsEvidence() throws(SubjectError) -> Evidence {
        Evidence(.rows(by: "\(identifier: try column().name)"), of: "values")
    }

    /// The rows whose lengths are the greatest or the least.
    func lengthsAsEvidence() throws(SubjectError) -> Evidence {
        Evidence(.rows(by: try length(of: try column())), of: "lengths")
    }

    /// The rows whose numbers are farthest from the mean.
    func outliersAsEvidence() throws(SubjectError) -> Evidence {
        let column = try numberColumn()
        let number: SQL = "\(identifier: column.name)::pg_catalog.float8"
        let mean: SQL = "(SELECT avg(\(number)) FROM \(rows(and: isFinite(column))))"
        return Evidence(.outliers(by: "abs(\(number) - \(mean))"), of: "mean")
    }
}
