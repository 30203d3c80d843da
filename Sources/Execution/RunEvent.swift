import Checks
package import Planning

/// Something that happened in a run, for progress and logs.
package enum RunEvent: Sendable {
    /// The plan is made; statements are about to start.
    case planned(Plan)
    /// A statement of the first pass started.
    case scanStarted(Scan)
    /// So much of a statement that runs in pieces is done, in 0...1.
    case scanAdvanced(Scan, fraction: Double)
    /// It ended.
    case scanFinished(Scan, duration: Duration)
    /// So many statements will bring failing rows.
    case fetching(statements: Int)
    /// One of them ended.
    case fetched(dataset: String, rows: Int)
    case warning(String)
}

/// Takes the events of a run; called from any thread.
package typealias RunObserver = @Sendable (RunEvent) -> Void
