import Foundation
import Statistics

/// What the server computed of one part of the rows, put together.
package struct ModelSums {
    /// Means over rows, queries or clusters.
    struct Unit {
        var champion: Double
        var challenger: Double
        var gain: Double
        /// Rows, or queries, that it is about, and how many of them count as one observation.
        var rows: Int
        var units: Int
        /// Of the mean gain; `nil` where there are too few units.
        var variance: Double?
        /// The gain's autocovariances by how many steps rows are apart; `nil` where no order is declared.
        var autocovariances: [Double]?
    }

    let comparison: ModelComparison
    package let slice: MetricEstimate.Slice?
    private var units: [ModelMetric: Unit] = [:]
    /// The variance of the true numbers.
    private var spread: Double?
    /// Rows, of a ranking queries.
    private var count = 0
    private(set) var table: LabelTable?
    private var areas: ModelFigure?
    private var curves: [Int: ModelFigure] = [:]
    private var distances: ModelFigure?

    /// Puts together what is known of one part.
    ///
    /// - Parameters:
    ///   - figures: Of one part.
    ///   - comparison: What is compared.
    ///   - unitMetrics: The metrics that figures of units are about, in their order.
    package init(_ figures: [ModelFigure], of comparison: ModelComparison, unitMetrics: [ModelMetric]) {
        self.comparison = comparison
        slice = figures.first.flatMap { figure in
            figure.part < 0
                ? nil
                : MetricEstimate.Slice(column: comparison.sliceColumns[figure.part], value: figure.value)
        }
        for figure in figures {
            switch figure.kind {
            case .units: takeUnits(figure, unitMetrics)
            case .areas: areas = figure
            case .curves: curves[figure.count("model")] = figure
            case .distances: distances = figure
            case .cells: break
            }
        }
        let cells = figures.filter { $0.kind == .cells }
        if !cells.isEmpty {
            let table = LabelTable(
                cells.map { cell in
                    (
                        truth: cell.text("y"), champion: cell.text("l1"), challenger: cell.text("l2"),
                        count: cell.count("n"), weight: cell.number("w") ?? 0, squares: cell.number("q") ?? 0
                    )
                })
            self.table = table
            count = table.count
        }
    }

    private mutating func takeUnits(_ figure: ModelFigure, _ metrics: [ModelMetric]) {
        count = figure.count("n")
        spread = figure.number("spread")
        for (index, metric) in metrics.enumerated() {
            guard let one = figure.number("a\(index)"), let two = figure.number("b\(index)"),
                let gain = figure.number("g\(index)")
            else { continue }
            var unit = Unit(
                champion: one, challenger: two, gain: gain, rows: figure.count("n\(index)"),
                units: figure.count("u\(index)"), variance: figure.number("v\(index)"))
            if comparison.order != nil {
                unit.autocovariances = (0..<comparison.horizon).map { figure.number("c\(index)_\($0)") ?? 0 }
            }
            units[metric] = unit
        }
    }

    /// Rows whose predicted outcome differs between the models; `nil` where none is predicted.
    package var flips: Int? { table?.flips }

    /// How many different scores both models have.
    package var scoreCount: Int { curves.values.reduce(0) { $0 + $1.count("steps") } }

    /// How the scores are distributed; `nil` of slices, labels and rankings.
    package var histogram: ScoreHistogram? { ScoreHistogram(distances?.document("histogram")) }

    /// Every metric of the task.
    package var estimates: [MetricEstimate] {
        let metrics = ModelMetric.all(of: comparison.task)
        guard count > 0 else {
            return metrics.map {
                MetricEstimate($0, slice, rows: 0, champion: nil, challenger: nil, undefined: "there are no rows")
            }
        }
        return metrics.compactMap(estimate)
    }

    private func estimate(_ metric: ModelMetric) -> MetricEstimate? {
        switch metric {
        case .auc: area
        case .averagePrecision, .ks, .calibrationError, .calibrationInTheLarge: curve(metric)
        // Of all rows, from the steps of the curve.
        case .calibrationSlope, .calibrationIntercept: nil
        case .accuracy, .recall, .specificity, .precision, .f1, .macroF1, .weightedF1, .balancedAccuracy, .kappa, .mcc:
            units[metric].map { unit(metric, $0) } ?? labelled(metric)
        case .rmse, .r2: ofSquares(metric)
        case .psi, .scoreKS, .wasserstein, .jensenShannon: distance(metric)
        case .meanDistance: units[metric].map { unit(metric, $0) } ?? distance(metric)
        case .flipRate: units[metric].map { unit(metric, $0) } ?? flipRate
        case .brier, .logLoss, .mae, .mse, .bias, .ndcg, .meanAveragePrecision, .meanReciprocalRank, .precisionAtK,
            .recallAtK:
            units[metric].map { unit(metric, $0) }
        }
    }

    // MARK: Means

    private func unit(_ metric: ModelMetric, _ unit: Unit) -> MetricEstimate {
        var estimate = MetricEstimate(
            metric, slice, rows: unit.rows, champion: unit.champion, challenger: unit.challenger)
        if metric == .recall || metric == .specificity { estimate.events = unit.rows }
        guard metric.direction != .none else { return estimate }
        estimate.gain = unit.gain
        if let autocovariances = unit.autocovariances {
            let test = DieboldMariano(autocovariances: autocovariances, count: unit.rows)
            estimate.take(standardError: test.standardError, freedom: Double(unit.rows - 1), as: test.name)
            return estimate
        }
        let test =
            comparison.cluster != nil ? "clustered_t" : comparison.weight != nil ? "weighted_t" : "paired_t"
        guard unit.units > 1, let variance = unit.variance else { return estimate }
        estimate.take(standardError: max(0, variance).squareRoot(), freedom: Double(unit.units - 1), as: test)
        return estimate
    }

    private func ofSquares(_ metric: ModelMetric) -> MetricEstimate? {
        guard let mse = units[.mse] else { return nil }
        func value(_ error: Double) -> Double? {
            if metric == .rmse { return error.squareRoot() }
            return spread.flatMap { $0 > 0 ? 1 - error / $0 : nil }
        }
        return MetricEstimate(
            metric, slice, rows: mse.rows, champion: value(mse.champion), challenger: value(mse.challenger),
            undefined: "the truth never changes")
    }

    // MARK: Curves

    private var area: MetricEstimate {
        let positives = table.map { $0.rows(labelled: "true").count } ?? 0
        guard let areas, let one = areas.number("champion"), let two = areas.number("challenger") else {
            return MetricEstimate(
                .auc, slice, rows: count, champion: nil, challenger: nil, undefined: "all labels are the same")
        }
        var estimate = MetricEstimate(.auc, slice, rows: count, champion: one, challenger: two)
        let clusters = areas.count("clusters")
        estimate.take(
            standardError: areas.number("variance").map { max(0, $0).squareRoot() },
            freedom: comparison.cluster == nil ? .infinity : Double(clusters - 1),
            as: comparison.cluster == nil ? "delong" : "obuchowski")
        estimate.events = min(positives, count - positives)
        return estimate
    }

    private func curve(_ metric: ModelMetric) -> MetricEstimate {
        MetricEstimate(
            metric, slice, rows: count, champion: curves[1]?.number(metric.rawValue),
            challenger: curves[2]?.number(metric.rawValue), undefined: "all labels are the same")
    }

    // MARK: Distances

    /// The champion is no way from itself.
    private func distance(_ metric: ModelMetric) -> MetricEstimate? {
        guard slice == nil, let distance = distances?.number(metric.rawValue) else { return nil }
        return MetricEstimate(metric, slice, rows: count, champion: 0, challenger: distance)
    }

    /// The share of rows whose predicted outcome differs, with the interval of two more rows of either kind: no flip among few
    /// rows is no certainty that there are none.
    ///
    /// Source: A. Agresti and B. Coull, "Approximate is better than "exact" for interval estimation of binomial proportions",
    /// 1998.
    private var flipRate: MetricEstimate? {
        guard let table, table.count > 0 else { return nil }
        let (flips, n) = (Double(table.flips), Double(table.count))
        var estimate = MetricEstimate(.flipRate, slice, rows: table.count, champion: 0, challenger: flips / n)
        guard comparison.cluster == nil else { return estimate }
        let share = (flips + 2) / (n + 4)
        estimate.take(standardError: (share * (1 - share) / (n + 4)).squareRoot(), as: "agresti_coull")
        estimate.center = -share
        // That nothing ever differs is not in question.
        estimate.probability = nil
        return estimate
    }
}
