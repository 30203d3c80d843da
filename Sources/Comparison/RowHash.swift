import Catalog
package import StructuredSQL

/// A 64-bit hash of the compared values of a row, the same on every server for values that mean the same.
///
/// Each column's hash is seeded with that of the columns before it, so that values that change places, or changes that would
/// cancel each other in a sum, give another hash. NULLs are hashed as a default, and then which columns were NULL. Two
/// different rows have one hash with a probability of 2^-64. The functions are PostgreSQL's own, which hash partitioning
/// depends on; whether two servers agree on them is asked, never assumed: ``handshake``.
package enum RowHash {
    /// Which side's columns are hashed.
    package typealias Side = DiffQuery.Side

    /// The hash of some columns of a row that is called `r`.
    package static func sql(of pairs: [ColumnPair], _ side: Side) -> SQL {
        var hash: SQL = "7046029254386353131::pg_catalog.int8"
        var nulls: [[SQL]] = []
        for (position, pair) in pairs.enumerated() {
            let column = pair.column(side)
            let value: SQL = "r.\(identifier: column.name)"
            hash = link(
                pair, value, column,
                seed: "(\(hash) # \(SQL(quotedByServer: String(mark(of: position))))::pg_catalog.int8)")
            if position % bitsPerMask == 0 { nulls.append([]) }
            let bit = SQL(quotedByServer: String(1 << (position % bitsPerMask)))
            nulls[nulls.count - 1].append("CASE WHEN \(value) IS NULL THEN \(bit) ELSE 0 END")
        }
        return nulls.reduce(hash) { "pg_catalog.hashint4extended(\($1.joined(separator: " | ")), \($0))" }
    }

    /// Columns whose being NULL is told by one `integer`.
    private static let bitsPerMask = 30

    /// A number that stands for a column's place.
    ///
    /// Some functions return the seed as it is, of a float for 0: without it a 0 would be the same wherever it stands. Source: the finalizer of SplitMix64.
    private static func mark(of position: Int) -> Int64 {
        var mark = UInt64(position + 1) &* 0x9e37_79b9_7f4a_7c15
        mark = (mark ^ (mark >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mark = (mark ^ (mark >> 27)) &* 0x94d0_49bb_1331_11eb
        // Without its sign: the text of the smallest number is none that the server reads.
        return Int64(bitPattern: (mark ^ (mark >> 31)) >> 1)
    }

    /// The hash of one column with a seed.
    private static func link(_ pair: ColumnPair, _ value: SQL, _ column: Column, seed: SQL) -> SQL {
        let form = pair.form.sql(value, of: column.type)
        switch pair.form {
        case .float: return "pg_catalog.hashfloat8extended(coalesce(\(form), 0), \(seed))"
        case .number: return number(form, seed)
        case .document: return document(form, seed)
        case .characters where column.type.category == .array: return text("(\(form))::pg_catalog.text", seed)
        case .text: return text("(\(value))::pg_catalog.text", seed)
        case .characters: return text(form, seed)
        case .plain: break
        }
        let types = [pair.left.type.baseName, pair.right.type.baseName]
        if types.contains("numeric") {
            return number("(\(value))::pg_catalog.numeric", seed)
        }
        switch column.type.baseName {
        case "int2", "int4", "int8":
            // The function of int8 folds to 32 bits first: the float has what it loses.
            guard types.contains("int8") else {
                return "pg_catalog.hashint4extended(coalesce((\(value))::pg_catalog.int4, 0), \(seed))"
            }
            let number: SQL = "coalesce((\(value))::pg_catalog.int8, 0)"
            return
                "pg_catalog.hashint8extended(\(number), pg_catalog.hashfloat8extended(\(number)::pg_catalog.float8, \(seed)))"
        case "float4", "float8":
            return "pg_catalog.hashfloat8extended(coalesce((\(value))::pg_catalog.float8, 0), \(seed))"
        case "bool": return "pg_catalog.hashint4extended(coalesce((\(value))::pg_catalog.int4, 0), \(seed))"
        // The session's zone is UTC.
        case "timestamp", "timestamptz": return instant("(\(value))::pg_catalog.timestamp", seed)
        case "uuid":
            return "pg_catalog.uuid_hash_extended(coalesce(\(value), '00000000-0000-0000-0000-000000000000'), \(seed))"
        case "bytea":
            return
                "pg_catalog.uuid_hash_extended(coalesce(pg_catalog.md5(\(value)), pg_catalog.md5(''))::pg_catalog.uuid, \(seed))"
        case "jsonb": return document(value, seed)
        case "_jsonb":
            // The hash of an array forgets the seed where there is no element.
            return text(
                CanonicalText.withoutScale("(\(value))::pg_catalog.text"),
                "pg_catalog.jsonb_hash_extended(coalesce(pg_catalog.to_jsonb(\(value)), 'null'), \(seed))")
        default: return text(CanonicalText.sql(value, of: column.type), seed)
        }
    }

    /// The hash of a number, by value.
    ///
    /// The function leaves out the sign, and which of the values it is that are no number; the seed has both.
    private static func number(_ value: SQL, _ seed: SQL) -> SQL {
        let number: SQL = "coalesce(\(value), 0)"
        return """
            pg_catalog.hash_numeric_extended(\(number), \(seed) # CASE WHEN \(number) < 0 THEN 6364136223846793005 \
            WHEN \(number) = 'NaN' THEN 1442695040888963407 ELSE 0 END)
            """
    }

    /// The hash of a document, by value.
    ///
    /// The function leaves out what is in what, and the signs of numbers; the text has both.
    private static func document(_ value: SQL, _ seed: SQL) -> SQL {
        text(
            CanonicalText.withoutScale("(\(value))::pg_catalog.text"),
            "pg_catalog.jsonb_hash_extended(coalesce(\(value), 'null'), \(seed))")
    }

    /// The hash of a time without a zone.
    ///
    /// The function folds to 32 bits first, and far from 2000 seconds in double precision lose microseconds: one has what the
    /// other loses.
    private static func instant(_ value: SQL, _ seed: SQL) -> SQL {
        let instant: SQL = "coalesce(\(value), '2000-01-01'::pg_catalog.timestamp)"
        return """
            pg_catalog.timestamp_hash_extended(\(instant), \
            pg_catalog.hashfloat8extended(pg_catalog.date_part('epoch', \(instant)), \(seed)))
            """
    }

    private static func text(_ value: SQL, _ seed: SQL) -> SQL {
        "pg_catalog.hashtextextended(coalesce(\(value), '') COLLATE pg_catalog.\"C\", \(seed))"
    }

    /// A statement whose answer is the same on two servers that hash alike: every function, on values that are hard.
    package static let handshake: SQL = """
        SELECT pg_catalog.concat_ws(' ',
            pg_catalog.hashint4extended(-7, 1), pg_catalog.hashint8extended(4294967297, 2),
            pg_catalog.hashfloat8extended('-0', 3), pg_catalog.hashfloat8extended('NaN', 3),
            pg_catalog.hashfloat8extended(1.5e300, 3), pg_catalog.hash_numeric_extended(1.50, 4),
            pg_catalog.hash_numeric_extended('NaN', 4), pg_catalog.hashtextextended('é' COLLATE pg_catalog."C", 5),
            pg_catalog.uuid_hash_extended('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 6),
            pg_catalog.jsonb_hash_extended('{"b": [1, null], "a": 1.0}', 7),
            pg_catalog.timestamp_hash_extended('2026-01-01 00:00:00.000001', 8))
        """
}
