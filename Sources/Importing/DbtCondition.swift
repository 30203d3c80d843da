/// What `error_if` or `warn_if` compares the number of failures with, such as `> 10`.
struct DbtCondition: Sendable, Hashable {
    private enum Comparison: Sendable, Hashable {
        case greater(Int)
        case less(Int)
        case equal(Int)
        case notEqual(Int)
        case between(Int, Int)
        case notBetween(Int, Int)
    }

    private var comparison: Comparison

    /// Any failure at all, which is what dbt asks if nothing is said.
    static let anyFailure = DbtCondition(comparison: .greater(0))

    /// Reads `>10`, `!= 0` or `between 1 and 5`.
    init(parsing text: String, of setting: String) throws(DbtObstacle) {
        let text = DbtText.trimmed(text).lowercased()
        if let match = text.wholeMatch(of: #/(>=|<=|!=|<>|==|=|>|<)\s*([0-9]{1,15})/#),
            let bound = Int(match.output.2)
        {
            switch match.output.1 {
            case ">": comparison = .greater(bound)
            case ">=": comparison = .greater(bound - 1)
            case "<": comparison = .less(bound)
            case "<=": comparison = .less(bound + 1)
            case "!=", "<>": comparison = bound == 0 ? .greater(0) : .notEqual(bound)
            default: comparison = .equal(bound)
            }
        } else if let match = text.wholeMatch(of: #/(not\s+)?between\s+([0-9]{1,15})\s+and\s+([0-9]{1,15})/#),
            let low = Int(match.output.2), let high = Int(match.output.3), low <= high
        {
            comparison = match.output.1 == nil ? .between(low, high) : .notBetween(low, high)
        } else {
            throw DbtObstacle("\(setting) \"\(text)\" compares with something that no threshold takes")
        }
        guard !isImpossible else { throw DbtObstacle("\(setting) \"\(text)\" can never hold") }
    }

    private init(comparison: Comparison) {
        self.comparison = comparison
    }

    /// Whether so many failures meet the condition.
    func holds(_ failures: Int) -> Bool {
        switch comparison {
        case .greater(let bound): failures > bound
        case .less(let bound): failures < bound
        case .equal(let bound): failures == bound
        case .notEqual(let bound): failures != bound
        case .between(let low, let high): failures >= low && failures <= high
        case .notBetween(let low, let high): failures < low || failures > high
        }
    }

    /// The same as a threshold on failing rows.
    var countThreshold: String { "count \(text)" }

    /// The same as a threshold on a difference between counts; `nil` where none can say it.
    func threshold(on difference: DbtDraft.Difference) -> String? {
        guard case .greater(let bound) = comparison, bound >= 0 else { return nil }
        switch difference {
        case .magnitude: return bound == 0 ? "value != 0" : "value not between -\(bound) and \(bound)"
        // dbt counts equal numbers as one failure.
        case .excess: return bound == 0 ? "value >= 0" : "value > \(bound)"
        }
    }

    private var text: String {
        switch comparison {
        // That any row at all counts is what people write as > 0.
        case .greater(-1): ">= 0"
        case .greater(let bound): "> \(bound)"
        case .less(let bound): "< \(bound)"
        case .equal(let bound): "= \(bound)"
        case .notEqual(let bound): "!= \(bound)"
        case .between(let low, let high): "between \(low) and \(high)"
        case .notBetween(let low, let high): "not between \(low) and \(high)"
        }
    }

    private var isImpossible: Bool { comparison == .less(0) }
}
