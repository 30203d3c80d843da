import Checks

extension CheckResult {
    /// What a check found, in a sentence without a full stop, for programs that show one line.
    var plainFinding: String {
        if outcome == .error {
            let code = failure?.sqlState.map { " (SQLSTATE \($0))" } ?? ""
            return "could not be evaluated: \(failure?.message ?? "no reason known")\(code)"
        }
        if outcome == .skip { return "skipped: \(reason ?? "")" }
        let threshold = thresholdText.map { " (\($0))" } ?? ""
        if expectation != nil { return "\(reason ?? "")\(threshold)" }
        let groups = self.groups.map { ", \($0.summary)" } ?? ""
        if let failing {
            let total = total.map { " of \($0)" } ?? ""
            let detail = definition.source == .catalog ? reason.map { ": " + $0 } ?? "" : groups
            return "\(failing)\(total) \(definition.noun) failing\(threshold)\(detail)"
        }
        if value == nil, self.groups != nil { return String(groups.dropFirst(2)) + threshold }
        return "value \(value ?? "NULL")\(threshold)"
    }
}
