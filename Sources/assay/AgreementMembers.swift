import CheckFiles
import Checks
import ExactJSON
import Results
import ServiceLevels

extension Project {
    /// An agreement of the project with the checks that its selectors mean today.
    ///
    /// - Parameters:
    ///   - agreement: One of the project's.
    ///   - from: When it is to have begun to hold.
    /// - Returns: The agreement as it would be recorded.
    /// - Throws: A ``CommandFailure`` if a selector means no check.
    func version(of agreement: Agreement, from: Timestamp) throws -> AgreementVersion {
        let members = try agreement.objectives.map { objective in
            try CheckSelection(objective.checks).select(from: checks).map(\.id)
        }
        return AgreementVersion(agreement, members: members, from: from)
    }

    /// The agreements of the project as a run records them; one that cannot be judged is no reason not to run.
    var recordedAgreements: [String: JSONValue] {
        Dictionary(
            agreements.compactMap { declared in
                (try? version(of: declared.agreement, from: Timestamp(microseconds: 0))).map {
                    (declared.agreement.name, $0.json)
                }
            }, uniquingKeysWith: { first, _ in first })
    }
}
