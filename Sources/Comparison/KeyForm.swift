package import Catalog
package import StructuredSQL

/// How a key column travels, so that the order in which a server sorts it is that of what arrives.
package enum KeyForm: Sendable, Hashable {
    /// A whole number, a day or an instant: 4 or 8 bytes, in the order of the number.
    case number
    /// The bytes of a uuid, or of a text in the collation "C".
    case bytes

    /// The form of a pair of key columns.
    package init(_ pair: ColumnPair) {
        let number = ["int2", "int4", "int8", "date", "timestamp", "timestamptz"]
        self =
            pair.form == .plain && number.contains(pair.left.type.baseName)
                && number.contains(pair.right.type.baseName) ? .number : .bytes
    }

    /// What is sent.
    package func sql(_ pair: ColumnPair, _ side: DiffQuery.Side) -> SQL {
        let column = pair.column(side)
        let value: SQL = "r.\(identifier: column.name)"
        switch self {
        case .number:
            // Of one type on both sides the bytes are alike: what need not be computed takes no time.
            return pair.left.type.baseName == pair.right.type.baseName
                || ["date", "timestamp", "timestamptz"].contains(column.type.baseName)
                ? value : "\(value)::pg_catalog.int8"
        case .bytes:
            if column.type.baseName == "uuid" { return value }
            let numbers = [pair.left.type.baseName, pair.right.type.baseName]
            if numbers.contains("numeric") || pair.form == .number {
                return
                    "pg_catalog.trim_scale((\(pair.form.sql(value, of: column.type)))::pg_catalog.numeric)::pg_catalog.text COLLATE pg_catalog.\"C\""
            }
            if [.plain, .float].contains(pair.form), ["float4", "float8"].contains(column.type.baseName) {
                // 0 and -0 are one number with two texts.
                return "((\(value))::pg_catalog.float8 + 0)::pg_catalog.text COLLATE pg_catalog.\"C\""
            }
            let text =
                pair.form == .plain
                ? CanonicalText.sql(value, of: column.type)
                : "(\(pair.form.sql(value, of: column.type)))::pg_catalog.text"
            return "(\(text)) COLLATE pg_catalog.\"C\""
        }
    }

    /// The literal of a value that came, in the form of ``sql(_:_:)``.
    package func literal(_ bytes: [UInt8], of column: Column) -> SQL {
        switch self {
        case .number:
            let number = CopyBinary.integer(bytes, bytes.indices)
            switch column.type.baseName {
            case "date":
                return bytes.count == 4 && (number == Int64(Int32.max) || number == Int64(Int32.min))
                    ? "'\(number > 0 ? "" : "-" as SQL)infinity'::pg_catalog.date"
                    : "'2000-01-01'::pg_catalog.date + \(bind: Int(number))::pg_catalog.int4"
            case "timestamp", "timestamptz":
                let type: SQL = "pg_catalog.\(SQL(quotedByServer: column.type.baseName))"
                if number == .max || number == .min { return "'\(number > 0 ? "" : "-" as SQL)infinity'::\(type)" }
                let beginning: SQL = column.type.isInstant ? "'2000-01-01 00:00Z'" : "'2000-01-01'"
                // The server multiplies in double precision: days apart from microseconds it loses none.
                let (days, rest) = number.quotientAndRemainder(dividingBy: 86_400_000_000)
                return """
                    (\(beginning)::\(type) + pg_catalog.make_interval(days => \(bind: Int(days))::pg_catalog.int4) \
                    + \(bind: Int(rest))::pg_catalog.int8 * '1 microsecond'::pg_catalog.interval)
                    """
            default: return "\(bind: Int(number))::pg_catalog.int8"
            }
        case .bytes:
            guard column.type.baseName == "uuid" else {
                return "\(bind: String(decoding: bytes, as: UTF8.self))::pg_catalog.text"
            }
            let digits = bytes.map { byte in
                let text = String(byte, radix: 16)
                return text.count == 1 ? "0" + text : text
            }.joined()
            return "\(bind: digits)::pg_catalog.uuid"
        }
    }
}
