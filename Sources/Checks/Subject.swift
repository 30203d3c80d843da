package import Catalog
package import StructuredSQL

/// What a kind builds its question from: the relation and columns as the catalog has them, and the check's scope.
package struct Subject: Sendable {
    package var relation: Relation
    /// The check's columns as the file names them.
    package var columnNames: [String]
    /// The columns of these names; as many as names, except for a kind that asks which exist.
    package var columns: [Column]
    package var time: TimeColumn?
    /// The check's own condition on the rows that are looked at; `nil` means all of ``scope``.
    package var filter: SQL?
    /// The rows of the run's window; `nil` means all.
    package var scope: SQL?
    /// Columns by whose values the rows are judged apart; empty where they are judged as a whole.
    package var groups: [Column] = []
    /// The part of the relation that is looked at; `nil` means all of it.
    package var sample: Sample?
    package var nulls: NullPolicy
    /// The instant of the snapshot, of type `timestamptz`.
    package var now: SQL
    /// The half-open time range the run is about, both ends of type `timestamptz`; `nil` without one.
    package var window: (start: SQL, end: SQL)?
    /// What earlier runs recorded; `nil` where it was not read.
    package var past: Past?
    /// What the relation was when somebody wrote it down.
    package var schemaBaseline: RelationSchema?
    /// Other relations the check names, such as the target of `references`.
    package var otherRelations: [RelationName: Relation]

    package init(
        relation: Relation,
        columnNames: [String],
        columns: [Column],
        time: TimeColumn?,
        filter: SQL?,
        nulls: NullPolicy,
        now: SQL,
        otherRelations: [RelationName: Relation]
    ) {
        self.relation = relation
        self.columnNames = columnNames
        self.columns = columns
        self.time = time
        self.filter = filter
        self.nulls = nulls
        self.now = now
        self.otherRelations = otherRelations
    }

    /// The relation and the filter, ready to stand after FROM.
    package var rows: SQL { rows(and: nil) }

    /// The relation, the window, the filter and one more condition, ready to stand after FROM.
    package func rows(and condition: SQL?) -> SQL {
        let source = relation.name.sql.sampled(sample)
        let conditions = [scope, filter, condition].compactMap { $0.map { "(\($0))" as SQL } }
        return conditions.isEmpty ? source : "\(source) WHERE \(conditions.joined(separator: " AND "))"
    }

    /// The window and the filter; `nil` means all rows.
    package var condition: SQL? {
        guard let scope else { return filter }
        return filter.map { "(\(scope)) AND (\($0))" } ?? scope
    }

    /// The only column of a kind that takes one.
    package func column() throws(SubjectError) -> Column {
        guard columns.count == 1, let column = columns.first else {
            throw SubjectError("this check takes one column, not \(columns.count)")
        }
        return column
    }

    /// Rows that violate a rule that should hold, with the check's reading of NULL.
    ///
    /// NOT lets the server turn comparisons around, and so use an index and its statistics, which IS FALSE does not.
    private func violation(unless rule: SQL, judgedBy column: String?, _ effort: Violation.Effort = .comparison)
        -> Violation
    {
        switch nulls {
        case .pass: return Violation("NOT (\(rule))", judgedBy: column, effort: effort)
        case .fail:
            var violation = Violation("(\(rule)) IS NOT TRUE", judgedBy: column, effort: effort)
            violation.shippable = "NOT (\(rule)) OR (\(rule)) IS NULL"
            return violation
        }
    }

    /// Rows that violate a rule about one column, made of PostgreSQL's own functions.
    ///
    /// `screen` is a cheaper condition that implies the rule.
    package func violations(
        unless rule: SQL, on column: Column, _ effort: Violation.Effort = .comparison, screen: SQL? = nil
    ) -> Assertion {
        var violation = violation(unless: rule, judgedBy: column.name, effort)
        violation.screen = screen
        return .rows(violation, .shareable)
    }

    /// Rows that violate a rule of the user's own.
    package func violations(unless rule: SQL) -> Assertion {
        .rows(violation(unless: rule, judgedBy: nil), .shareable)
    }

    /// The column, ready to be compared with values: an enum below a domain has no equality with untyped text.
    package func comparable(_ column: Column) -> SQL {
        let isDomain = column.type.formatted.split(separator: ".").last.map(String.init) != column.type.baseName
        let needsText = column.type.category == .enumeration && isDomain && !column.type.formatted.hasSuffix("\"")
        return needsText ? text(of: column) : "\(identifier: column.name)"
    }

    /// The column as text; a cast only where the type asks for one.
    package func text(of column: Column) -> SQL {
        column.type.baseName == "text"
            ? "\(identifier: column.name)" : "\(identifier: column.name)::pg_catalog.text"
    }

    /// The zone of a column that has none itself.
    package func zone(for column: Column) throws(SubjectError) -> String {
        guard let zone = time?.zone else {
            throw SubjectError(
                "column \"\(column.name)\" is \(column.type.formatted), which has no time zone",
                hint: "Say whose clock it shows: time: {column: \(time?.column ?? column.name), zone: Europe/Berlin}."
            )
        }
        return zone
    }

    /// An instant in the type of `column`, computed from the constant side so that an index on the column stays usable.
    package func instant(_ instant: SQL, inTypeOf column: Column) throws(SubjectError) -> SQL {
        if column.type.isInstant { return instant }
        guard column.type.isLocalTime else { throw notATime(column) }
        let local: SQL = "(\(instant)) AT TIME ZONE \(bind: try zone(for: column))::pg_catalog.text"
        return column.type.isDate ? "(\(local))::pg_catalog.date" : local
    }

    /// The column's value as an instant; a time without a zone is read by the suite's clock.
    package func instant(in column: Column) throws(SubjectError) -> SQL {
        if column.type.isInstant { return "\(identifier: column.name)" }
        guard column.type.isLocalTime else { throw notATime(column) }
        let zone = try zone(for: column)
        return "\(identifier: column.name)::pg_catalog.timestamp AT TIME ZONE \(bind: zone)::pg_catalog.text"
    }

    package func notATime(_ column: Column) -> SubjectError {
        SubjectError("column \"\(column.name)\" is \(column.type.formatted), not a date or a timestamp")
    }

    /// The column a time check looks at: its own, else the suite's `time`.
    package func timeColumn() throws(SubjectError) -> Column {
        if let column = columns.first { return column }
        guard let name = time?.column else {
            throw SubjectError(
                "no time column", hint: "Give the suite \"time: {column: …}\", or the check a \"column\".")
        }
        guard let column = relation.column(named: name) else {
            throw SubjectError("column \"\(name)\" of \"time\" does not exist in \(relation.name)")
        }
        return column
    }
}
