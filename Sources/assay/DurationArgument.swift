import ArgumentParser
import Checks

/// A length of time on the command line, such as `10min` or `1h 30min`.
struct DurationArgument: ExpressibleByArgument {
    var duration: Duration

    init?(argument: String) {
        guard let duration = Duration(parsing: argument), duration > .zero else { return nil }
        self.duration = duration
    }
}
