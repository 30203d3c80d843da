import Foundation

/// A year of service levels: 1,000 checks every quarter of an hour, of which a month is reported.
struct LevelsWorkload: Workload {
    let name = "levels"

    func run(in laboratory: Laboratory) throws {
        let days = laboratory.scaled(365, least: 40)
        let database = try laboratory.database("levels")
        let checks = try laboratory.checks("levels/checks", ["conninfo": database.conninfo])
        for table in 0..<100 {
            let columns = (0..<10).map { "  c\($0): [not_null]\n" }.joined()
            try laboratory.write(
                "dataset: levels.t\(table)\nschedule: {every: 15min, grace: 5min}\ncolumns:\n" + columns,
                to: "levels/checks/t\(table).yaml")
        }
        try database.migrate(checks)
        Progress.say("levels: making \(days * 96_000) measurements and their roll-ups")
        try database.run(laboratory.material("levels/data.sql", ["days": String(days)]))
        try database.migrate(checks)
        try database.run("VACUUM (ANALYZE);")
        let size = "\(days * 96_000) measurements"
        let floor = Contestant(
            label: "the month's measurements",
            job: database.plainPsql(
                "-f", try laboratory.write(laboratory.material("levels/floor.sql"), to: "levels/floor.sql")))
        func assay(_ command: String, _ arguments: [String], code: Int32 = 0) -> Contestant {
            Contestant(
                label: "assay", job: laboratory.assay(command, "--checks", checks, code: code).adding(arguments))
        }
        // The floor counts days of UTC, the report those of New York: only the report in UTC would be the same.
        try laboratory.race(
            self, "report of a month, \(size)", floors: [floor],
            assay: assay(
                "report", ["--period", "2026-10", "--as-of", "2026-11-03", "--format", "json", "--output", "-"])
        ) { found in try require("\"slo\": \"all-good\"", in: found[1]) }
        try laboratory.race(
            self, "status, \(size)", floors: [floor], assay: assay("status", ["--as-of", "2026-10-31 23:59+00"])
        ) { found in try require("all-good", in: found[1]) }
        try laboratory.race(
            self, "history of a check, \(size)", floors: [floor],
            assay: assay("history", ["--results", database.conninfo, "levels.t7.c7.not_null"])
        ) { found in try require("2026-10-31", in: found[1]) }
    }

    private func require(_ text: String, in file: String) throws {
        guard try String(contentsOfFile: file, encoding: .utf8).contains(text) else {
            throw BenchmarkError("\"\(text)\" is not in what was written")
        }
    }
}
