import Foundation

/// How often each label met each pair of predictions, and what that says of both models.
///
/// Metrics are functions of the table that do not change when all of it is multiplied. Their difference has a standard error
/// by the delta method: with g the derivative of the difference by a cell, and q the sum of the squares of the weights of the
/// cell's rows, n / (n - 1) Σ q g². Source: A. Agresti, "Categorical Data Analysis", 2013, 16.1; without weights q is the
/// count. Labels are those that the truth or a model knows.
struct LabelTable: Sendable {
    /// Rows with one label and one pair of predictions.
    struct Cell: Sendable, Hashable {
        /// Positions in ``labels``.
        var truth: Int
        var champion: Int
        var challenger: Int
        var count: Int
        /// The sum of the rows' weights, and of their squares.
        var weight: Double
        var squares: Double
    }

    /// What a table says.
    static let metrics: [ModelMetric] = [
        .accuracy, .recall, .specificity, .precision, .f1, .macroF1, .weightedF1, .balancedAccuracy, .kappa, .mcc,
        .flipRate,
    ]

    let labels: [String]
    let cells: [Cell]
    let count: Int

    /// - Parameter rows: Label, predictions, count, sum of weights and of their squares.
    init(
        _ rows: [(truth: String, champion: String, challenger: String, count: Int, weight: Double, squares: Double)]
    ) {
        let labels = Set(rows.flatMap { [$0.truth, $0.champion, $0.challenger] }).sorted()
        let positions = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        self.labels = labels
        cells = rows.map { row in
            Cell(
                truth: positions[row.truth] ?? 0, champion: positions[row.champion] ?? 0,
                challenger: positions[row.challenger] ?? 0, count: row.count, weight: row.weight, squares: row.squares)
        }
        count = cells.reduce(0) { $0 + $1.count }
    }

    /// A model's predictions by label: what is where in a table of labels and predictions.
    struct Margins {
        /// Sums of weights: of each cell, by label, by prediction, where both are the same, and of all.
        var truth: [Double]
        var predicted: [Double]
        var right: [Double]
        var total = 0.0

        var hits: Double { right.reduce(0, +) }
    }

    private func margins(_ prediction: (Cell) -> Int) -> Margins {
        let none = [Double](repeating: 0, count: labels.count)
        var margins = Margins(truth: none, predicted: none, right: none)
        for cell in cells {
            margins.truth[cell.truth] += cell.weight
            margins.predicted[prediction(cell)] += cell.weight
            if cell.truth == prediction(cell) { margins.right[cell.truth] += cell.weight }
            margins.total += cell.weight
        }
        return margins
    }

    /// A metric of both models, and the standard error of their difference.
    struct Value {
        var champion: Double?
        var challenger: Double?
        /// `nil` where one of them is not defined.
        var standardError: Double?
    }

    /// - Parameter metric: One of a table.
    /// - Returns: What it comes to.
    func value(of metric: LabelMetric) -> Value {
        let (one, two) = (margins(\.champion), margins(\.challenger))
        var value = Value(champion: metric.value(one, labels), challenger: metric.value(two, labels))
        guard value.champion != nil, value.challenger != nil, count > 1 else { return value }
        let sum = cells.reduce(0.0) { sum, cell in
            let slope =
                metric.slope(two, labels, truth: cell.truth, predicted: cell.challenger)
                - metric.slope(one, labels, truth: cell.truth, predicted: cell.champion)
            return sum + cell.squares * slope * slope
        }
        value.standardError = (sum * Double(count) / Double(count - 1)).squareRoot()
        return value
    }

    /// Rows on which one model alone is right: champion, challenger.
    var rightAlone: (champion: Int, challenger: Int) {
        cells.reduce(into: (0, 0)) { counts, cell in
            if cell.truth == cell.champion, cell.truth != cell.challenger { counts.0 += cell.count }
            if cell.truth == cell.challenger, cell.truth != cell.champion { counts.1 += cell.count }
        }
    }

    /// Rows with one label only.
    func rows(labelled label: String) -> LabelTable {
        LabelTable(
            cells.filter { labels[$0.truth] == label }.map {
                (
                    truth: labels[$0.truth], champion: labels[$0.champion], challenger: labels[$0.challenger],
                    count: $0.count, weight: $0.weight, squares: $0.squares
                )
            })
    }

    /// Rows whose predictions differ.
    var flips: Int { cells.reduce(0) { $0 + ($1.champion == $1.challenger ? 0 : $1.count) } }
}

/// A metric of a table of labels and predictions, with its derivatives.
enum LabelMetric: Sendable, Hashable {
    case accuracy
    /// Of one label, the rows that have it which are found, those taken for it which have it, and the harmonic mean of both.
    case recall(String)
    case precision(String)
    case f1(String)
    /// Means over all labels, alike and by how often they occur; of recall over those that occur.
    case macroF1, weightedF1, balancedAccuracy
    /// Cohen's, and Matthews's in the form for any number of labels: J. Gorodkin, "Comparing two K-category assignments by a
    /// K-category correlation coefficient", 2004.
    case kappa, mcc

