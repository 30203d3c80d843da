import StructuredSQL

/// Check digits as SQL over a text whose characters are known to be the right ones.
enum Checksum {
    /// The characters of `text` with their places from 1, ready to stand after FROM.
    private static func characters(of text: SQL) -> SQL {
        "pg_catalog.regexp_split_to_table(\(text), '') WITH ORDINALITY AS characters (c, n)"
    }

    /// ISO/IEC 7812-1 annex B (Luhn): counted from the right, every second digit doubled and its digits added.
    static func luhn(_ digits: SQL) -> SQL {
        """
        (SELECT sum(CASE WHEN n % 2 = 0 THEN c::pg_catalog.int4 * 2 - CASE WHEN c > '4' THEN 9 ELSE 0 END \
        ELSE c::pg_catalog.int4 END) % 10 = 0 FROM \(characters(of: "pg_catalog.reverse(\(digits))")))
        """
    }

    /// ISO 13616 (IBAN): the first four characters go to the end, letters become 10 to 35, and the number is 1 modulo 97.
    static func iban(_ text: SQL) -> SQL {
        let turned: SQL = "pg_catalog.upper(pg_catalog.substr(\(text), 5) || pg_catalog.\"left\"(\(text), 4))"
        return """
            (SELECT string_agg(CASE WHEN c > '9' THEN (pg_catalog.ascii(c) - 55)::pg_catalog.text ELSE c END, '' ORDER BY n)\
            ::pg_catalog.numeric % 97 = 1 FROM \(characters(of: turned)))
            """
    }

    /// ISO 2108: ten digits weighted 10 to 1, X being 10, are 0 modulo 11; thirteen weighted 1 and 3 are 0 modulo 10.
    static func isbn(_ text: SQL) -> SQL {
        """
        (SELECT CASE count(*) WHEN 10
            THEN sum((11 - n) * CASE c WHEN 'X' THEN 10 WHEN 'x' THEN 10 ELSE c::pg_catalog.int4 END) % 11 = 0
            ELSE sum((1 + 2 * ((n + 1) % 2)) * CASE c WHEN 'X' THEN 1 WHEN 'x' THEN 1 ELSE c::pg_catalog.int4 END) % 10 = 0 END \
        FROM \(characters(of: "pg_catalog.replace(pg_catalog.replace(\(text), '-', ''), ' ', '')")))
        """
    }

    /// 49 CFR 565.15 (VIN): letters have values, places have weights, and the sum modulo 11 is the ninth character.
    static func vin(_ text: SQL) -> SQL {
        let upper: SQL = "pg_catalog.upper(\(text))"
        let values: SQL =
            "pg_catalog.translate(c, 'ABCDEFGHJKLMNPRSTUVWXYZ', '12345678123457923456789')::pg_catalog.int4"
        return """
            (SELECT pg_catalog.substr('0123456789X', (sum(\(values) * (ARRAY[8,7,6,5,4,3,2,10,0,9,8,7,6,5,4,3,2])[n]) % 11 + 1)\
            ::pg_catalog.int4, 1) = pg_catalog.substr(\(upper), 9, 1) FROM \(characters(of: upper)))
            """
    }

    /// GB 11643 (ISO 7064 MOD 11-2): weights 2^(18-n) modulo 11; the sum is 1, X being 10.
    static func chineseID(_ text: SQL) -> SQL {
        """
        (SELECT sum(CASE c WHEN 'X' THEN 10 WHEN 'x' THEN 10 ELSE c::pg_catalog.int4 END \
        * (ARRAY[7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2,1])[n]) % 11 = 1 FROM \(characters(of: text)))
        """
    }
}
