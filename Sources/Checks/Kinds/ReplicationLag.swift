import StructuredSQL

/// `replication_lag`: the standby that is read is not far behind.
package struct ReplicationLag: CheckKind {
    package static let definition = KindDefinition(
        "replication_lag", "The server is not far behind the one it replicates",
        scope: .dataset,
        source: .objects,
        parameters: [Parameter("max", .duration, isRequired: true, "the greatest lag allowed, such as 5min")],
        shorthand: ["max"],
        quantities: [.value],
        semantics: """
            The value is the time, in seconds, since the last transaction that was replayed was committed; 0 on a primary, \
            and on a standby that has replayed all it received. On one whose primary is silent nobody knows whether there \
            was more.
            """,
        onEmpty: .error,
        dimension: .velocity,
        otherNames: ["replication_lag_below", "standby_lag"],
        example: KindExample("{replication_lag: 5min}", gives: "pass: 0")
    )

    private let longest: Duration

    package init(_ arguments: Arguments) throws(ArgumentError) {
        longest = try arguments.required("max", arguments.duration("max"))
    }

    package var ownThreshold: Threshold? { Threshold(.value, .greater(ExactDecimal(longest.secondsText) ?? .zero)) }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        .derived(
            expression: """
                max(CASE WHEN NOT pg_catalog.pg_is_in_recovery() THEN 0
                    WHEN pg_catalog.pg_last_wal_receive_lsn() = pg_catalog.pg_last_wal_replay_lsn() THEN 0
                    ELSE extract(epoch FROM pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp()) END)
                """,
            source: "(SELECT 1) AS server")
    }
}
