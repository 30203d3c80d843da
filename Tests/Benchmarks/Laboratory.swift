import EmbeddedPostgres
import Foundation

/// What all workloads share: a server, a directory for files, the programs, and the report.
final class Laboratory {
    let scale: Double
    let rounds: Int
    var report: Report
    private let assayPath: String
    private let psqlPath: String
    private let materials: String
    /// Removed at the end.
    let directory: String
    private let cluster: EmbeddedCluster
    private var secondCluster: EmbeddedCluster?
    private var databases: [Database] = []

    /// Starts the server.
    init(assay: String, materials: String, scale: Double, rounds: Int) throws {
        self.scale = scale
        self.rounds = rounds
        self.materials = materials
        assayPath = URL(fileURLWithPath: assay).path
        psqlPath = ClientPrograms.path(of: "psql")
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("assay-benchmarks.\(ProcessInfo.processInfo.processIdentifier)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        self.directory = directory
        Cleanup.add { try? FileManager.default.removeItem(atPath: directory) }
        cluster = try Self.startCluster(scale: scale)
        report = Report(scale: scale, rounds: rounds)
        let admin = Database(conninfo: cluster.conninfo(), laboratory: self)
        report.postgresVersion = try admin.text("SHOW server_version")
        report.assayVersion = try output(of: Job([assayPath, "--version"]))
    }

    /// A server with as much shared memory as the sizes ask for, and nothing that works in the background.
    private static func startCluster(scale: Double) throws -> EmbeddedCluster {
        let megabytes = min(2048, max(128, Int(2048 * scale)))
        let most = Int(ProcessInfo.processInfo.physicalMemory / 4 / 1_048_576)
        let cluster = try EmbeddedCluster(settings: [
            "shared_buffers": "\(min(megabytes, most))MB", "max_wal_size": "16GB", "checkpoint_timeout": "1h",
            "wal_level": "minimal", "max_wal_senders": "0", "autovacuum": "off", "maintenance_work_mem": "512MB",
            "timezone": "UTC",
        ])
        Cleanup.add { cluster.stop() }
        return cluster
    }

    // MARK: Data

    /// A number of rows, tables or the like at this scale; at least `least`.
    func scaled(_ count: Int, least: Int = 1) -> Int {
        max(least, Int((Double(count) * scale).rounded()))
    }

    /// A new database; gone when the workload is over.
    func database(_ name: String, onSecondServer: Bool = false) throws -> Database {
        if onSecondServer, secondCluster == nil { secondCluster = try Self.startCluster(scale: scale) }
        let server = onSecondServer ? secondCluster ?? cluster : cluster
        try Database(conninfo: server.conninfo(), laboratory: self)
            .run("CREATE DATABASE \"\(name)\" TEMPLATE template0")
        let database = Database(
            conninfo: server.conninfo(database: name), name: name, socket: "\(server.directory)/.s.PGSQL.5432",
            laboratory: self)
        databases.append(database)
        return database
    }

    func dropDatabases() {
        for database in databases {
            let admin = database.conninfo.replacing("dbname=\(database.name)", with: "dbname=postgres")
            try? Database(conninfo: admin, laboratory: self)
                .run("DROP DATABASE \"\(database.name)\" WITH (FORCE)")
        }
        databases = []
    }

    /// Text of a file of the workloads, with `{name}` replaced by the value of that name.
    func material(_ path: String, _ values: [String: String] = [:]) throws -> String {
        var text = try String(contentsOfFile: "\(materials)/\(path)", encoding: .utf8)
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// Writes a file into the directory of this run; folders are made.
    @discardableResult
    func write(_ text: String, to path: String) throws -> String {
        let url = URL(fileURLWithPath: "\(directory)/\(path)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    /// Copies a folder of check files, filled in; gives its place.
    func checks(_ folder: String, _ values: [String: String] = [:]) throws -> String {
        for file in try FileManager.default.contentsOfDirectory(atPath: "\(materials)/\(folder)") {
            try write(material("\(folder)/\(file)", values), to: "\(folder)/\(file)")
        }
        return "\(directory)/\(folder)"
    }

    // MARK: Programs

    func assay(_ arguments: String..., code: Int32 = 0) -> Job {
        Job([assayPath] + arguments, acceptedCodes: [code])
    }

    func psql(_ arguments: String...) -> Job {
        Job([psqlPath] + arguments)
    }

    /// Standard output of a job, without white space around it.
    func output(of job: Job) throws -> String {
        let file = "\(directory)/output"
        _ = try ProcessMeasurement(output: file, errors: "\(directory)/errors").run(job)
        return try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
