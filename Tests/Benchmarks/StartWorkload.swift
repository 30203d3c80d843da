/// What it costs to start: a version, and one check of ten rows.
struct StartWorkload: Workload {
    let name = "start"

    func run(in laboratory: Laboratory) throws {
        try laboratory.race(
            self, "version", floors: [Contestant(label: "psql --version", job: laboratory.psql("--version"))],
            assay: Contestant(label: "assay", job: laboratory.assay("--version")))

        let database = try laboratory.database("start")
        try database.run(laboratory.material("start/data.sql"))
        let checks = try laboratory.checks("start/checks")
        let floor = try database.psql(script: laboratory.material("start/floor.sql"), as: "floor.sql")
        try laboratory.race(
            self, "one check, 10 rows", floors: [Contestant(label: "psql", job: floor)],
            assay: Contestant(label: "assay", job: database.assayRun(checks), evidence: Laboratory.asJSON)
        ) { found in
            let agreement = try Agreement(assayOutput: found[1])
            try agreement.require(outcomes: ["pass": 1])
            try agreement.require(floorOutputs: [found[0]])
        }
    }
}
