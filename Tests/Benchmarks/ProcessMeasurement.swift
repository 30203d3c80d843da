import Foundation

/// Runs a job and says what it cost: wall time, CPU and resident memory, as the kernel counted them.
struct ProcessMeasurement {
    /// Where standard output of the job's programs goes; in a pipeline, of the last.
    var output = "/dev/null"
    /// Where standard error goes; read back if the job fails.
    var errors: String

    /// - Throws: A ``BenchmarkError`` with what the program said if it could not be run or gave a code not accepted.
    func run(_ job: Job) throws -> Cost {
        Self.closeDescriptorsOnExecution()
        let errorFile = open(errors, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        let outputFile = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard errorFile >= 0, outputFile >= 0, nothing >= 0 else {
            throw BenchmarkError("\(output) or \(errors) cannot be written")
        }
        defer { for file in [errorFile, outputFile, nothing] { close(file) } }
        let ownPeak = Self.ownPeakBytes
        let begin = ContinuousClock.now
        var children: [pid_t] = []
        var input = nothing
        for (index, program) in job.programs.enumerated() {
            var ends: [Int32] = [-1, -1]
            let isPiped = job.isPipeline && index + 1 < job.programs.count
            if isPiped, pipe(&ends) != 0 { throw BenchmarkError("no pipe: \(String(cString: strerror(errno)))") }
            if isPiped { for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) } }
            children.append(
                try Self.spawn(program, input: input, output: isPiped ? ends[1] : outputFile, errors: errorFile))
            if input != nothing { close(input) }
            if isPiped { close(ends[1]) }
            input = isPiped ? ends[0] : nothing
        }
        let watch = MemoryWatch(children)
        var cost = Cost(wallSeconds: 0, cpuSeconds: 0, peakBytes: 0)
        var code: Int32 = 0
        for child in children {
            let (usage, ended) = Self.wait(for: child)
            cost.cpuSeconds += usage.ru_utime.seconds + usage.ru_stime.seconds
            cost.peakBytes += Self.peakBytes(usage, seen: watch.peakBytes(of: child), ofParent: ownPeak)
            if !job.acceptedCodes.contains(ended) { code = ended }
        }
        cost.wallSeconds = (ContinuousClock.now - begin).seconds
        watch.stop()
        guard code == 0 else {
            let said = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
            let name = job.programs[0].prefix(2).joined(separator: " ")
            throw BenchmarkError("\(name) ended with code \(code): \(said.prefix(2000))")
        }
        return cost
    }

    private static func spawn(_ program: [String], input: Int32, output: Int32, errors: Int32) throws -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (target, file) in [input, output, errors].enumerated() {
            posix_spawn_file_actions_adddup2(&actions, file, Int32(target))
        }
        // PG* variables of whoever runs this are for other servers.
        let environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        let arguments: [UnsafeMutablePointer<CChar>?] = program.map { strdup($0) } + [nil]
        let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var child: pid_t = 0
        let status = posix_spawnp(&child, program[0], &actions, nil, arguments, variables)
        guard status == 0 else {
            throw BenchmarkError("\(program[0]) could not be run: \(String(cString: strerror(status)))")
        }
        Cleanup.childStarted(child)
        return child
    }

    private static func wait(for child: pid_t) -> (usage: rusage, code: Int32) {
        var usage = rusage()
        var status: Int32 = 0
        while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
        Cleanup.childEnded(child)
        let signal = status & 0x7f
        return (usage, signal == 0 ? (status >> 8) & 0xff : 128 + signal)
    }

    /// A program starts as a copy of the one that starts it, and Linux counts that copy: its figure is true only where
    /// it is more than the parent's own.
    private static func peakBytes(_ usage: rusage, seen: Int, ofParent parent: Int) -> Int {
        #if canImport(Darwin)
            Int(usage.ru_maxrss)
        #else
            Int(usage.ru_maxrss) * 1024 > parent || seen == 0 ? Int(usage.ru_maxrss) * 1024 : seen
        #endif
    }

    private static var ownPeakBytes: Int {
        MemoryWatch.peakBytes(inStatusOf: "self") ?? 0
    }

    /// A server's lifeline must not live on in a program that happens to run when this one dies.
    private static func closeDescriptorsOnExecution() {
        for descriptor in 3..<Int32(256) {
            let flags = fcntl(descriptor, F_GETFD)
            if flags >= 0 { _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) }
        }
    }
}

/// Why something could not be measured.
struct BenchmarkError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) * 1e-6 }
}
