import Foundation

/// A project over tables that are alike: data, floor and suite are written once and filled in for each table.
///
/// Its folder has `data.sql`, `suite.yaml` and mostly `floor.sql`, with `{table}` and `{rows}` in them.
struct TableProject {
    let database: Database
    let tables: [(name: String, rows: Int)]
    /// Directory of the check files.
    let checks: String
    private let folder: String
    private let laboratory: Laboratory

    /// Makes the tables and writes the files.
    init(
        _ folder: String, name: String, tables: [(name: String, rows: Int)], _ laboratory: Laboratory
    ) throws {
        database = try laboratory.database(name)
        self.tables = tables
        self.folder = folder
        self.laboratory = laboratory
        checks = "\(laboratory.directory)/\(name)/checks"
        try laboratory.write("defaults: {statement_timeout: 1h}\n", to: "\(name)/checks/assay.yaml")
        for (table, suite) in zip(tables, try texts("suite.yaml")) {
            try laboratory.write(suite, to: "\(name)/checks/\(table.name).yaml")
        }
        Progress.say("\(name): making \(tables.count) tables")
        try database.run(texts("data.sql").joined() + "VACUUM (ANALYZE);\n")
    }

    /// The floor's statements for all tables, one after another in one session.
    func floor() throws -> Job {
        try database.psql(script: "SET jit = off;\n" + texts("floor.sql").joined(), as: "floor.sql")
    }

    /// A file of the folder, filled in for each table.
    private func texts(_ file: String) throws -> [String] {
        let text = try laboratory.material("\(folder)/\(file)")
        return tables.map { name, rows in
            text.replacing("{table}", with: name).replacing("{rows}", with: String(rows))
        }
    }

    /// - Throws: Unless all checks passed, and the floor found the same numbers.
    func requireAgreement(_ assay: String, floor: String, checksPerTable: Int) throws {
        let agreement = try Agreement(assayOutput: assay)
        try agreement.require(outcomes: ["pass": tables.count * checksPerTable])
        try agreement.require(floorOutputs: [floor])
    }
}
