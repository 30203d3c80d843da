import Catalog
import ExactJSON
import StructuredSQL

/// `schema_unchanged`: the relation's columns are what they were.
package struct SchemaUnchanged: PastKind {
    package static let definition = KindDefinition(
        "schema_unchanged", "Columns, types, NOT NULL and the primary key are what they were",
        scope: .dataset,
        source: .objects,
        parameters: [
            Parameter(
                "against", .choice(["last_run", "baseline"]),
                "what an earlier run saw, or the file that assay baseline wrote; last_run if not given"),
            Parameter(
                "breaking", .texts,
                "the changes that fail: dropped, retyped, narrowed, nullable, key, kind, moved, added, widened, required; "
                    + "the first five if not given"),
        ],
        shorthand: ["against"],
        quantities: [.count],
        semantics: """
            Read from the catalog; looks at no row. Each run keeps what it saw of the relations it looked at, whatever their \
            checks; the first has nothing to compare with, and the outcome is skip. A type is narrowed where it holds less \
            than before, widened where it holds all it did, and retyped otherwise. Changes that do not fail are named, too.
            """,
        dimension: .variety,
        noun: "columns",
        otherNames: ["schema_changes", "schema_changes_from_baseline", "column_list_changed", "column_types_changed"],
        example: KindExample(
            "{schema_unchanged: last_run}", on: "shop.prices",
            after: .alterations(
                RelationSchema(
                    kind: "table",
                    columns: [
                        .init(name: "sku", type: "text", isNotNull: true),
                        .init(name: "price", type: "numeric(6,2)", isNotNull: false),
                        .init(name: "currency", type: "text", isNotNull: false),
                        .init(name: "valid_from", type: "date", isNotNull: false),
                        .init(name: "valid_to", type: "date", isNotNull: false),
                    ], primaryKey: []),
                text: "a run that saw a column currency, and sku as NOT NULL"),
            gives: "fail: 2 of 6")
    )

    private let usesBaseline: Bool
    private let breaking: Set<SchemaChange.Kind>

    package init(_ arguments: Arguments) throws(ArgumentError) {
        usesBaseline = arguments.text("against") == "baseline"
        guard let words = arguments.list("breaking") else {
            breaking = SchemaChange.Kind.breaking
            return
        }
        var kinds: Set<SchemaChange.Kind> = []
        for word in words {
            guard let kind = SchemaChange.Kind(rawValue: word) else {
                let known = SchemaChange.Kind.allCases.map(\.rawValue)
                throw ArgumentError(
                    "breaking", "\"\(word)\" is no kind of change",
                    hint: Suggestion.hint(for: word, among: known) ?? "Known: \(known.joined(separator: ", ")).")
            }
            kinds.insert(kind)
        }
        guard !kinds.isEmpty else { throw ArgumentError("breaking", "with no breaking change this could never fail") }
        breaking = kinds
    }

    package var idSuffix: String? { usesBaseline ? "baseline" : nil }

    package var need: Past.Need? { usesBaseline ? nil : .schema }

    /// Whether it compares with the file that `assay baseline` writes.
    package var needsBaseline: Bool { usesBaseline }

    package func reasonToSkip(with past: Past) -> String? {
        past.schema == nil ? "no earlier run has looked at it" : nil
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let changes = try changes(on: subject)
        let failing = changes.filter { breaking.contains($0.kind) }.map { change -> JSONValue in
            [
                "change": .string(change.kind.rawValue), "column": .string(ifPresent: change.column),
                "before": .string(ifPresent: change.before), "after": .string(ifPresent: change.after),
            ]
        }
        let rows = JSONValue.array(failing).compactText
        let names = try subject.relation.columns.map(\.name) + (earlier(on: subject).columns.map(\.name))
        return .query(
            failing: """
                SELECT * FROM pg_catalog.jsonb_to_recordset(\(bind: rows)::pg_catalog.jsonb) \
                AS changes (change text, "column" text, before text, after text)
                """,
            of: "SELECT pg_catalog.unnest(\(bind: SQLArray.text(Set(names).sorted()))::pg_catalog.text[])")
    }

    package func note(on subject: Subject) -> String? {
        guard let changes = try? changes(on: subject) else { return nil }
        let others = changes.filter { !breaking.contains($0.kind) }.map(\.text)
        return others.isEmpty ? nil : others.joined(separator: "; ")
    }

    private func changes(on subject: Subject) throws(SubjectError) -> [SchemaChange] {
        SchemaChange.changes(from: try earlier(on: subject), to: RelationSchema(of: subject.relation))
    }

    private func earlier(on subject: Subject) throws(SubjectError) -> RelationSchema {
        if usesBaseline {
            guard let baseline = subject.schemaBaseline else {
                throw SubjectError(
                    "\(subject.relation.name) has no baseline",
                    hint: "Run \"assay baseline\" and commit what it writes.")
            }
            return baseline
        }
        guard let schema = subject.past?.schema else {
            throw SubjectError("it is not known what an earlier run saw of \(subject.relation.name)")
        }
        return schema
    }
}
