/// `--window FROM..TO`.
enum WindowArgument {
    /// Both ends, as given; `nil` without a window.
    static func bounds(_ window: String?) throws -> (from: String, to: String)? {
        guard let window else { return nil }
        guard let dots = window.firstRange(of: "..") else {
            throw CommandFailure(
                .usage, "--window takes FROM..TO, not \"\(window)\"", hint: "For example 2026-10-01..2026-11-01.")
        }
        let (from, to) = (String(window[..<dots.lowerBound]), String(window[dots.upperBound...]))
        guard !from.isEmpty, !to.isEmpty else {
            throw CommandFailure(.usage, "--window takes both ends, not \"\(window)\"")
        }
        return (from, to)
    }
}
