import StructuredSQL

/// `sequence_headroom`: identities and serials will not run out soon.
package struct SequenceHeadroom: CheckKind {
    package static let definition = objectDefinition(
        "sequence_headroom", "Every sequence behind a column has a part of its numbers left",
        parameters: [Parameter("min_percent", .number, "how much must be left, in percent; 20 if not given")],
        shorthand: ["min_percent"],
        semantics: """
            Looks at identity and serial columns. A sequence ends where its column's type does, if that is before. One that \
            starts anew does not run out; one that the role may not read fails, because nobody knows.
            """,
        noun: "sequences", otherNames: ["identity_headroom", "sequence_exhaustion"],
        example: KindExample("{sequence_headroom: {min_percent: 20}}", on: "shop.events", gives: "pass: 0 of 1"))

    private let percent: String

    package init(_ arguments: Arguments) {
        percent = arguments.text("min_percent") ?? "20"
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let sequences: SQL = """
            SELECT a.attname AS "column", s.seqrelid::pg_catalog.regclass AS sequence, used.last_value, ends.at AS ends_at,
                pg_catalog.round(100.0 * (ends.at - coalesce(used.last_value, s.seqmin - 1)) / (ends.at - s.seqmin + 1), 2)
                    AS percent_left, s.seqcycle OR s.seqincrement < 0 AS never_ends, readable.here AS is_readable
            FROM pg_catalog.pg_depend AS d
            JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = d.objid
            JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            CROSS JOIN LATERAL (SELECT pg_catalog.has_sequence_privilege(s.seqrelid, 'SELECT')) AS readable (here)
            CROSS JOIN LATERAL (SELECT CASE WHEN readable.here THEN pg_catalog.pg_sequence_last_value(s.seqrelid) END)
                AS used (last_value)
            CROSS JOIN LATERAL (SELECT LEAST(s.seqmax, CASE a.atttypid WHEN 'pg_catalog.int2'::pg_catalog.regtype THEN 32767
                WHEN 'pg_catalog.int4'::pg_catalog.regtype THEN 2147483647 ELSE s.seqmax END)::pg_catalog.numeric) AS ends (at)
            WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                AND d.refobjid = \(subject.regclass) AND d.deptype IN ('a', 'i')
            """
        let columns: SQL = "\"column\", sequence, last_value, ends_at, percent_left"
        return .query(
            failing: """
                SELECT \(columns) FROM (\(sequences)) AS sequences
                WHERE NOT never_ends AND (NOT is_readable OR percent_left < \(bind: percent)::pg_catalog.numeric)
                """,
            of: "SELECT \(columns) FROM (\(sequences)) AS sequences")
    }
}
