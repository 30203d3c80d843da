package import Planning

/// How a run behaves towards the server.
package struct AuditSettings: Sendable, Hashable {
    /// Most statements at once, each on a connection of its own; 1 or more.
    package var jobs: Int
    /// Time a statement may take; enforced by the server, and a little later by the client.
    package var statementTimeout: Duration
    package var lockTimeout: Duration
    /// Schemas for names without one in SQL of the user's; empty keeps a trojan operator out.
    package var searchPath: [String]
    /// Whether constraints count as proofs.
    package var usesProofs: Bool
    /// What the run may cost, by the planner's estimates.
    package var budget = Budget()
    /// Time after which nothing more is started and what runs is cancelled; `nil` means no limit.
    package var maximumDuration: Duration?
    /// What may be done to answer faster.
    package var optimisations: Set<Optimisation>
    /// Takes every optimisation that is allowed, whatever it costs: to see that none changes an answer.
    package var ignoresCosts = false
    /// Failing rows per check that are kept in memory to be shown.
    package var sampleSize: Int

    package init(
        jobs: Int = 2,
        statementTimeout: Duration = .seconds(600),
        lockTimeout: Duration = .seconds(5),
        searchPath: [String] = [],
        usesProofs: Bool = true,
        optimisations: Set<Optimisation> = Optimisation.standard,
        sampleSize: Int = 10
    ) {
        self.jobs = jobs
        self.statementTimeout = statementTimeout
        self.lockTimeout = lockTimeout
        self.searchPath = searchPath
        self.usesProofs = usesProofs
        self.optimisations = optimisations
        self.sampleSize = sampleSize
    }

    /// The client waits a little longer than the server, so that the server's own message comes first.
    var clientLimit: Duration? {
        statementTimeout > .zero ? statementTimeout + .seconds(10) : nil
    }
}
