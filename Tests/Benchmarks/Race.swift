import Foundation

/// One of those who do the same work: the floor, a better floor, assay.
struct Contestant {
    /// What stands in the table beside the figure.
    var label: String
    var job: Job
    /// Arguments that make the unmeasured run tell what it found, where standard output does not.
    var evidence: [String] = []
    /// Outside the timing, before every run.
    var prepare: () throws -> Void = {}
}

extension Laboratory {
    /// Runs contestants in turn, A B A B, after one unmeasured run of each, and reports each floor against assay.
    ///
    /// - Parameters:
    ///   - workload: Whose figures these are.
    ///   - what: What is done, for the table.
    ///   - floors: What assay is compared with; none gives absolute figures only.
    ///   - assay: The contestant that every floor is compared with.
    ///   - units: How many things were done, if the added time is of interest for each.
    ///   - verify: Called after the unmeasured runs with the standard output of each, floors first; throws if they
    ///     disagree.
    /// - Throws: What `verify` throws, or a ``BenchmarkError`` if a program fails.
    func race(
        _ workload: any Workload, _ what: String, floors: [Contestant], assay: Contestant, units: Int? = nil,
        verify: ([String]) throws -> Void = { _ in }
    ) throws {
        let contestants = floors + [assay]
        let measurement = ProcessMeasurement(errors: "\(directory)/errors")
        Progress.say("\(workload.name): \(what)")
        var found: [String] = []
        for (index, contestant) in contestants.enumerated() {
            try contestant.prepare()
            var rehearsal = measurement
            rehearsal.output = "\(directory)/found.\(index)"
            _ = try rehearsal.run(contestant.job.adding(contestant.evidence))
            found.append(rehearsal.output)
        }
        try verify(found)
        var costs = Array(repeating: [Cost](), count: contestants.count)
        for round in 1...rounds {
            for (index, contestant) in contestants.enumerated() {
                try contestant.prepare()
                costs[index].append(try measurement.run(contestant.job))
            }
            let times = costs.compactMap { $0.last?.wallSeconds }.map { Report.seconds($0) }.joined(separator: " ")
            Progress.say("  round \(round): \(times) s")
        }
        let own = costs.removeLast()
        if floors.isEmpty { report.figures.append(Figure(workload: workload.name, what: what, assay: own)) }
        for (floor, cost) in zip(floors, costs) {
            report.figures.append(
                Figure(
                    workload: workload.name, what: what, floor: .init(label: floor.label, costs: cost), assay: own,
                    units: units))
        }
    }

    /// Arguments that have `assay run` write what it found to standard output.
    static let asJSON = ["--format", "json"]

    /// Says where along an axis of growth the figure stands that was added last.
    func place(_ unit: String, _ value: Int) {
        guard !report.figures.isEmpty else { return }
        report.figures[report.figures.count - 1].place = (unit, value)
    }
}
