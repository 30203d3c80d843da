/// Checks that fail, and keep every failing row: in the database itself, and on another server.
struct DirtyWorkload: Workload {
    let name = "dirty"

    private static let checks = [
        "customer_id.not_null", "amount.in_range", "kind.accepted_values", "url.matches", "note.length",
        "received_after_it_occurred",
    ]

    func run(in laboratory: Laboratory) throws {
        let rows = laboratory.scaled(10_000_000, least: 1000)
        let planted = [10, 100, 1000, 10_000, 25_000, 100_000].map { laboratory.scaled($0) }
        var values = ["rows": String(rows)]
        for (index, count) in planted.enumerated() { values["count\(index + 1)"] = String(count) }
        let warehouse = try laboratory.database("dirty")
        let elsewhere = try laboratory.database("dirty_results", onSecondServer: true)
        Progress.say("dirty: making \(rows) rows")
        try warehouse.run(laboratory.material("dirty/data.sql", values))
        let checks = try laboratory.checks("dirty/checks")
        for database in [warehouse, elsewhere] {
            try database.migrate(checks)
            try database.run(laboratory.material("dirty/results.sql"))
        }
        let scene = Scene(laboratory: laboratory, warehouse: warehouse, checks: checks, planted: planted)
        try raceCounting(scene)
        try raceRecording(scene, in: warehouse, "same database")
        try raceRecording(scene, in: elsewhere, "another server")
        try raceAllRows(scene, rows: rows)
    }

    /// What the races have in common.
    private struct Scene {
        var laboratory: Laboratory
        var warehouse: Database
        var checks: String
        var planted: [Int]

        var total: Int { planted.reduce(0, +) }
    }

    /// For information: what it costs to know how many rows fail, and for assay to fetch them.
    private func raceCounting(_ scene: Scene) throws {
        let floor = try scene.warehouse.psql(
            script: scene.laboratory.material("dirty/floor_counts.sql"), as: "floor_counts.sql")
        try scene.laboratory.race(
            self, "6 checks, not recorded", floors: [Contestant(label: "counts only", job: floor)],
            assay: Contestant(
                label: "assay", job: scene.warehouse.assayRun(scene.checks, "dirty.event.*", code: 1),
                evidence: Laboratory.asJSON)
        ) { found in
            let agreement = try Agreement(assayOutput: found[1])
            try agreement.require(outcomes: ["fail": Self.checks.count])
            try agreement.require(floorOutputs: [found[0]])
        }
    }

    private func raceRecording(_ scene: Scene, in results: Database, _ place: String) throws {
        let rows = try scene.warehouse.psql(
            script: scene.laboratory.material("dirty/floor_rows.sql"), as: "floor_rows.sql")
        let sink = results.psql("-c", "COPY floor.failing_row FROM STDIN")
        try scene.laboratory.race(
            self, "\(scene.total) rows kept, \(place)",
            floors: [
                Contestant(
                    label: "psql COPY to psql COPY", job: .pipeline(rows, sink),
                    prepare: { try results.emptyFloor() })
            ],
            assay: Contestant(
                label: "assay",
                job: scene.warehouse.assayRun(scene.checks, recordingIn: results, "dirty.event.*", code: 1),
                prepare: { try results.emptyResults() })
        ) { _ in
            for (check, count) in zip(Self.checks, scene.planted) {
                for schema in ["assay", "floor"] {
                    let found = try results.text(
                        "SELECT count(*) FROM \(schema).failing_row WHERE check_id = 'dirty.event.\(check)'")
                    guard found == String(count) else {
                        throw BenchmarkError("\(schema) has \(found) rows of \(check), the data has \(count)")
                    }
                }
            }
            let different = try results.text(scene.laboratory.material("dirty/difference.sql"))
            guard different == "0" else {
                throw BenchmarkError("\(different) failing rows differ from those of the floor")
            }
        }
    }

    /// Every row of a narrow table fails one check, and every one is kept.
    private func raceAllRows(_ scene: Scene, rows: Int) throws {
        let warehouse = scene.warehouse
        let floor = try warehouse.psql(
            script: scene.laboratory.material("dirty/floor_insert.sql"), as: "floor_insert.sql")
        try scene.laboratory.race(
            self, "all \(rows) rows kept, same database",
            floors: [
                Contestant(label: "INSERT SELECT", job: floor, prepare: { try warehouse.emptyFloor() })
            ],
            assay: Contestant(
                label: "assay",
                job: warehouse.assayRun(scene.checks, recordingIn: warehouse, "dirty.narrow.*", code: 1),
                prepare: { try warehouse.emptyResults() })
        ) { _ in
            for schema in ["assay", "floor"] {
                let found = try warehouse.text("SELECT count(*) FROM \(schema).failing_row")
                guard found == String(rows) else {
                    throw BenchmarkError("\(schema) has \(found) rows, the data has \(rows)")
                }
            }
        }
    }
}

extension Database {
    /// Empties the table that the floor writes to.
    fileprivate func emptyFloor() throws {
        try run("TRUNCATE floor.failing_row; CHECKPOINT;")
    }
}
