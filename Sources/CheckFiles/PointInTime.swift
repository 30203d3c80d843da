import Catalog
import Comparison
import StructuredSQL

/// Reads which rows of a side were valid at an instant, or are of a range of time.
struct PointInTime {
    static let keys = ["as_of", "validity", "time", "window"]

    let reader: NodeReader

    /// The condition, and the columns it is about; `nil` where none is declared, or after noting what is wrong.
    func condition(_ entries: [String: YAMLNode.Entry]) -> (sql: SQL, columns: [String])? {
        guard let first = Self.keys.compactMap({ entries[$0] }).first else { return nil }
        switch (entries["as_of"], entries["validity"], entries["time"], entries["window"]) {
        case (let instant?, let validity?, nil, nil):
            guard let instant = self.instant(instant), let columns = reader.texts(validity) else { return nil }
            guard (1...2).contains(columns.count) else {
                reader.diagnostics.error(
                    at: validity.value.location,
                    "\"validity\" is a column with a range, or two: from when, and to when or NULL")
                return nil
            }
            return (columns.count == 1 ? Self.within(columns[0], instant) : Self.between(columns, instant), columns)
        case (nil, nil, let time?, let window?):
            guard let column = reader.text(time), let (from, to) = bounds(window) else { return nil }
            let name: SQL = "r.\(identifier: column)"
            return ("\(name) >= \(from) AND \(name) < \(to)", [column])
        default:
            reader.diagnostics.error(
                at: first.keyLocation, "a point in time is \"as_of\" with \"validity\", or \"window\" with \"time\"",
                hint:
                    "Write as_of: 2026-10-01 with validity: [valid_from, valid_to], or window: A..B with time: loaded_at."
            )
            return nil
        }
    }

    private static func between(_ columns: [String], _ instant: SQL) -> SQL {
        let (from, to): (SQL, SQL) = ("r.\(identifier: columns[0])", "r.\(identifier: columns[1])")
        return "\(from) <= \(instant) AND (\(to) IS NULL OR \(to) > \(instant))"
    }

    /// Whether a range holds an instant, whatever its bounds are of.
    private static func within(_ column: String, _ instant: SQL) -> SQL {
        let range: SQL = "r.\(identifier: column)"
        return """
            NOT isempty(\(range)) AND (lower_inf(\(range)) OR lower(\(range)) < \(instant) OR lower_inc(\(range)) AND lower(\(range)) = \(instant)) \
            AND (upper_inf(\(range)) OR upper(\(range)) > \(instant) OR upper_inc(\(range)) AND upper(\(range)) = \(instant))
            """
    }

    private func instant(_ entry: YAMLNode.Entry) -> SQL? {
        guard let text = reader.text(entry) else { return nil }
        return instant(text, entry)
    }

    /// `:window_start`, `:window_end`, or a time as PostgreSQL reads it.
    private func instant(_ text: String, _ entry: YAMLNode.Entry) -> SQL? {
        text.hasPrefix(":") ? reader.expression(text, node: entry.value) : "\(bind: text)::pg_catalog.timestamptz"
    }

    private func bounds(_ entry: YAMLNode.Entry) -> (SQL, SQL)? {
        guard let text = reader.text(entry) else { return nil }
        guard let dots = text.firstRange(of: "..") else {
            reader.diagnostics.error(at: entry.value.location, "\"window\" is FROM..TO, such as 2026-10-01..2026-11-01")
            return nil
        }
        guard let from = instant(String(text[..<dots.lowerBound]), entry),
            let to = instant(String(text[dots.upperBound...]), entry)
        else { return nil }
        return (from, to)
    }
}
