/// Thirty days of a table, each evaluated by itself, against one look at all of it.
struct BackfillWorkload: Workload {
    let name = "backfill"

    func run(in laboratory: Laboratory) throws {
        let rows = laboratory.scaled(1_000_000, least: 3_000) / 30 * 30
        let database = try laboratory.database("backfill")
        Progress.say("backfill: making \(rows) rows")
        try database.run(laboratory.material("backfill/data.sql", ["rows": String(rows)]))
        let checks = try laboratory.checks("backfill/checks")
        try database.migrate(checks)
        let floor = try database.psql(script: laboratory.material("backfill/floor.sql"), as: "floor.sql")
        let arguments = ["--window", "2026-01-01..2026-01-31", "--by", "day"]
        for isRecorded in [false, true] {
            let job =
                isRecorded
                ? database.assayRun(checks, recordingIn: database, code: 1) : database.assayRun(checks, code: 1)
            try laboratory.race(
                self, "30 days, \(rows) rows\(isRecorded ? ", recorded" : "")",
                floors: [Contestant(label: "one full scan", job: floor)],
                assay: Contestant(
                    label: "assay", job: job.adding(arguments), evidence: Laboratory.asJSON,
                    prepare: { if isRecorded { try database.emptyResults() } }),
                units: 30
            ) { found in
                let outcomes = try Agreement.outcomes(ofRunsIn: found[1])
                // In 30 days a 5,000th of the customers is missing, some every day.
                guard outcomes == ["pass": 30 * 7, "fail": 30] else {
                    throw BenchmarkError("the steps came to \(outcomes)")
                }
            }
        }
    }
}
