/// What a distant server costs: 200 checks through a proxy that delays every byte by 20 ms, against one that does not.
struct LatencyWorkload: Workload {
    let name = "latency"

    private static let delaySeconds = 0.020

    func run(in laboratory: Laboratory) throws {
        let project = try TableProject(
            "many/mixed", name: "latency", tables: MixedTables.of(laboratory), laboratory)
        let count = project.tables.count * 25
        try project.database.migrate(project.checks)
        let near = try DelayProxy(to: project.database.socket, delaySeconds: 0)
        let far = try DelayProxy(to: project.database.socket, delaySeconds: Self.delaySeconds)
        defer {
            near.stop()
            far.stop()
        }
        for isRecorded in [false, true] {
            func contestant(_ label: String, _ proxy: DelayProxy) -> Contestant {
                var database = project.database
                database.conninfo = proxy.conninfo(database)
                return Contestant(
                    label: label,
                    job: database.assayRun(project.checks, recordingIn: isRecorded ? database : nil),
                    evidence: Laboratory.asJSON,
                    prepare: { if isRecorded { try project.database.emptyResults() } })
            }
            try laboratory.race(
                self, "\(count) checks, 20 ms each way, \(isRecorded ? "recorded" : "not recorded")",
                floors: [contestant("assay, 0 ms", near)], assay: contestant("assay", far)
            ) { found in
                for output in found { try Agreement(assayOutput: output).require(outcomes: ["pass": count]) }
            }
        }
    }
}
