import ExactJSON
import Foundation

/// Two relations of six columns, row by row: on one server against a full join, on two against reading both.
struct CompareWorkload: Workload {
    let name = "compare"

    func run(in laboratory: Laboratory) throws {
        let rows = laboratory.scaled(5_000_000, least: 200_000) / 100_000 * 100_000
        let database = try laboratory.database("compare")
        let other = try laboratory.database("compare_other", onSecondServer: true)
        Progress.say("compare: making three tables of \(rows) rows")
        try database.run(laboratory.material("compare/left.sql", ["rows": String(rows)]))
        for each in [database, other] {
            try each.run(laboratory.material("compare/right.sql", ["rows": String(rows)]))
        }
        let parts = rows / 100_000
        let wanted = ["changed": parts * 2, "only_left": parts, "only_right": 0]
        let floor = try database.psql(script: laboratory.material("compare/floor.sql"), as: "floor.sql")
        try race(
            laboratory, "\(rows) rows on one server", floor: Contestant(label: "hand-written full join", job: floor),
            (database, database), wanted)
        func drained(_ database: Database, _ table: String) -> Job {
            database.plainPsql("-c", "\\copy \(table) TO '/dev/null' (FORMAT binary)")
        }
        try race(
            laboratory, "\(rows) rows on two servers",
            floor: Contestant(
                label: "both sides by COPY",
                job: .together(drained(database, "orders_left"), drained(other, "orders_right"))),
            (database, other), wanted)
    }

    private func race(
        _ laboratory: Laboratory, _ what: String, floor: Contestant, _ sides: (left: Database, right: Database),
        _ wanted: [String: Int]
    ) throws {
        let checks = try laboratory.checks(
            "compare/checks", ["left": sides.left.conninfo, "right": sides.right.conninfo])
        let job = laboratory.assay("compare", "--checks", checks, "--format", "json", code: 1)
        try laboratory.race(self, what, floors: [floor], assay: Contestant(label: "assay", job: job)) { found in
            let document = try JSONValue(parsing: String(contentsOfFile: found[1], encoding: .utf8))
            for (state, count) in wanted where document["rows"]?[state]?.integer != count {
                throw BenchmarkError("\(what): \(state) is not \(count)")
            }
        }
    }
}
