import ExactJSON

/// When a test fails and when it warns: `severity`, `error_if` and `warn_if` together.
struct DbtLevels: Sendable, Hashable {
    /// Numbers of failures at which it fails; `nil` if it never does.
    private(set) var fail: DbtCondition?
    /// Numbers at which it warns, where it does not fail; `nil` if it never does.
    private(set) var warn: DbtCondition?
    /// What differs from dbt's reading, in clauses.
    private(set) var notes: [String] = []

    /// Reads the settings of a test.
    init(_ config: DbtConfig) throws(DbtObstacle) {
        let failures = config.text("fail_calc").map(DbtText.trimmed) ?? "count(*)"
        guard failures.lowercased() == "count(*)" else {
            throw DbtObstacle("fail_calc \(failures) counts something else than rows")
        }
        var severity = config.text("severity")?.lowercased() ?? "error"
        if DbtTemplate.hasJinja(severity) {
            notes.append("the severity has Jinja that only dbt can run: error is assumed")
            severity = "error"
        }
        guard severity == "error" || severity == "warn" else {
            throw DbtObstacle("unknown severity \(severity)")
        }
        let warnIf = try Self.condition("warn_if", config)
        if severity == "warn" {
            warn = warnIf
        } else {
            let errorIf = try Self.condition("error_if", config)
            fail = errorIf
            // What fails already is not looked at again.
            if errorIf != .anyFailure, warnIf != errorIf { warn = warnIf }
        }
        if config.text("enabled").map(DbtTemplate.hasJinja) == true {
            notes.append("whether it is enabled has Jinja that only dbt can run: it is assumed to be")
        }
        if let limit = config.text("limit"), isLimited(by: limit) {
            notes.append("the limit of \(limit) rows does not cut the count")
        }
    }

    /// Whether any failure fails and nothing else is asked, or any failure warns.
    var isUsual: Bool { (fail == .anyFailure && warn == nil) || (fail == nil && warn == .anyFailure) }

    /// Whether it only ever warns.
    var onlyWarns: Bool { fail == nil }

    /// Thresholds on the number of failing rows; none where any failing row fails, as our checks have it.
    var countOptions: [JSONValue.Member] {
        guard fail != .anyFailure else { return [] }
        var options: [JSONValue.Member] = []
        if let warn { options.append(.init("warn", .string(warn.countThreshold))) }
        if let fail { options.append(.init("fail", .string(fail.countThreshold))) }
        return options
    }

    /// The level at which a test is that gives one failing row or none.
    ///
    /// - Returns: True for a failure, false for a warning.
    func failsOnce() throws(DbtObstacle) -> Bool {
        guard fail?.holds(0) != true, warn?.holds(0) != true else {
            throw DbtObstacle("error_if or warn_if holds where nothing fails")
        }
        if fail?.holds(1) == true { return true }
        guard warn?.holds(1) == true else {
            throw DbtObstacle("error_if and warn_if never hold, the test has one failing row at most")
        }
        return false
    }

    private func isLimited(by limit: String) -> Bool {
        guard let limit = Int(limit) else { return false }
        return [fail, warn].compactMap(\.self).contains { !$0.holds(limit) }
    }

    private static func condition(_ name: String, _ config: DbtConfig) throws(DbtObstacle) -> DbtCondition {
        guard let text = config.text(name) else { return .anyFailure }
        guard !DbtTemplate.hasJinja(text) else { throw DbtObstacle("\(name) has Jinja that only dbt can run") }
        return try DbtCondition(parsing: text, of: name)
    }
}
