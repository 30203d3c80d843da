package import ExactJSON
import Foundation

extension CheckFailure {
    /// The error object of the JSON contract.
    package var json: JSONValue {
        [
            "sqlstate": .string(ifPresent: sqlState),
            "message": .string(message),
            "hint": .string(ifPresent: hint),
            "phase": .string(phase.rawValue),
        ]
    }
}

extension Estimate {
    /// The estimate object of the JSON contract.
    package var json: JSONValue {
        [
            "percent": .number(sample.percent),
            "method": .string(sample.method.rawValue),
            "seed": .number(String(sample.seed)),
            "confidence": .number(String(Self.confidence)),
            "low": .number(Self.text(low)),
            "high": .number(Self.text(high)),
        ]
    }

    /// A share with six significant digits, never in exponents.
    private static func text(_ share: Double) -> String {
        let places = share > 0 ? min(15, max(6, 5 - Int(log10(share).rounded(.down)))) : 0
        return String(format: "%.\(places)f", share)
    }
}

extension Expectation {
    /// The expectation object of the JSON contract.
    package var json: JSONValue {
        [
            "value": .number(postgres: value),
            "low": .number(postgres: range?.low),
            "high": .number(postgres: range?.high),
            "measurements": .number(String(count)),
            "season": .string(ifPresent: season),
        ]
    }
}

extension CheckResult {
    /// The threshold that was met, else the one that decides: `fail` before `warn`; `nil` where none is set.
    package var thresholdText: String? {
        (outcome == .warn ? check.warn : check.fail ?? check.warn)?.description
    }
}

extension Duration {
    /// Milliseconds with three decimals, as a JSON number.
    package var millisecondsText: String {
        let (seconds, attoseconds) = components
        let microseconds = Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
        let fraction = String(1000 + microseconds % 1000).dropFirst()
        return "\(microseconds / 1000).\(fraction)"
    }
}
