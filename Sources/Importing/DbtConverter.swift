import ExactJSON

/// Turns a generic test into checks, by the package that defines it.
enum DbtConverter {
    /// What a test becomes.
    static func outcome(of test: DbtTest, in catalog: DbtCatalog) throws(DbtObstacle) -> DbtOutcome {
        if let defect = test.defect { throw DbtObstacle(defect) }
        _ = try test.relation.usable()
        guard let known = parameters(of: test) else { throw DbtObstacle(reasonForUnknown(test)) }
        let arguments = try DbtArguments(test, in: catalog)
        var outcome =
            switch test.package {
            case nil: try DbtCoreTests.outcome(arguments)
            case "dbt_utils"?: try DbtUtilsTests.outcome(arguments)
            default: try DbtExpectations.outcome(arguments)
            }
        for member in test.arguments where !known.contains(member.name) && member.value != .null {
            outcome = outcome.noting("\(member.name) is not known and was left out")
        }
        return outcome
    }

    /// The names of what a test takes; `nil` for a test that is not known.
    private static func parameters(of test: DbtTest) -> [String]? {
        switch test.package {
        case nil: DbtCoreTests.parameters[test.name]
        case "dbt_utils"?: DbtUtilsTests.parameters[test.name]
        case "dbt_expectations"?: DbtExpectations.parameters[test.name].map { $0 + ["row_condition"] }
        default: nil
        }
    }

    private static func reasonForUnknown(_ test: DbtTest) -> String {
        switch test.package {
        case nil: "\(test.name) is a test of the project's own, of which only dbt has the SQL"
        case "dbt_utils"?, "dbt_expectations"?: "\(test.fullName) is none of the tests known of that package"
        case let package?: "tests of the package \(package) are not known"
        }
    }
}
