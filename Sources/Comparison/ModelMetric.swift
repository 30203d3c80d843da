/// A measure of how good predictions are, or of how far the two models are apart.
package enum ModelMetric: String, Sendable, Hashable, CaseIterable {
    // Of labels and probabilities.
    case auc, brier
    case logLoss = "log_loss"
    case accuracy, recall, specificity, precision, f1
    case macroF1 = "macro_f1"
    case weightedF1 = "weighted_f1"
    case balancedAccuracy = "balanced_accuracy"
    case kappa, mcc
    case averagePrecision = "average_precision"
    case ks
    case calibrationError = "calibration_error"
    case calibrationInTheLarge = "calibration_in_the_large"
    case calibrationSlope = "calibration_slope"
    case calibrationIntercept = "calibration_intercept"
    // Of numbers.
    case mae, mse, rmse, bias
    case r2
    // Of rankings.
    case ndcg
    case meanAveragePrecision = "map"
    case meanReciprocalRank = "mrr"
    case precisionAtK = "precision_at_k"
    case recallAtK = "recall_at_k"
    // Of how far the models are apart; the champion is no way from itself.
    case flipRate = "flip_rate"
    case meanDistance = "mean_distance"
    case psi
    case scoreKS = "score_ks"
    case wasserstein
    case jensenShannon = "jensen_shannon"

    /// Which way is better.
    package enum Direction: Sendable, Hashable {
        case more, less
        /// Nearer to a number, or neither.
        case none
    }

    package var direction: Direction {
        switch self {
        case .brier, .logLoss, .calibrationError, .mae, .mse, .rmse: .less
        case .flipRate, .meanDistance, .psi, .scoreKS, .wasserstein, .jensenShannon: .less
        case .bias, .calibrationInTheLarge, .calibrationSlope, .calibrationIntercept: .none
        case .auc, .accuracy, .recall, .specificity, .precision, .f1, .macroF1, .weightedF1, .balancedAccuracy, .kappa,
            .mcc, .averagePrecision, .ks, .r2, .ndcg, .meanAveragePrecision, .meanReciprocalRank, .precisionAtK,
            .recallAtK:
            .more
        }
    }

    /// Whether it says how far the models are apart, and nothing about which is better.
    package var isDistance: Bool { Self.distances.contains(self) }

    private static let distances: [ModelMetric] = [
        .flipRate, .meanDistance, .psi, .scoreKS, .wasserstein, .jensenShannon,
    ]

    /// Metrics of a task, in the order in which they are shown.
    package static func all(of task: ModelComparison.Task) -> [ModelMetric] {
        switch task {
        case .binary:
            [
                .auc, .brier, .logLoss, .accuracy, .balancedAccuracy, .recall, .specificity, .precision, .f1, .kappa,
                .mcc,
                .averagePrecision, .ks, .calibrationError, .calibrationInTheLarge, .calibrationSlope,
                .calibrationIntercept,
            ] + distances
        case .multiclass:
            [
                .accuracy, .balancedAccuracy, .macroF1, .weightedF1, .kappa, .mcc, .brier, .logLoss, .flipRate,
            ]
        case .regression: [.mae, .mse, .rmse, .bias, .r2] + distances
        case .ranking: [.ndcg, .meanAveragePrecision, .meanReciprocalRank, .precisionAtK, .recallAtK]
        case .unlabeled: distances
        }
    }

    /// Whether a difference of it has an interval, so that something can be decided by it.
    ///
    /// - Parameter task: What it is a metric of: how far labelled models are apart decides nothing.
    /// - Returns: True if it can be a criterion.
    package func isDecidable(in task: ModelComparison.Task) -> Bool {
        switch self {
        case .averagePrecision, .ks, .calibrationError, .calibrationInTheLarge, .calibrationSlope,
            .calibrationIntercept, .rmse, .bias, .r2, .psi, .scoreKS, .wasserstein, .jensenShannon:
            false
        case .flipRate, .meanDistance: task == .unlabeled
        default: true
        }
    }
}
