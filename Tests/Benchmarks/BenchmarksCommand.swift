import ArgumentParser
import Foundation

/// Compares the assay program with the SQL an expert would write by hand, in one throwaway PostgreSQL.
@main
struct BenchmarksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Benchmarks",
        abstract: "Measure assay against hand-written SQL on a throwaway PostgreSQL.",
        discussion: """
            Every figure is a ratio of two whole processes, run in turn after one unmeasured run of each, in which both \
            have to come to the same result. Without names all workloads are run: \
            \(Workloads.all.map(\.name).joined(separator: ", ")).
            """)

    @Argument(help: ArgumentHelp("Workloads to run.", valueName: "workload"))
    var names: [String] = []

    @Option(help: ArgumentHelp("Share of the real sizes; 1 is the size of published figures.", valueName: "factor"))
    var scale: Double = 1

    @Option(help: ArgumentHelp("Measured runs of each side; the median counts.", valueName: "n"))
    var rounds: Int = 5

    @Option(help: ArgumentHelp("File for the figures as JSON.", valueName: "file"), completion: .file())
    var json: String?

    @Option(
        help: ArgumentHelp("Directory for the figures as a page, and growth as a picture.", valueName: "dir"),
        completion: .directory)
    var pages: String?

    @Option(help: ArgumentHelp("The program to measure.", valueName: "file"), completion: .file())
    var assay: String = ".build/release/assay"

    @Option(help: ArgumentHelp("Directory of the workloads' SQL and checks.", valueName: "dir"), completion: .directory)
    var workloads: String = "Tests/Benchmarks/Workloads"

    func validate() throws {
        guard scale > 0, scale <= 10 else { throw ValidationError("--scale is more than 0, and at most 10.") }
        guard rounds >= 1 else { throw ValidationError("--rounds is 1 or more.") }
        for name in names where !Workloads.all.contains(where: { $0.name == name }) {
            throw ValidationError("There is no workload \"\(name)\".")
        }
        guard FileManager.default.isExecutableFile(atPath: assay) else {
            throw ValidationError("\(assay) is no program; make release builds it.")
        }
    }

    func run() throws {
        try Cleanup.after { try measure() }
    }

    private func measure() throws {
        let laboratory = try Laboratory(
            assay: assay, materials: workloads, scale: scale, rounds: rounds)
        for workload in Workloads.all where names.isEmpty || names.contains(workload.name) {
            Progress.say("== \(workload.name)")
            do {
                try workload.run(in: laboratory)
            } catch {
                laboratory.report.failures.append(.init(workload: workload.name, reason: "\(error)"))
                Progress.say("\(workload.name) could not be measured: \(error)")
            }
            laboratory.dropDatabases()
        }
        print(laboratory.report.table)
        if let json {
            try Self.write(laboratory.report.json, to: json)
        }
        if let pages {
            try FileManager.default.createDirectory(atPath: pages, withIntermediateDirectories: true)
            try Self.write(laboratory.report.markdown, to: "\(pages)/figures.md")
            if let picture = GrowthPicture(laboratory.report.figures) {
                try Self.write(picture.svg, to: "\(pages)/growth.svg")
            }
        }
        if !laboratory.report.failures.isEmpty { throw ExitCode(1) }
    }
}

extension BenchmarksCommand {
    private static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}

/// What is going on, on standard error.
enum Progress {
    static func say(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
