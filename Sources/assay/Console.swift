import Foundation
import Reporting

/// What the program writes where: results to standard output, everything else to standard error.
enum Console {
    /// Writes to standard output; a full disk or a closed stream ends the program with a message, not a crash.
    static func write(_ text: String) {
        guard write(text, to: STDOUT_FILENO) else {
            writeError("error: standard output cannot be written: \(String(cString: strerror(errno)))\n")
            exit(ExitStatus.usage.rawValue)
        }
    }

    /// Writes to standard error; if that fails there is nobody left to tell.
    static func writeError(_ text: String) {
        _ = write(text, to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    /// Opens the null device where the program was started without standard streams, before a socket takes their numbers.
    static func openMissingStreams() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", O_RDWR)
        }
    }

    /// Prints an error in PostgreSQL's grammar.
    static func error(_ message: String, hint: String? = nil) {
        let style = errorStyle
        writeError(style.paint("error:", .boldRed) + " " + TerminalText.harmless(message) + "\n")
        if let hint { writeError("hint: " + TerminalText.harmless(hint) + "\n") }
    }

    static func warning(_ message: String) {
        writeError(errorStyle.paint("warning:", .yellow) + " " + TerminalText.harmless(message) + "\n")
    }

    static func note(_ message: String) {
        writeError(TerminalText.harmless(message) + "\n")
    }

    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    static var errorStyle: TerminalStyle {
        TerminalStyle(
            usesColor: isErrorTerminal && !hasNoColor && ProcessInfo.processInfo.environment["TERM"] != "dumb",
            width: width(of: STDERR_FILENO) ?? 120)
    }

    /// How standard output is styled, after the user's choice.
    static func style(_ choice: ColorChoice) -> TerminalStyle {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let usesColor =
            switch choice {
            case .always: true
            case .never: false
            case .auto: isTerminal && !hasNoColor && ProcessInfo.processInfo.environment["TERM"] != "dumb"
            }
        return TerminalStyle(usesColor: usesColor, width: width(of: STDOUT_FILENO) ?? 120)
    }

    /// Whether the user wants no colour anywhere; see no-color.org.
    private static var hasNoColor: Bool {
        ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    }

    /// Columns of the terminal behind a file descriptor, or what COLUMNS says.
    static func width(of descriptor: Int32) -> Int? {
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
    }
}
