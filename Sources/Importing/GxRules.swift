import ExactJSON

/// How an expectation of one type is converted.
struct GxRule: Sendable {
    /// Its own kwargs.
    let names: Set<String>
    /// Whether it looks at rows, so that `row_condition` leaves some out.
    let isAboutRows: Bool
    /// Whether it accepts a share of failing rows.
    let takesMostly: Bool
    let make: @Sendable (GxExpectation) -> RuleConversion
}

/// The expectations of the core, and those that were there in earlier versions.
enum GxRules {
    /// The rule for a type such as `expect_column_values_to_not_be_null`; `nil` if there is no such expectation.
    static func rule(for type: String) -> GxRule? { rules[type] }

    private static let rules = GxValueRules.rules
        .merging(GxTextRules.rules) { first, _ in first }
        .merging(GxAggregateRules.rules) { first, _ in first }
        .merging(GxSeveralColumnRules.rules) { first, _ in first }
        .merging(GxTableRules.rules) { first, _ in first }

    /// A rule about the rows, each judged by itself or with others like it.
    static func rows(
        _ names: Set<String>, _ make: @escaping @Sendable (GxExpectation) -> RuleConversion
    ) -> GxRule {
        GxRule(names: names, isAboutRows: true, takesMostly: true, make: make)
    }

    /// A rule about the rows of one column; NULL is left out, also of what `mostly` is a share of.
    static func column(
        _ names: Set<String>, _ make: @escaping @Sendable (GxExpectation, String) -> RuleConversion
    ) -> GxRule {
        rows(names.union(["column"])) { expectation in
            guard let column = expectation.text("column") else { return .notConverted("it names no column") }
            return make(expectation, column)
        }
    }

    /// A rule about a number that is computed from a column's values.
    static func aggregate(
        _ names: Set<String>, _ make: @escaping @Sendable (GxExpectation, String) -> RuleConversion
    ) -> GxRule {
        GxRule(names: names.union(["column"]), isAboutRows: true, takesMostly: false) { expectation in
            guard let column = expectation.text("column") else { return .notConverted("it names no column") }
            return make(expectation, column)
        }
    }

    /// A rule about what the catalog says, or about the table as a whole.
    static func table(
        _ names: Set<String>, isAboutRows: Bool = false,
        _ make: @escaping @Sendable (GxExpectation) -> RuleConversion
    ) -> GxRule {
        GxRule(names: names, isAboutRows: isAboutRows, takesMostly: false, make: make)
    }

    /// A rule for what is not there.
    static func none(_ reason: String) -> GxRule {
        GxRule(names: [], isAboutRows: false, takesMostly: false) { _ in .notConverted(reason) }
    }
}
