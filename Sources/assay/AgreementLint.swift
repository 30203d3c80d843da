import CheckFiles
import Checks
import Reporting
import ServiceLevels

/// What is wrong with the project's agreements, for `assay validate`.
struct AgreementLint {
    /// A finding, and the agreement's place.
    struct Finding {
        var place: String
        var text: String
        var hint: String?
        var isError: Bool
    }

    let project: Project

    var findings: [Finding] {
        project.agreements.flatMap { declared -> [Finding] in
            let agreement = declared.agreement
            var findings: [Finding] = []
            var members: [[AgreementLinter.Member]] = []
            for objective in agreement.objectives {
                do {
                    let checks = try CheckSelection(objective.checks).select(from: project.checks)
                    members.append(checks.map { AgreementLinter.Member(check: $0.id, schedule: $0.schedule) })
                } catch {
                    let failure = error as? CommandFailure
                    findings.append(
                        Finding(
                            place: "\(declared.source)",
                            text: "\(agreement.name), \(objective.name): \(failure?.message ?? "\(error)")",
                            hint: failure?.hint, isError: true))
                    members.append([])
                }
            }
            // Without checks there is nothing more to say of an objective.
            let known = zip(agreement.objectives, members).filter { !$0.1.isEmpty }
            var judged = agreement
            judged.objectives = known.map(\.0)
            return findings
                + AgreementLinter(judged).findings(known.map(\.1)).map { finding in
                    Finding(
                        place: "\(declared.source)",
                        text: "\(agreement.name), \(finding.objective): \(finding.message)",
                        hint: finding.hint, isError: finding.isError)
                }
        }
    }

    /// Writes what was found.
    ///
    /// - Throws: If there is an error among it.
    func report(style: TerminalStyle, directory: String) throws {
        let place = directory == "." ? "" : directory + "/"
        let all = findings
        for finding in all {
            let level = finding.isError ? style.paint("error:", .boldRed) : style.paint("warning:", .yellow)
            Console.writeError("\(place)\(finding.place): \(level) \(TerminalText.harmless(finding.text))\n")
            if let hint = finding.hint { Console.writeError("hint: \(TerminalText.harmless(hint))\n") }
        }
        let errors = all.count { $0.isError }
        guard errors == 0 else {
            throw CommandFailure(.usage, "\(errors == 1 ? "an objective" : "\(errors) objectives") can never be judged")
        }
    }
}
