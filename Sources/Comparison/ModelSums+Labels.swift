import Statistics

extension ModelSums {
    /// A metric of labels and predictions, from how often they met.
    func labelled(_ metric: ModelMetric) -> MetricEstimate? {
        guard let table else { return nil }
        let isBinary = comparison.task == .binary
        var rows = table
        let of: LabelMetric
        var undefined: String?
        switch metric {
        case .accuracy: of = .accuracy
        case .recall:
            (of, rows, undefined) = (.recall("true"), table.rows(labelled: "true"), "no label is positive")
        case .specificity:
            (of, rows, undefined) = (.recall("false"), table.rows(labelled: "false"), "no label is negative")
        case .precision: (of, undefined) = (.precision("true"), "a model predicts no positive")
        case .f1: (of, undefined) = (.f1("true"), "nothing is positive")
        case .macroF1: of = .macroF1
        case .weightedF1: of = .weightedF1
        case .balancedAccuracy: of = .balancedAccuracy
        case .kappa: (of, undefined) = (.kappa, "labels and predictions are all the same")
        case .mcc: (of, undefined) = (.mcc, "a label or a prediction never changes")
        default: return nil
        }
        let value = table.value(of: of)
        var estimate = MetricEstimate(
            metric, slice, rows: rows.count, champion: value.champion, challenger: value.challenger,
            undefined: undefined)
        let isShare = [.accuracy, .recall, .specificity].contains(metric)
        if isBinary, metric == .recall || metric == .specificity { estimate.events = rows.count }
        // Rows of a cluster depend on each other: counts know nothing of that.
        guard comparison.cluster == nil else { return estimate }
        if isShare, comparison.weight == nil {
            takeDiscordant(rows.rightAlone, of: rows.count, into: &estimate)
        } else {
            estimate.take(standardError: value.standardError, as: "delta")
        }
        return estimate
    }

    /// A paired difference of proportions: McNemar's exact test, and the interval with half a row more in each cell of the
    /// table, so that a few rows that all point one way do not make a certainty.
    ///
    /// Source: A. Agresti and Y. Min, "Simple improved confidence intervals for comparing matched proportions", 2005.
    private func takeDiscordant(
        _ alone: (champion: Int, challenger: Int), of rows: Int, into estimate: inout MetricEstimate
    ) {
        guard rows > 0, estimate.gain != nil else { return }
        let (b, c, n) = (Double(alone.champion) + 0.5, Double(alone.challenger) + 0.5, Double(rows) + 2)
        estimate.take(standardError: max(0, b + c - (c - b) * (c - b) / n).squareRoot() / n, as: "mcnemar_exact")
        estimate.center = (c - b) / n
        estimate.probability = BinomialTest.twoSided(alone.champion, alone.challenger)
    }
}
