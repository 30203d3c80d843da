/// Forty checks of one wide table of six million rows; all pass.
struct WideWorkload: Workload {
    let name = "wide"

    func run(in laboratory: Laboratory) throws {
        let rows = laboratory.scaled(6_000_000, least: 1000) / 4 * 4
        let database = try laboratory.database("wide")
        Progress.say("wide: making \(rows) rows")
        try database.run(laboratory.material("wide/data.sql", ["rows": String(rows)]))
        let checks = try laboratory.checks("wide/checks")
        func script(_ name: String) throws -> Job {
            try database.psql(script: laboratory.material("wide/\(name)"), as: name)
        }
        let floors = [
            Contestant(label: "fused, 1 session", job: try script("floor.sql")),
            Contestant(
                label: "best, 2 sessions",
                job: .together(try script("floor_best_scan.sql"), try script("floor_best_apart.sql"))),
        ]
        try laboratory.race(
            self, "40 checks, \(rows) rows", floors: floors,
            assay: Contestant(label: "assay", job: database.assayRun(checks), evidence: Laboratory.asJSON)
        ) { found in
            let agreement = try Agreement(assayOutput: found[2])
            try agreement.require(outcomes: ["pass": 40])
            try agreement.require(floorOutputs: [found[0]])
            // It proves at once what it does not count: the row conditions of columns of many values.
            try agreement.require(floorOutputs: [found[1]], covering: 18)
        }
    }
}
