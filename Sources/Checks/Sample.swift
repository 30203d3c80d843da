package import StructuredSQL

extension SQL {
    /// A table's name with the sample that is taken of it.
    package func sampled(_ sample: Sample?) -> SQL {
        sample.map { "\(self) \($0.clause)" } ?? self
    }
}

/// A random part of a dataset's rows that is looked at for all of them.
package struct Sample: Sendable, Hashable {
    /// How rows are drawn.
    package enum Method: String, Sendable, Hashable, CaseIterable {
        /// Each row for itself (`BERNOULLI`): every block is read, and few rows are judged.
        case rows
        /// Blocks with all their rows (`SYSTEM`): only they are read. Rows of a block are often alike, and count as one.
        case blocks
    }

    /// Part of the rows or blocks, in percent, as it was written; more than 0, less than 100.
    package var percent: String
    package var method: Method
    /// Equal seeds draw equal samples of a table that has not changed.
    package var seed: Int

    /// Fewest rows for which a sample is expected to be worth anything; a smaller table is looked at as a whole.
    package static let minimumRows = 1000.0

    /// - Returns: `nil` if the percentage is not a number between 0 and 100, both left out.
    package init?(percent: String, method: Method = .rows, seed: Int = 0) {
        guard percent.wholeMatch(of: /[0-9]+(\.[0-9]+)?/) != nil, let number = Double(percent), number > 0, number < 100
        else { return nil }
        self.percent = percent
        self.method = method
        self.seed = seed
    }

    /// The part of the rows, in 0...1.
    package var share: Double { (Double(percent) ?? 0) / 100 }

    /// What stands behind the table's name.
    package var clause: SQL {
        let name: SQL = method == .rows ? "BERNOULLI" : "SYSTEM"
        return "TABLESAMPLE \(name) (\(bind: percent)) REPEATABLE (\(bind: seed))"
    }

    /// The sample in a check's definition, in one form.
    package var description: String { "\(percent) % of \(method.rawValue), seed \(seed)" }
}
