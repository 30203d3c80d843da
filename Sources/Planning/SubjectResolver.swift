import Catalog
import Checks
import StructuredSQL

/// Resolves the names of a check against the catalog, with a message for each that is not there.
struct SubjectResolver {
    let context: PlanningContext

    func subject(of check: Check) throws(CheckFailure) -> Subject {
        guard let relation = context.catalog.relations[check.dataset.relation] else {
            throw CheckFailure(
                .plan, "relation \"\(check.dataset.name)\" does not exist", sqlState: "42P01",
                hint: nearMiss(of: check.dataset.relation))
        }
        let definition = type(of: check.kind).definition
        var columns: [Column] = []
        for name in check.columns {
            if let column = relation.column(named: name) {
                if !column.isSelectable, definition.source == .rows, relation.columns.contains(where: \.isSelectable) {
                    throw CheckFailure(
                        .plan, "permission denied for column \"\(name)\" of \(relation.name)", sqlState: "42501",
                        hint: "The role may read other columns of it: GRANT SELECT (\(name)) ON \(relation.name) to it."
                    )
                }
                columns.append(column)
            } else if definition.scope != .columnNames {
                throw missing(name, in: relation)
            }
        }
        // A misspelt column here would keep, or show, the wrong thing: better no answer.
        let query = check.kind as? CustomQuery
        let named = check.dataset.key + check.dataset.masking.keys.sorted() + (check.keptColumns ?? [])
        for name in named + (check.dataset.time.map { [$0.column] } ?? [])
        where relation.column(named: name) == nil && query?.mentions(name) != true {
            throw missing(name, in: relation)
        }
        let parameters = context.parameters(of: check.id)
        var subject = Subject(
            relation: relation,
            columnNames: check.columns,
            columns: columns,
            time: check.dataset.time,
            filter: check.filter?.resolving(parameters),
            nulls: check.nulls,
            now: context.now,
            otherRelations: otherRelations(of: check)
        )
        subject.schemaBaseline = check.dataset.schemaBaseline
        if let kind = check.kind as? any PastKind, kind.need != nil {
            subject.past = try context.past.past(of: check.id)
        }
        subject.sample = try sample(of: check, in: relation)
        subject.groups = try groups(of: check, in: relation)
        subject.window = context.window.map { ($0.start, $0.end) }
        subject.scope = try scope(of: subject, check: check)
        return subject
    }

    /// The sample to take; a table too small for one is looked at as a whole.
    private func sample(of check: Check, in relation: Relation) throws(CheckFailure) -> Sample? {
        guard type(of: check.kind).definition.judgesSingleRows,
            let sample = check.sample ?? context.samples[check.dataset.relation]
        else { return nil }
        guard relation.canBeSampled else {
            let kind = relation.hasForeignParts ? "relation with parts on other servers" : relation.kind.label
            throw CheckFailure(
                .plan, "a \(kind) cannot be sampled",
                hint: "Only tables and materialized views can; leave \"sample\" out.")
        }
        guard let rows = relation.estimatedRowCount, !context.ignoresCosts else { return sample }
        return rows * sample.share >= Sample.minimumRows ? sample : nil
    }

    /// The columns by which rows are judged apart.
    private func groups(of check: Check, in relation: Relation) throws(CheckFailure) -> [Column] {
        var columns: [Column] = []
        for name in check.groupBy {
            guard let column = relation.column(named: name) else { throw missing(name, in: relation) }
            guard check.dataset.masking[name] == nil else {
                throw CheckFailure(
                    .plan, "column \"\(name)\" is personal: an outcome for each of its values would show them",
                    hint: "Group by another column, or take it out of \"pii\".")
            }
            columns.append(column)
        }
        return columns
    }

    private func otherRelations(of check: Check) -> [RelationName: Relation] {
        check.kind.otherRelations.reduce(into: [:]) { $0[$1] = context.catalog.relations[$1] }
    }

    /// The window on the dataset's time column.
    private func scope(of subject: Subject, check: Check) throws(CheckFailure) -> SQL? {
        guard let window = context.window, let time = check.dataset.time, !(check.kind is CustomQuery) else {
            return nil
        }
        guard let column = subject.relation.column(named: time.column) else {
            throw missing(time.column, in: subject.relation)
        }
        do {
            let start = try subject.instant(window.start, inTypeOf: column)
            let end = try subject.instant(window.end, inTypeOf: column)
            return "\(identifier: column.name) >= \(start) AND \(identifier: column.name) < \(end)"
        } catch {
            throw CheckFailure(.plan, error.message, hint: error.hint)
        }
    }

    private func missing(_ column: String, in relation: Relation) -> CheckFailure {
        CheckFailure(
            .plan, "column \"\(column)\" does not exist in \(relation.name)", sqlState: "42703",
            hint: Suggestion.hint(for: column, among: relation.columns.map(\.name)))
    }

    private func nearMiss(of name: RelationName) -> String? {
        let names = context.catalog.visibleNames
        if let elsewhere = names.first(where: { $0.name == name.name }) {
            return "There is \"\(elsewhere)\"."
        }
        return Suggestion.hint(for: name.description, among: names.map(\.description))
            ?? "The role sees no such table or view in this database."
    }
}
