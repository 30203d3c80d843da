import Catalog
import Checks

/// What the catalog knows about the statement of a check.
extension Planner {
    /// What a statement apart reads: the dataset and what else the check names; a query of the user's own may read anything.
    func estimatedBytes(of check: Check, on subject: Subject) -> Int? {
        guard !(check.kind is CustomQuery) else { return nil }
        return relations(of: check, on: subject).reduce(0) { sum, relation in
            sum.flatMap { sum in relation.estimatedBytes.map { sum + $0 } }
        }
    }

    /// Whether an engine of several servers has a part in a statement apart, as far as the check says what it reads.
    func isDistributed(_ check: Check, on subject: Subject) -> Bool {
        relations(of: check, on: subject).contains { $0.distribution != nil }
    }

    /// The dataset's relation and the others that the check names.
    private func relations(of check: Check, on subject: Subject) -> [Relation] {
        [subject.relation] + check.kind.otherRelations.compactMap { context.catalog.relations[$0] }
    }

    /// Whether a check can run no code but PostgreSQL's own: no SQL of the user's, no view, no type made by a user.
    func isClosed(_ check: Check, on subject: Subject) -> Bool {
        let kind = type(of: check.kind).definition
        return !kind.parameters.contains { $0.form == .expression } && check.filter == nil
            && context.operatorsAreBuiltIn
            && relations(of: check, on: subject).allSatisfy { [.table, .partitionedTable].contains($0.kind) }
            && subject.relation.columns.allSatisfy(\.type.isBuiltIn)
    }
}

extension Relation {
    /// The relation's size where the catalog knows it: not for a view, nor for a table that was never analyzed.
    ///
    /// What a coordinator's catalog says of a distributed table is its empty shell.
    var estimatedBytes: Int? {
        if let distribution { return distribution.sizeBytes }
        return estimatedRowCount == nil ? nil : sizeBytes
    }
}
