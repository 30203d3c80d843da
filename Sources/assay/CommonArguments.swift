import ArgumentParser

/// When text is coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// When progress is shown.
enum ProgressChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// Where the project is.
struct ProjectArguments: ParsableArguments {
    @Option(
        name: .customLong("checks"),
        help: ArgumentHelp(
            "Directory of the project.", discussion: "By default the nearest assay.yaml in . or ./checks.",
            valueName: "dir"),
        completion: .directory)
    var directory: String?

    @Option(help: "When to colour: auto, always or never.")
    var color: ColorChoice = .auto
}

/// Which server.
struct TargetArguments: ParsableArguments {
    @Option(help: ArgumentHelp("A target of assay.yaml.", valueName: "name"))
    var target: String?

    @Option(
        help: ArgumentHelp(
            "A libpq connection string or URI instead of a target.",
            discussion: "Keep passwords out of it: ps shows it. Use a service file, .pgpass or PGPASSWORD.",
            valueName: "conninfo"))
    var connection: String?
}

/// Which checks.
struct SelectionArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Checks to take: id globs, tag:x, owner:x, dataset:x, dimension:x, path:x. By default all.",
            discussion: "Several selectors: a check that any of them matches. A ! before one leaves its checks out.",
            valueName: "selector"))
    var selectors: [String] = []
}

/// Where results are recorded.
struct ResultsArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Connection string of the results database, instead of the one of assay.yaml.", valueName: "conninfo"))
    var results: String?
}
