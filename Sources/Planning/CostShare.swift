import Checks

extension Plan {
    /// How the time of a statement divides among the checks that wait for it: fractions by position of the check.
    ///
    /// Reading the rows is shared by all alike; what judging a row takes is each check's own. Together they are 1.
    package func shares(of scan: Scan, positions: [String: Int]) -> [Int: Double] {
        let waiting = scan.checks.compactMap { positions[$0] }
        guard !waiting.isEmpty else { return [:] }
        let reading = CostModel.scan / Double(waiting.count)
        let weights = waiting.map { check in
            guard scan.isShared, case .rows(let violation, .shareable)? = checks[check].assertion else {
                return reading
            }
            return reading + CostModel.judging(violation.effort)
        }
        let whole = weights.reduce(0, +)
        return Dictionary(zip(waiting, weights.map { $0 / whole }), uniquingKeysWith: +)
    }
}
