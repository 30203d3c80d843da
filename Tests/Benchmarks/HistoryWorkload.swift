import Foundation

/// What it costs to record measurements, and to read ten million of them.
struct HistoryWorkload: Workload {
    let name = "history"

    func run(in laboratory: Laboratory) throws {
        try raceRecording(laboratory)
        try raceReading(laboratory)
    }

    /// Ten thousand checks that the catalog answers, recorded and not: the difference is the recording.
    private func raceRecording(_ laboratory: Laboratory) throws {
        let numbers = 1...laboratory.scaled(100, least: 2)
        let project = try TableProject(
            "history/catalog", name: "history_catalog", tables: numbers.map { ("t\($0)", 1) }, laboratory)
        let database = project.database
        let count = project.tables.count * 100
        try database.migrate(project.checks)
        try laboratory.race(
            self, "\(count) checks recorded",
            floors: [
                Contestant(
                    label: "assay, not recorded", job: database.assayRun(project.checks),
                    evidence: Laboratory.asJSON)
            ],
            assay: Contestant(
                label: "assay", job: database.assayRun(project.checks, recordingIn: database),
                evidence: Laboratory.asJSON, prepare: { try database.emptyResults() }),
            units: count
        ) { found in
            for output in found { try Agreement(assayOutput: output).require(outcomes: ["pass": count]) }
            let recorded = try database.text("SELECT count(*) FROM assay.measurement")
            guard recorded == String(count) else { throw BenchmarkError("\(recorded) of \(count) recorded") }
        }
    }

    /// `assay history` of everything and of one check, against psql with the same query and with a better one.
    private func raceReading(_ laboratory: Laboratory) throws {
        let database = try laboratory.database("history")
        let checks = try laboratory.checks("history/ledger/checks")
        let runs = laboratory.scaled(10_000, least: 40)
        try database.migrate(checks)
        Progress.say("history: making \(runs * 1000) measurements")
        try database.run(laboratory.material("history/ledger/data.sql", ["runs": String(runs)]))
        let one = "history.t7.c7"
        func floor(_ label: String, _ file: String, _ pattern: String) throws -> Contestant {
            let script = try laboratory.material("history/ledger/\(file)", ["pattern": pattern])
            let path = try laboratory.write(script, to: "history/\(pattern == "%" ? "all" : "one")_\(file)")
            return Contestant(label: label, job: database.plainPsql("-f", path))
        }
        func assay(_ arguments: String...) -> Contestant {
            let job = laboratory.assay("history", "--checks", checks, "--results", database.conninfo)
            return Contestant(label: "assay", job: job.adding(arguments))
        }
        try laboratory.race(
            self, "all checks, \(runs * 1000) measurements",
            floors: [
                try floor("same query", "floor.sql", "%"), try floor("best, by index", "floor_best.sql", "%"),
            ], assay: assay()
        ) { found in
            try require(rows: 1000 * 30, in: found[0])
            try require(rows: 1000 * 30, in: found[1])
            try require(rows: 1000, of: "history.t", in: found[2])
        }
        try laboratory.race(
            self, "one check, \(runs * 1000) measurements", floors: [try floor("same query", "floor.sql", one)],
            assay: assay(one)
        ) { found in
            try require(rows: 30, in: found[0])
            try require(rows: 30, of: "2", in: found[1])
        }
    }

    /// - Throws: Unless a file has so many lines that begin so.
    private func require(rows: Int, of beginning: String = "history.t", in file: String) throws {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let count = text.split(separator: "\n").count { $0.trimmingPrefix { $0 == " " }.hasPrefix(beginning) }
        guard count == rows else { throw BenchmarkError("a history has \(count) lines, not \(rows)") }
    }
}
