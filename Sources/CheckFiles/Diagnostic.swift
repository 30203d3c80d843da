package import StructuredSQL

/// A mistake in a project's files, with its place.
package struct Diagnostic: Sendable, Hashable {
    /// How much it matters.
    package enum Level: String, Sendable, Hashable {
        case error
        case warning
    }

    package var level: Level
    package var location: SourceLocation
    /// Lower case, no full stop.
    package var message: String
    /// What to try, as a sentence.
    package var hint: String?
    /// The line it is about, for the caret; `nil` if the file has no such line.
    package var sourceLine: String?

    package init(_ level: Level = .error, at location: SourceLocation, _ message: String, hint: String? = nil) {
        self.level = level
        self.location = location
        self.message = message
        self.hint = hint
    }
}

/// Collects the mistakes of all files, so that a person sees them in one go.
final class DiagnosticCollector {
    private(set) var diagnostics: [Diagnostic] = []

    func append(_ more: [Diagnostic]) {
        diagnostics += more
    }

    func error(at location: SourceLocation, _ message: String, hint: String? = nil) {
        diagnostics.append(Diagnostic(at: location, message, hint: hint))
    }

    func warning(at location: SourceLocation, _ message: String, hint: String? = nil) {
        diagnostics.append(Diagnostic(.warning, at: location, message, hint: hint))
    }
}
