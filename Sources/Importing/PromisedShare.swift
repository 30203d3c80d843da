import ExactJSON

/// A share that is promised, in per cent and exactly.
struct PromisedShare: Sendable, Hashable {
    /// In 0...100.
    let percentage: DecimalText

    /// With more digits behind the point of a percentage an agreement does not take it.
    private static let mostDigits = 7

    /// A share as a number in 0...1.
    init(fraction text: String) throws(PromiseRefusal) {
        guard let number = DecimalText(text) else { throw PromiseRefusal("\(text) is no number") }
        guard number <= DecimalText(1) else {
            throw PromiseRefusal("\(text) is no share of 1: a target in per cent is targetPercent")
        }
        try self.init(number.percentage)
    }

    /// A share as a number in 0...100.
    init(percent text: String) throws(PromiseRefusal) {
        guard let number = DecimalText(text) else { throw PromiseRefusal("\(text) is no number") }
        try self.init(number)
    }

    private init(_ percentage: DecimalText) throws(PromiseRefusal) {
        guard percentage >= DecimalText(0), percentage <= DecimalText(100) else {
            throw PromiseRefusal("\(percentage) % is no share")
        }
        let digits = percentage.description.split(separator: ".").dropFirst().first?.count ?? 0
        guard digits <= Self.mostDigits else {
            throw PromiseRefusal("\(percentage) % has more digits than an agreement takes")
        }
        self.percentage = percentage
    }

    /// What is left of a whole: 1 % of 99 %.
    var complement: PromisedShare {
        get throws(PromiseRefusal) { try PromisedShare(percentage.complementOfHundred) }
    }

    /// Reads what an objective of OpenSLO promises.
    static func target(of objective: JSONValue) throws(PromiseRefusal) -> PromisedShare {
        switch (objective["target"]?.scalarText, objective["targetPercent"]?.scalarText) {
        case (let fraction?, nil): return try PromisedShare(fraction: fraction)
        case (nil, let percent?): return try PromisedShare(percent: percent)
        case (nil, nil): throw PromiseRefusal("it has neither target nor targetPercent")
        default: throw PromiseRefusal("it has both target and targetPercent")
        }
    }

    /// As an agreement writes it: `99.5%`.
    var text: String { "\(percentage)%" }

    /// Whether nothing may go wrong.
    var allowsNothing: Bool { percentage == DecimalText(100) }

    /// The threshold of a check on rows that passes where the share is reached; `nil` for the default, no row.
    var failingThreshold: String? {
        allowsNothing ? nil : "percent > \(percentage.complementOfHundred)"
    }
}

/// Why a promise of another tool is not there.
struct PromiseRefusal: Error, Sendable, Hashable {
    var reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
