import ExactJSON

/// What a check of another kind measures, as a kind that compares it with the past takes it: `of: row_count`.
package struct Measure: Sendable, Hashable {
    /// Which number of it is compared.
    package enum Quantity: String, Sendable, Hashable, CaseIterable {
        /// What fails.
        case count
        /// What fails, of what is looked at, times 100.
        case percent
        /// The number that the kind computes.
        case value
    }

    package let kind: any CheckKind
    package let arguments: Arguments
    package let columns: [String]
    package let quantity: Quantity

    /// The parameters of a kind that takes a measure.
    static let parameters = [
        Parameter(
            "of", .measure, isRequired: true,
            "what is measured: a kind, such as row_count or {percentile: {percent: 90}}"),
        Parameter(
            "quantity", .choice(["count", "percent"]),
            "of a kind that counts what fails: which number; count if not given"),
    ]

    init(_ arguments: Arguments) throws(ArgumentError) {
        let nested = try arguments.required("of", arguments.measure("of"))
        (self.arguments, columns) = (nested.arguments, nested.columns)
        guard let type = KindCatalogue.kind(named: nested.kind) else {
            throw ArgumentError("of", "unknown kind of check \"\(nested.kind)\"")
        }
        let definition = type.definition
        guard definition.source == .rows, !(type is any PastKind.Type) || type is any DriftKind.Type else {
            throw ArgumentError("of", "\(nested.kind) measures nothing that could change", hint: "Such as row_count.")
        }
        do {
            kind = try type.init(nested.arguments)
        } catch {
            throw ArgumentError("of", error.message, hint: error.hint)
        }
        guard (kind as? any PastKind)?.need == nil else {
            throw ArgumentError("of", "\(nested.kind) is compared with the past already")
        }
        guard kind.ownThreshold == nil else {
            throw ArgumentError(
                "of", "\(nested.kind) has bounds here, which mean nothing: it is the change that is judged",
                hint: "Leave them out.")
        }
        let given = arguments.text("quantity").flatMap(Quantity.init(rawValue:))
        if kind.quantities.contains(.count) {
            quantity = given ?? .count
        } else {
            guard given == nil else {
                throw ArgumentError("quantity", "\(nested.kind) computes a value; there is nothing else to choose")
            }
            quantity = .value
        }
    }

    /// The kind's name.
    package var name: String { type(of: kind).definition.name }

    /// What was found, for people: `avg of amount is 12.5`, `3 fail not_null of email`.
    func finding(_ metric: String) -> String {
        let subject = columns.isEmpty ? name : "\(name) of \(columns.joined(separator: ", "))"
        let number = Self.short(metric)
        return switch quantity {
        case .value: "\(subject) is \(number)"
        case .count: "\(number) \(metric == "1" ? "fails" : "fail") \(subject)"
        case .percent: "\(number) % fail \(subject)"
        }
    }

    /// A number for people: whole ones in full, others to six significant digits.
    static func short(_ number: String) -> String {
        guard !number.allSatisfy({ $0.isNumber || $0 == "-" }), let value = Double(number) else { return number }
        return short(value)
    }

    /// A number to six significant digits, never in exponents.
    static func short(_ number: Double) -> String {
        guard number != 0, number.isFinite, abs(number) < 1e15 else { return number == 0 ? "0" : "\(number)" }
        var places = 0
        var rest = abs(number)
        while rest >= 10 { (rest, places) = (rest / 10, places - 1) }
        while rest < 1 { (rest, places) = (rest * 10, places + 1) }
        var scale = 1.0
        for _ in 0..<max(0, min(places + 5, 9)) { scale *= 10 }
        return text((number * scale).rounded() / scale)
    }

    /// A number to nine decimals, without those that are 0.
    static func text(_ number: Double) -> String {
        let rounded = (number * 1e9).rounded() / 1e9
        guard rounded.isFinite else { return "\(number)" }
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : "\(rounded)"
    }

    /// The number, from what the kind's question gave; `nil` where there was nothing to measure.
    package func metric(of measured: Measured) -> String? {
        switch (measured, quantity) {
        case (.value(let text), _): text
        case (.rows(let failing, _), .count): String(failing)
        case (.rows(let failing, let total), _):
            total.flatMap { $0 > 0 ? "\(100 * Double(failing) / Double($0))" : nil }
        }
    }

    package static func == (left: Measure, right: Measure) -> Bool {
        left.name == right.name && left.arguments == right.arguments && left.columns == right.columns
            && left.quantity == right.quantity
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(arguments)
        hasher.combine(columns)
    }
}
