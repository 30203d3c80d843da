/// Something to measure: data, a floor for it, and checks.
protocol Workload: Sendable {
    /// Name on the command line and in the table.
    var name: String { get }

    /// Makes the data, measures, and adds the figures to the laboratory's report.
    ///
    /// - Throws: If a program fails, or if assay and the floor disagree; what was measured until then stays.
    func run(in laboratory: Laboratory) throws
}

/// The workloads, in the order they are run.
enum Workloads {
    static let all: [any Workload] = [
        StartWorkload(), WideWorkload(), ManyWorkload(), DirtyWorkload(), HistoryWorkload(), LatencyWorkload(),
        BackfillWorkload(), CompareWorkload(), LevelsWorkload(), GrowthWorkload(),
    ]
}
