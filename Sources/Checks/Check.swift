package import StructuredSQL

/// An assertion on a dataset, as a check file states it.
///
/// A value of many fields that many hold: it is copied by reference, and in full only when a shared one is changed.
package struct Check: Sendable, Hashable {
    private var storage: Storage

    package var id: String {
        get { storage.fields.id }
        set { own.fields.id = newValue }
    }
    package var name: String? {
        get { storage.fields.name }
        set { own.fields.name = newValue }
    }
    package var description: String? {
        get { storage.fields.description }
        set { own.fields.description = newValue }
    }
    package var dataset: Dataset {
        get { storage.fields.dataset }
        set { own.fields.dataset = newValue }
    }
    package var kind: any CheckKind {
        get { storage.fields.kind }
        set { own.fields.kind = newValue }
    }
    /// Columns the check is about, as named in the file.
    package var columns: [String] {
        get { storage.fields.columns }
        set { own.fields.columns = newValue }
    }
    /// Only rows for which this holds are looked at.
    package var filter: SQL? {
        get { storage.fields.filter }
        set { own.fields.filter = newValue }
    }
    package var warn: Threshold? {
        get { storage.fields.warn }
        set { own.fields.warn = newValue }
    }
    package var fail: Threshold? {
        get { storage.fields.fail }
        set { own.fields.fail = newValue }
    }
    package var nulls: NullPolicy {
        get { storage.fields.nulls }
        set { own.fields.nulls = newValue }
    }
    package var onEmpty: EmptyPolicy {
        get { storage.fields.onEmpty }
        set { own.fields.onEmpty = newValue }
    }
    package var severity: Severity {
        get { storage.fields.severity }
        set { own.fields.severity = newValue }
    }
    package var dimension: Dimension {
        get { storage.fields.dimension }
        set { own.fields.dimension = newValue }
    }
    package var tags: [String] {
        get { storage.fields.tags }
        set { own.fields.tags = newValue }
    }
    package var owner: String? {
        get { storage.fields.owner }
        set { own.fields.owner = newValue }
    }
    /// Failing rows to keep.
    package var keep: RowLimit {
        get { storage.fields.keep }
        set { own.fields.keep = newValue }
    }
    /// Columns of failing rows to keep; `nil` means all.
    package var keptColumns: [String]? {
        get { storage.fields.keptColumns }
        set { own.fields.keptColumns = newValue }
    }
    /// The part of the rows that is looked at; `nil` means all.
    package var sample: Sample? {
        get { storage.fields.sample }
        set { own.fields.sample = newValue }
    }
    /// Columns by whose values the rows are judged apart, as named in the file; empty where they are judged as a whole.
    package var groupBy: [String] {
        get { storage.fields.groupBy }
        set { own.fields.groupBy = newValue }
    }
    package var isEnabled: Bool {
        get { storage.fields.isEnabled }
        set { own.fields.isEnabled = newValue }
    }
    package var runbook: String? {
        get { storage.fields.runbook }
        set { own.fields.runbook = newValue }
    }
    package var schedule: Schedule? {
        get { storage.fields.schedule }
        set { own.fields.schedule = newValue }
    }
    /// Declared parameters by name, each with the SQL expression of its default.
    package var parameters: [String: SQL] {
        get { storage.fields.parameters }
        set { own.fields.parameters = newValue }
    }
    package var source: SourceLocation {
        get { storage.fields.source }
        set { own.fields.source = newValue }
    }
    /// What the file says, in a canonical form: equal text, equal definition.
    package var definition: String {
        get { storage.fields.definition }
        set { own.fields.definition = newValue }
    }

    package init(
        id: String,
        dataset: Dataset,
        kind: any CheckKind,
        columns: [String] = [],
        source: SourceLocation
    ) {
        let measured = (kind as? any ComparisonKind)?.measure.kind
        let definition = type(of: kind).definition
        storage = Storage(
            Fields(
                id: id, dataset: dataset, kind: kind, columns: columns,
                fail: kind.ownThreshold ?? kind.defaultThreshold,
                nulls: type(of: measured ?? kind).definition.nulls, onEmpty: definition.onEmpty,
                dimension: definition.dimension, source: source))
    }

    private struct Fields: Sendable {
        var id: String
        var name: String?
        var description: String?
        var dataset: Dataset
        var kind: any CheckKind
        var columns: [String]
        var filter: SQL?
        var warn: Threshold?
        var fail: Threshold?
        var nulls: NullPolicy
        var onEmpty: EmptyPolicy
        var severity = Severity.nextBusinessDay
        var dimension: Dimension
        var tags: [String] = []
        var owner: String?
        var keep = RowLimit.atMost(1000)
        var keptColumns: [String]?
        var sample: Sample?
        var groupBy: [String] = []
        var isEnabled = true
        var runbook: String?
        var schedule: Schedule?
        var parameters: [String: SQL] = [:]
        var source: SourceLocation
        var definition = ""
    }

    /// Changed only by the one value that holds it.
    private final class Storage: @unchecked Sendable {
        var fields: Fields

        init(_ fields: Fields) {
            self.fields = fields
        }
    }

    /// The storage, this value's alone.
    private var own: Storage {
        mutating get {
            if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.fields) }
            return storage
        }
    }

    package var kindName: String { type(of: kind).definition.name }

    package static func == (left: Check, right: Check) -> Bool {
        left.id == right.id && left.definition == right.definition && left.source == right.source
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(definition)
    }
}
