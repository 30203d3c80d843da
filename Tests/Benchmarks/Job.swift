/// Programs that are measured together: one, several connected by pipes, or several at once.
struct Job: Sendable {
    /// Name or path of each program with its arguments.
    var programs: [[String]]
    var isPipeline = false
    /// Exit codes that mean the work was done; the same for all programs.
    var acceptedCodes: Set<Int32> = [0]

    /// One program.
    init(_ arguments: [String], acceptedCodes: Set<Int32> = [0]) {
        programs = [arguments]
        self.acceptedCodes = acceptedCodes
    }

    /// Programs each of which reads what the one before it writes.
    static func pipeline(_ jobs: Job...) -> Job {
        var job = Job(jobs.flatMap(\.programs), isPipeline: true)
        job.acceptedCodes = [0]
        return job
    }

    /// Programs that run at once; done when the last is.
    static func together(_ jobs: Job...) -> Job {
        Job(jobs.flatMap(\.programs), isPipeline: false)
    }

    private init(_ programs: [[String]], isPipeline: Bool) {
        self.programs = programs
        self.isPipeline = isPipeline
    }

    /// The same with more arguments to its only program.
    func adding(_ arguments: [String]) -> Job {
        var job = self
        if let only = programs.first, programs.count == 1 { job.programs = [only + arguments] }
        return job
    }
}

/// What a job cost its client.
struct Cost: Sendable {
    var wallSeconds: Double
    /// User and system time of all programs of the job.
    var cpuSeconds: Double
    /// Largest resident memory of the job's programs, summed.
    var peakBytes: Int
}
