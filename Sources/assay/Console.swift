import Foundation
import Reporting

/// What the program writes where: results to standard output, everything else to standard error.
enum Console {
    static func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    static func writeError(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
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

    private static var errorStyle: TerminalStyle {
        TerminalStyle(usesColor: isErrorTerminal && !hasNoColor, width: 80)
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

    /// https://no-color.org
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
