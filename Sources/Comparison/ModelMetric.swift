/// A measure of how good predictions are.
package enum ModelMetric: String, Sendable, Hashable, CaseIterable {
    case auc, brier
    case logLoss = "log_loss"
    case accuracy, recall, specificity, precision, f1, mcc
    case averagePrecision = "average_precision"
    case ks
    case calibrationError = "calibration_error"
    case mae, mse, rmse, bias

    /// Whether less is better.
    package var isLoss: Bool {
        switch self {
        case .brier, .logLoss, .calibrationError, .mae, .mse, .rmse, .bias: true
        case .auc, .accuracy, .recall, .specificity, .precision, .f1, .mcc, .averagePrecision, .ks: false
        }
    }

    /// The task it measures.
    package var task: ModelComparison.Task {
        switch self {
        case .mae, .mse, .rmse, .bias: .regression
        default: .binary
        }
    }

    /// Metrics of a task.
    package static func all(of task: ModelComparison.Task) -> [ModelMetric] { allCases.filter { $0.task == task } }

    /// Whether a difference of it has an interval, so that something can be decided by it.
    package var isDecidable: Bool {
        switch self {
        case .auc, .brier, .logLoss, .accuracy, .recall, .specificity, .mae, .mse: true
        case .precision, .f1, .mcc, .averagePrecision, .ks, .calibrationError, .rmse, .bias: false
        }
    }
}
