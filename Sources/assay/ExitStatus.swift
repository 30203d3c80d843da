/// The exit codes of the contract.
enum ExitStatus: Int32 {
    /// Everything was evaluated and passed.
    case success = 0
    /// Data failed.
    case failed = 1
    /// Wrong usage, or project files with mistakes.
    case usage = 2
    /// Something could not be evaluated.
    case notEvaluated = 3
    /// Evaluated, but not recorded.
    case notRecorded = 4
    case interrupted = 130
    case terminated = 143
}

/// Ends a command with a message and a status.
struct CommandFailure: Error {
    var status: ExitStatus
    /// Lower case, no full stop.
    var message: String
    var hint: String?

    init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
        self.status = status
        self.message = message
        self.hint = hint
    }
}
