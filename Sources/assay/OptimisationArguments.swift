import ArgumentParser
import Planning

/// What may be done to answer faster.
struct OptimisationArguments: ParsableArguments {
    @Option(
        name: .customLong("without"),
        help: ArgumentHelp(
            "Answer without an optimisation, to compare; the answers are the same.",
            valueName: "name"))
    var without: [OptimisationChoice] = []

    /// Every optimisation but the ones named.
    var chosen: Set<Optimisation> {
        var chosen = Optimisation.standard
        for choice in without {
            switch choice {
            case .all: return []
            case .one(let optimisation): chosen.remove(optimisation)
            }
        }
        return chosen
    }
}

/// One optimisation, or all of them.
enum OptimisationChoice: ExpressibleByArgument {
    case all
    case one(Optimisation)

    init?(argument: String) {
        if argument == "all" {
            self = .all
        } else {
            guard let optimisation = Optimisation(rawValue: argument) else { return nil }
            self = .one(optimisation)
        }
    }

    static var allValueStrings: [String] { ["all"] + Optimisation.allCases.map(\.rawValue) }
}
