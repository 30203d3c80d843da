import Foundation

/// Prints pages as PDF, with a program of this machine: weasyprint, or a Chromium without a window.
struct PDFPrinter {
    /// A program, and how it is told to print a file to another.
    private struct Program: Sendable {
        var name: String
        var arguments: @Sendable (_ page: String, _ pdf: String, _ directory: String) -> [String]
    }

    private let path: String
    private let program: Program

    /// A page that takes longer than this many seconds is not printed.
    private static let patience = 120.0

    private static let programs: [Program] =
        [Program(name: "weasyprint", arguments: { page, pdf, _ in ["--quiet", page, pdf] })]
        + ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"].map { name in
            Program(name: name) { page, pdf, directory in
                // A page of ours asks nothing of the network, and could not.
                [
                    "--headless", "--disable-gpu", "--no-pdf-header-footer", "--disable-background-networking",
                    "--disable-extensions", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND",
                    "--user-data-dir=\(directory)/profile", "--print-to-pdf=\(pdf)",
                ] + (geteuid() == 0 ? ["--no-sandbox"] : []) + ["file://\(page)"]
            }
        }

    /// The first program that is on PATH.
    ///
    /// - Throws: A ``CommandFailure`` if none is.
    static func find() throws -> PDFPrinter {
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        for program in programs {
            for directory in directories {
                let path = "\(directory)/\(program.name)"
                if FileManager.default.isExecutableFile(atPath: path) {
                    return PDFPrinter(path: path, program: program)
                }
            }
        }
        throw CommandFailure(
            .usage, "there is no program on PATH that prints PDF",
            hint: "Install weasyprint or chromium, or print the HTML from a browser.")
    }

    /// Prints.
    ///
    /// - Parameter page: The text of a page.
    /// - Returns: The PDF.
    /// - Throws: A ``CommandFailure`` if the program fails, or takes too long.
    func pdf(of page: String) throws -> Data {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let (source, pdf, errors) = ("\(directory)/page.html", "\(directory)/page.pdf", "\(directory)/errors")
        try Data(page.utf8).write(to: URL(fileURLWithPath: source))
        _ = FileManager.default.createFile(atPath: errors, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = program.arguments(source, pdf, directory)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
        do {
            try process.run()
        } catch {
            throw CommandFailure(.usage, "\(path) cannot be started")
        }
        let deadline = Date(timeIntervalSinceNow: Self.patience)
        while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.02) }
        let isLate = process.isRunning
        if isLate { process.terminate() }
        process.waitUntilExit()
        guard !isLate, process.terminationStatus == 0, let data = FileManager.default.contents(atPath: pdf),
            data.starts(with: Data("%PDF".utf8))
        else {
            let said = FileManager.default.contents(atPath: errors).map { String(decoding: $0, as: UTF8.self) } ?? ""
            let last = said.split(whereSeparator: \.isNewline).last.map(String.init)
            throw CommandFailure(
                .usage, isLate ? "\(path) did not print the page in time" : "\(path) could not print the page",
                hint: last)
        }
        return data
    }
}
