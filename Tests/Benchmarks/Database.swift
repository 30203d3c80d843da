/// One database of a throwaway server.
struct Database {
    var conninfo: String
    var name = "postgres"
    /// Path of the server's Unix socket.
    var socket = ""
    private let laboratory: Laboratory

    init(conninfo: String, name: String = "postgres", socket: String = "", laboratory: Laboratory) {
        self.conninfo = conninfo
        self.name = name
        self.socket = socket
        self.laboratory = laboratory
    }

    /// psql with what it is given to do; prints one `column|value` per line.
    func psql(_ arguments: String...) -> Job {
        laboratory.psql("-X", "-q", "-A", "-t", "-x", "-v", "ON_ERROR_STOP=1", "-d", conninfo).adding(arguments)
    }

    /// psql that prints one row per line.
    func plainPsql(_ arguments: String...) -> Job {
        laboratory.psql("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", conninfo).adding(arguments)
    }

    /// psql running a script.
    func psql(script: String, as file: String) throws -> Job {
        psql("-f", try laboratory.write(script, to: "\(name)/\(file)"))
    }

    /// Runs a script, unmeasured.
    func run(_ script: String) throws {
        let file = try laboratory.write(script, to: "\(name)/script.sql")
        _ = try laboratory.output(of: psql("-f", file))
    }

    /// The only value of a query.
    func text(_ query: String) throws -> String {
        try laboratory.output(of: plainPsql("-c", query))
    }

    /// `assay run` of a project's checks on this database, without output but for failures of its own.
    func assayRun(_ checks: String, recordingIn results: Database? = nil, _ more: String..., code: Int32 = 0) -> Job {
        var arguments = ["--checks", checks, "--connection", conninfo, "--progress", "never"]
        if let results { arguments += ["--results", results.conninfo] } else { arguments.append("--no-record") }
        return laboratory.assay("run", code: code).adding(arguments + more)
    }

    /// Makes the results schema.
    func migrate(_ checks: String) throws {
        _ = try laboratory.output(of: laboratory.assay("migrate", "--checks", checks, "--results", conninfo))
    }

    /// Empties the results schema, whose triggers would refuse it, and leaves its partitions.
    func emptyResults() throws {
        try run(
            """
            SET session_replication_role = replica;
            TRUNCATE assay.failing_row, assay.measurement, assay.feedback, assay.relation_version, assay.run_lease,
                assay.run_end, assay.run, assay.definition, assay.rollup, assay.rollup_rows, assay.rollup_mark, assay.schedule_version,
                assay.agreement_version;
            CHECKPOINT;
            """)
    }
}
