/// How time grows with the number of checks, and with the number of rows.
struct GrowthWorkload: Workload {
    let name = "growth"

    private static let columnCount = 20

    func run(in laboratory: Laboratory) throws {
        let database = try laboratory.database("growth")
        try database.run("CREATE SCHEMA growth;")
        let rows = laboratory.scaled(1_000_000, least: 1000)
        try makeTable("by_checks", rows: rows, in: database, laboratory)
        for count in [1, 10, 100, 1000] {
            try race("\(count) checks, \(rows) rows", "by_checks", checks: count, in: database, laboratory)
            laboratory.place("checks of \(GrowthPicture.grouped(rows)) rows", count)
        }
        for rows in [100_000, 1_000_000, 10_000_000].map({ laboratory.scaled($0, least: 1000) }) {
            let table = "by_rows_\(rows)"
            try makeTable(table, rows: rows, in: database, laboratory)
            try race("20 checks, \(rows) rows", table, checks: 20, in: database, laboratory)
            laboratory.place("rows, 20 checks", rows)
        }
    }

    private func makeTable(_ table: String, rows: Int, in database: Database, _ laboratory: Laboratory) throws {
        Progress.say("growth: making \(rows) rows")
        try database.run(laboratory.material("growth/data.sql", ["table": table, "rows": String(rows)]))
    }

    private func race(
        _ what: String, _ table: String, checks count: Int, in database: Database, _ laboratory: Laboratory
    ) throws {
        let conditions = (0..<count).map { Condition(number: $0, columnCount: Self.columnCount) }
        let suite = "dataset: growth.\(table)\nchecks:\n" + conditions.map(\.yaml).joined()
        let project = "growth/\(table)_\(count)"
        try laboratory.write("defaults: {statement_timeout: 1h}\n", to: "\(project)/assay.yaml")
        let directory = "\(laboratory.directory)/\(project)"
        try laboratory.write(suite, to: "\(project)/suite.yaml")
        let columns = conditions.map { "    count(*) FILTER (WHERE \($0.violation)) AS \"growth.\(table).\($0.id)\"" }
        let floor = try database.psql(
            script: "SET jit = off;\nSELECT\n\(columns.joined(separator: ",\n"))\nFROM growth.\(table);\n",
            as: "floor_\(table)_\(count).sql")
        try laboratory.race(
            self, what, floors: [Contestant(label: "fused, 1 session", job: floor)],
            assay: Contestant(label: "assay", job: database.assayRun(directory), evidence: Laboratory.asJSON)
        ) { found in
            let agreement = try Agreement(assayOutput: found[1])
            try agreement.require(outcomes: ["pass": count])
            try agreement.require(floorOutputs: [found[0]])
        }
    }

    /// One check of a row: `not_null` of each column first, then ranges, no two alike.
    private struct Condition {
        var number: Int
        var columnCount: Int

        private var column: String { "c\(number % columnCount + 1)" }
        /// Whether it is one of the first round, in which every other column is asked for NULL.
        private var asksForNull: Bool { number < columnCount && number.isMultiple(of: 2) }

        var id: String { "check_\(number)" }

        var yaml: String {
            let kind =
                asksForNull
                ? "not_null: {column: \(column)}"
                : "in_range: {column: \(column), min: \(-number), max: \(1_000_000 + number)}"
            return "  - \(kind)\n    id: \(id)\n"
        }

        var violation: String {
            asksForNull
                ? "\(column) IS NULL" : "\(column) NOT BETWEEN \(-number) AND \(1_000_000 + number)"
        }
    }
}
