/// Many checks of small tables, where the tool's own work is most of the time.
struct ManyWorkload: Workload {
    let name = "many"

    func run(in laboratory: Laboratory) throws {
        let mixed = try TableProject("many/mixed", name: "many_mixed", tables: MixedTables.of(laboratory), laboratory)
        try laboratory.race(
            self, "\(mixed.tables.count * 25) checks, \(mixed.tables.count) tables",
            floors: [Contestant(label: "fused, 1 session", job: try mixed.floor())],
            assay: Contestant(
                label: "assay", job: mixed.database.assayRun(mixed.checks), evidence: Laboratory.asJSON)
        ) { found in
            try mixed.requireAgreement(found[1], floor: found[0], checksPerTable: 25)
        }

        let numbers = 1...laboratory.scaled(1000, least: 10)
        let small = try TableProject(
            "many/small", name: "many_small", tables: numbers.map { ("t\($0)", 100) }, laboratory)
        let count = small.tables.count * 5
        try laboratory.race(
            self, "\(count) checks, \(small.tables.count) tables",
            floors: [Contestant(label: "fused, 1 session", job: try small.floor())],
            assay: Contestant(
                label: "assay", job: small.database.assayRun(small.checks), evidence: Laboratory.asJSON)
        ) { found in
            try small.requireAgreement(found[1], floor: found[0], checksPerTable: 5)
        }
        let validate = laboratory.assay("validate", "--checks", small.checks, "--connection", small.database.conninfo)
        try laboratory.race(
            self, "validate \(count) checks", floors: [], assay: Contestant(label: "assay", job: validate))
    }
}

/// The eight tables that two workloads look at.
enum MixedTables {
    static func of(_ laboratory: Laboratory) -> [(name: String, rows: Int)] {
        [10, 25, 1000, 5000, 10_000, 15_000, 30_000, 60_000].enumerated().map { index, rows in
            ("t\(index + 1)", laboratory.scaled(rows, least: 10))
        }
    }
}
