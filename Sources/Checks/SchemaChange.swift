/// One difference between what a relation was and what it is.
package struct SchemaChange: Sendable, Hashable {
    /// What kind of difference it is, in the order of harm.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A column is gone.
        case dropped
        /// A column has a type of which not every earlier value is one, or which readers may take for something else.
        case retyped
        /// A column's type holds less than it did.
        case narrowed
        /// A column may be NULL now.
        case nullable
        /// The primary key is another one, or none.
        case key
        /// A table became a view, or the like.
        case kind
        /// Columns that were there before stand in another order.
        case moved
        /// A column is new.
        case added
        /// A column's type holds all it did, and more.
        case widened
        /// A column cannot be NULL any more.
        case required

        /// Whether a reader of the relation may stumble over it.
        package static let breaking: Set<Kind> = [.dropped, .retyped, .narrowed, .nullable, .key]
    }

    package var kind: Kind
    /// The column, where it is about one.
    package var column: String?
    package var before: String?
    package var after: String?

    /// The change in a line: `dropped currency: text`.
    package var text: String {
        let values = [before, after].compactMap(\.self).joined(separator: " → ")
        return "\(kind.rawValue)\(column.map { " \($0)" } ?? ""): \(values)"
    }

    /// The differences, those of columns in the order they had.
    package static func changes(from old: RelationSchema, to new: RelationSchema) -> [SchemaChange] {
        var changes: [SchemaChange] = []
        for column in old.columns {
            guard let now = new.columns.first(where: { $0.name == column.name }) else {
                changes.append(SchemaChange(kind: .dropped, column: column.name, before: column.type, after: nil))
                continue
            }
            if let kind = TypeChange.kind(from: column.type, to: now.type) {
                changes.append(SchemaChange(kind: kind, column: column.name, before: column.type, after: now.type))
            }
            if column.isNotNull != now.isNotNull {
                changes.append(
                    SchemaChange(
                        kind: now.isNotNull ? .required : .nullable, column: column.name,
                        before: column.isNotNull ? "NOT NULL" : "NULL", after: now.isNotNull ? "NOT NULL" : "NULL"))
            }
        }
        let names = Set(old.columns.map(\.name))
        changes += new.columns.filter { !names.contains($0.name) }
            .map { SchemaChange(kind: .added, column: $0.name, before: nil, after: $0.type) }
        let kept = Set(new.columns.map(\.name)).intersection(names)
        let (before, after) = (
            old.columns.map(\.name).filter(kept.contains), new.columns.map(\.name).filter(kept.contains)
        )
        if before != after {
            changes.append(
                SchemaChange(
                    kind: .moved, column: nil, before: before.joined(separator: ", "),
                    after: after.joined(separator: ", ")))
        }
        if old.primaryKey != new.primaryKey {
            func text(_ key: [String]) -> String? { key.isEmpty ? nil : "(\(key.joined(separator: ", ")))" }
            changes.append(
                SchemaChange(kind: .key, column: nil, before: text(old.primaryKey), after: text(new.primaryKey)))
        }
        if old.kind != new.kind {
            changes.append(SchemaChange(kind: .kind, column: nil, before: old.kind, after: new.kind))
        }
        return changes
    }
}

/// What becomes of values when a column's type changes.
private enum TypeChange {
    /// - Returns: `nil` where nothing changes.
    static func kind(from old: String, to new: String) -> SchemaChange.Kind? {
        guard old != new else { return nil }
        if old.hasSuffix("[]"), new.hasSuffix("[]") {
            // An array changes as its elements do.
            return kind(from: String(old.dropLast(2)), to: String(new.dropLast(2)))
        }
        let (before, after) = (Self.parts(old), Self.parts(new))
        let families: [[String]] = [
            ["smallint", "integer", "bigint"], ["real", "double precision"], ["date", "timestamp without time zone"],
        ]
        for family in families {
            guard let was = family.firstIndex(of: before.name), let now = family.firstIndex(of: after.name) else {
                continue
            }
            if was != now {
                // A day that becomes an instant looks different to every reader.
                return family.contains("date") ? .retyped : was < now ? .widened : .narrowed
            }
        }
        let texts = ["character varying", "text"]
        if texts.contains(before.name), texts.contains(after.name) {
            let (was, now) = (before.modifiers.first ?? .max, after.modifiers.first ?? .max)
            // Without a length one is as good as the other.
            guard was != now else { return nil }
            return was < now ? .widened : .narrowed
        }
        guard before.name == after.name else {
            return .retyped
        }
        if before.name == "numeric" {
            guard after.modifiers.count == 2 else {
                return .widened
            }
            guard before.modifiers.count == 2 else {
                return .narrowed
            }
            let whole = (before.modifiers[0] - before.modifiers[1], after.modifiers[0] - after.modifiers[1])
            return whole.0 <= whole.1 && before.modifiers[1] <= after.modifiers[1] ? .widened : .narrowed
        }
        // Of these a greater number holds all that a smaller one does; of others, such as character(n), nobody knows.
        let growing = ["timestamp", "time", "interval", "bit varying"]
        let (was, now) = (before.modifiers.first ?? .max, after.modifiers.first ?? .max)
        return growing.contains { before.name.hasPrefix($0) } ? (was < now ? .widened : .narrowed) : .retyped
    }

    /// `numeric(10,2)` as its name and numbers; a modifier may stand within: `timestamp(3) with time zone`.
    private static func parts(_ type: String) -> (name: String, modifiers: [Int]) {
        guard let open = type.firstIndex(of: "("), let close = type.firstIndex(of: ")"), open < close else {
            return (type, [])
        }
        let modifiers = type[type.index(after: open)..<close].split(separator: ",").compactMap { Int($0) }
        return (String(type[..<open] + type[type.index(after: close)...]), modifiers)
    }
}
