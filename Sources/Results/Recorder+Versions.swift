import Checks
import ExactJSON
import StructuredSQL

/// What a run knows besides its results, and is recorded where it is not what was known: when checks are due, what is promised,
/// and what relations are.
extension Recorder {
    /// When the project's checks are due, as far as it is not what was known.
    ///
    /// Also of checks that did not run: what was due and never came must be missed. What is filled in afterwards does not say
    /// when anything was due.
    func scheduleVersions(of run: RunRecord) -> [SQL] {
        guard !run.project.isEmpty, run.trigger != .backfill else { return [] }
        let document = JSONValue.array(
            run.project.map { check in
                [
                    "check_id": .string(check.id), "dataset": .string(check.dataset.name),
                    "severity": .string(check.severity.rawValue), "owner": .string(ifPresent: check.owner),
                    "tags": .array(check.tags.map(JSONValue.string)),
                    "schedule": .string(ifPresent: check.isEnabled ? check.schedule?.text : nil),
                ]
            })
        return [
            """
            INSERT INTO \(identifier: schema, "schedule_version") (check_id, dataset, severity, owner, tags, schedule, valid_from)
            SELECT c.check_id, c.dataset, c.severity, c.owner, c.tags, c.schedule, \(validFrom(of: run))
            FROM jsonb_to_recordset(\(bind: document.compactText)::pg_catalog.jsonb) AS c (check_id text, dataset text, severity text,
                owner text, tags text[], schedule text)
            LEFT JOIN LATERAL (
                SELECT v.* FROM \(identifier: schema, "schedule_version") AS v WHERE v.check_id = c.check_id ORDER BY v.id DESC LIMIT 1
            ) AS last ON true
            WHERE (last.id IS NULL AND c.schedule IS NOT NULL)
                OR (last.id IS NOT NULL AND (last.schedule, last.severity, last.owner, last.tags)
                    IS DISTINCT FROM (c.schedule, c.severity, c.owner, c.tags))
            """
        ]
    }

    /// From when something holds that `last` did not say: the first word from its slot on, a change from now on.
    ///
    /// A slot of the past that is run again must not change what was due or promised since.
    private func validFrom(of run: RunRecord) -> SQL {
        let observed: SQL = "\(bind: run.observedAt.text)::pg_catalog.timestamptz"
        return """
            CASE WHEN last.valid_from IS NULL THEN LEAST(\(bind: run.slot)::pg_catalog.timestamptz, \(observed))
                ELSE GREATEST(\(observed), last.valid_from) END
            """
    }

    /// What is promised, as far as it is not what was known.
    func agreementVersions(of run: RunRecord) -> [SQL] {
        guard !run.agreements.isEmpty, run.trigger != .backfill else { return [] }
        let document = JSONValue.array(
            run.agreements.sorted { $0.key < $1.key }.map { name, body in
                ["name": .string(name), "sha256": .string(Digest.sha256(body.compactText)), "body": body]
            })
        return [
            """
            INSERT INTO \(identifier: schema, "agreement_version") (name, sha256, body, valid_from, project_revision)
            SELECT a.name, a.sha256, a.body, \(validFrom(of: run)), \(bind: run.projectRevision)
            FROM jsonb_to_recordset(\(bind: document.compactText)::pg_catalog.jsonb) AS a (name text, sha256 text, body jsonb)
            LEFT JOIN LATERAL (
                SELECT v.sha256, v.valid_from FROM \(identifier: schema, "agreement_version") AS v WHERE v.name = a.name ORDER BY v.id DESC LIMIT 1
            ) AS last ON true
            WHERE last.sha256 IS DISTINCT FROM a.sha256
            """
        ]
    }

    /// What the relations were, as far as it is not what the last run before saw.
    func relationVersions(of run: RunRecord) -> [SQL] {
        guard !run.schemas.isEmpty else { return [] }
        let document = JSONValue.object(
            run.schemas.sorted { $0.key < $1.key }.map { .init($0.key, $0.value.json) })
        return [
            """
            INSERT INTO \(identifier: schema, "relation_version") (target, dataset, body, run_id, observed_at)
            SELECT \(bind: run.target), seen.dataset, seen.body, \(bind: run.id)::pg_catalog.uuid,
                \(bind: run.observedAt.text)::pg_catalog.timestamptz
            FROM jsonb_each(\(bind: document.compactText)::pg_catalog.jsonb) AS seen (dataset, body)
            LEFT JOIN LATERAL (
                SELECT v.body FROM \(identifier: schema, "relation_version") AS v
                WHERE v.target = \(bind: run.target) AND v.dataset = seen.dataset
                ORDER BY v.observed_at DESC, v.id DESC LIMIT 1
            ) AS last ON true
            WHERE last.body IS DISTINCT FROM seen.body
            """
        ]
    }
}