    func value(_ m: LabelTable.Margins, _ labels: [String]) -> Double? {
        guard m.total > 0 else { return nil }
        switch self {
        case .accuracy: return m.hits / m.total
        case .recall(let label): return Self.ratio(m, labels, label, \.truth)
        case .precision(let label): return Self.ratio(m, labels, label, \.predicted)
        case .f1(let label): return labels.firstIndex(of: label).flatMap { Self.f1(m, $0) }
        case .macroF1:
            return labels.indices.reduce(0) { $0 + (Self.f1(m, $1) ?? 0) } / Double(labels.count)
        case .weightedF1:
            return labels.indices.reduce(0) { $0 + m.truth[$1] * (Self.f1(m, $1) ?? 0) } / m.total
        case .balancedAccuracy:
            let known = labels.indices.filter { m.truth[$0] > 0 }
            return known.reduce(0) { $0 + m.right[$1] / m.truth[$1] } / Double(known.count)
        case .kappa:
            let chance = Self.product(m) / (m.total * m.total)
            return chance < 1 ? (m.hits / m.total - chance) / (1 - chance) : nil
        case .mcc:
            let (a, b) = Self.spreads(m)
            return a > 0 && b > 0 ? (m.hits * m.total - Self.product(m)) / (a * b).squareRoot() : nil
        }
    }

    /// The derivative by the weight of rows with a label and a prediction, where the metric is defined.
    func slope(_ m: LabelTable.Margins, _ labels: [String], truth i: Int, predicted j: Int) -> Double {
        let (s, isHit) = (m.total, i == j ? 1.0 : 0.0)
        switch self {
        case .accuracy: return (isHit - m.hits / s) / s
        case .recall(let label):
            guard labels[i] == label else { return 0 }
            return (isHit - m.right[i] / m.truth[i]) / m.truth[i]
        case .precision(let label):
            guard labels[j] == label else { return 0 }
            return (isHit - m.right[j] / m.predicted[j]) / m.predicted[j]
        case .f1(let label): return labels.firstIndex(of: label).map { Self.f1Slope(m, $0, i, j) } ?? 0
        case .macroF1:
            return Set([i, j]).reduce(0) { $0 + Self.f1Slope(m, $1, i, j) } / Double(labels.count)
        case .weightedF1:
            let sum = labels.indices.reduce(0) { $0 + m.truth[$1] * (Self.f1(m, $1) ?? 0) }
            return Set([i, j]).reduce((Self.f1(m, i) ?? 0) / s - sum / (s * s)) {
                $0 + m.truth[$1] / s * Self.f1Slope(m, $1, i, j)
            }
        case .balancedAccuracy:
            let known = Double(m.truth.count { $0 > 0 })
            return (isHit - m.right[i] / m.truth[i]) / m.truth[i] / known
        case .kappa:
            let (observed, chance) = (m.hits / s, Self.product(m) / (s * s))
            let observedSlope = (isHit - observed) / s
            let chanceSlope = (m.predicted[i] + m.truth[j]) / (s * s) - 2 * chance / s
            return (observedSlope * (1 - chance) - chanceSlope * (1 - observed)) / ((1 - chance) * (1 - chance))
        case .mcc:
            let (a, b) = Self.spreads(m)
            let covariance = m.hits * s - Self.product(m)
            let slope = isHit * s + m.hits - m.predicted[i] - m.truth[j]
            let (aSlope, bSlope) = (2 * s - 2 * m.predicted[j], 2 * s - 2 * m.truth[i])
            let root = (a * b).squareRoot()
            return slope / root - covariance * (b * aSlope + a * bSlope) / (2 * a * b * root)
        }
    }

    // MARK: Parts

    private static func ratio(
        _ m: LabelTable.Margins, _ labels: [String], _ label: String, _ whole: KeyPath<LabelTable.Margins, [Double]>
    ) -> Double? {
        guard let index = labels.firstIndex(of: label), m[keyPath: whole][index] > 0 else { return nil }
        return m.right[index] / m[keyPath: whole][index]
    }

    /// `nil` where neither a label nor a prediction is this one.
    private static func f1(_ m: LabelTable.Margins, _ k: Int) -> Double? {
        let sum = m.truth[k] + m.predicted[k]
        return sum > 0 ? 2 * m.right[k] / sum : nil
    }

    private static func f1Slope(_ m: LabelTable.Margins, _ k: Int, _ i: Int, _ j: Int) -> Double {
        let sum = m.truth[k] + m.predicted[k]
        guard sum > 0 else { return 0 }
        let hit = i == k && j == k ? 2 * sum : 0
        return (hit - 2 * m.right[k] * ((i == k ? 1 : 0) + (j == k ? 1 : 0))) / (sum * sum)
    }

    private static func product(_ m: LabelTable.Margins) -> Double {
        zip(m.truth, m.predicted).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The spreads of predictions and of labels, times the square of all.
    private static func spreads(_ m: LabelTable.Margins) -> (predicted: Double, truth: Double) {
        func spread(_ sums: [Double]) -> Double { m.total * m.total - sums.reduce(0) { $0 + $1 * $1 } }
        return (spread(m.predicted), spread(m.truth))
    }
}
