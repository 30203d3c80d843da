import Checks
import ExactJSON
import StructuredSQL
import TestSupport
import Testing

/// Formats and other readings of text, each with texts that are and texts that are not.
///
/// Check digits are of published examples: ISO 13616 (IBAN registry), ISO 2108, 49 CFR 565, GB 11643-1999, card numbers of
/// the networks' test lists.
struct FormatTests {
    private static let formats: [(name: String, right: [String], wrong: [String])] = [
        (
            "email", ["a@b.example", "o'neil+tag@sub.example.com"],
            ["a@b", "a@@b.example", ".a@b.example", "a b@c.example"]
        ),
        ("uuid", ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567e89b12d3a456426614174000", ""]),
        ("url", ["https://example.com/a?b#c", "ftp://x"], ["example.com", "http://", "http://a b"]),
        ("hostname", ["example.com", "a-b.c", "x"], ["-a.b", "a..b", "a_b", ""]),
        ("ip", ["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"], ["256.1.1.1", "1.2.3", ":::"]),
        ("ipv4", ["0.0.0.0"], ["::1", "01.1.1.1"]), ("ipv6", ["::", "fe80::1"], ["1.2.3.4", "1::2::3"]),
        (
            "mac", ["00:1A:2b:3c:4d:5e", "00-1a-2b-3c-4d-5e", "001a.2b3c.4d5e"],
            ["00:1a:2b:3c:4d", "00:1a-2b:3c:4d:5e"]
        ),
        ("iso_date", ["2024-02-29", "1999-12-31"], ["2023-02-29", "2024-04-31", "24-01-01", "1900-02-29"]),
        (
            "iso_timestamp", ["2024-02-29T23:59:59Z", "2024-01-01 00:00", "2024-01-01T10:00:00.123+05:30"],
            ["2024-01-01", "2024-01-01T24:00Z"]
        ),
        ("time_24h", ["23:59", "00:00:00"], ["24:00", "9:00"]),
        ("time_12h", ["9:05 pm", "12:00AM"], ["13:00 pm", "9:05"]),
        ("us_date", ["02/29/2024", "12-31-1999"], ["29/02/2024", "2/9/2024", "02/29-2024"]),
        ("eu_date", ["29/02/2024", "31.12.1999"], ["02/29/2024", "31.11.2024"]),
        ("inverse_date", ["2024/02/29", "2024.01.01"], ["2024/2/29"]),
        ("integer", ["0", "-12", "+7"], ["1.0", "", "1e3"]), ("decimal", ["1.5", ".5", "-2."], ["1,5", ".", "abc"]),
        ("decimal_comma", ["1,5", "3"], ["1.5"]), ("percentage", ["5%", "12.5 %"], ["5", "5,5%"]),
        ("percentage_comma", ["5,5%"], ["5.5%"]),
        ("money", ["$1,234.50", "12 EUR", "€5", "1.234,50 €"], ["12,34,5", "EUR"]),
        ("phone", ["+442079460001"], ["020 7946 0002", "+0123456789", "+44 20"]),
        ("us_phone", ["(202) 555-0101", "202-555-0101", "+1 202 555 0101"], ["555-0101", "102-555-0101"]),
        ("us_zip", ["02139", "02139-1234"], ["2139", "02139-12"]),
        ("uk_postcode", ["SW1A 1AA", "m1 1ae"], ["SW1A", "QQ1 1AA"]),
        ("ca_postal_code", ["K1A 0B1"], ["D1A 0B1", "K1A0B"]),
        ("de_postal_code", ["01067", "99998"], ["00123", "1067"]),
        (
            "iban", ["GB82WEST12345698765432", "DE89370400440532013000", "NO9386011117947"],
            ["GB82WEST12345698765433", "DE89370400440532013001", "GB82 WEST 1234 5698 7654 32"]
        ),
        ("bic", ["DEUTDEFF", "DEUTDEFF500"], ["DEUTXXFF", "deutdeff"]),
        ("isbn", ["0-306-40615-2", "080442957X", "978-0-306-40615-7"], ["0-306-40615-3", "9780306406158", "123"]),
        ("vin", ["1M8GDM9AXKP042788", "11111111111111111"], ["1M8GDM9A1KP042788", "1M8GDM9AXKP04278I"]),
        (
            "credit_card", ["4111 1111 1111 1111", "5555555555554444", "378282246310005"],
            ["4111111111111112", "0", "41111111a1111111"]
        ),
        ("ssn", ["219-09-9999", "219099999"], ["000-12-3456", "666-12-3456", "900-12-3456", "219-00-9999"]),
        ("chinese_id", ["11010519491231002X", "440524188001010014"], ["110105194912310021", "110105194913310021"]),
        ("person_name", ["Ada Lovelace", "O’Neil", "Jean-Luc"], ["", "R2D2", " Ada"]),
        ("country_code", ["DE", "GB"], ["UK", "de", "XX"]), ("currency_code", ["EUR", "USD", "XTS"], ["eur", "DEM"]),
        ("http_method", ["GET", "PATCH"], ["get", "FETCH"]),
    ]

    @Test
    func everyFormatTellsRightFromWrong() async throws {
        #expect(Set(Self.formats.map(\.name)) == Set(KnownFormat.allCases.map(\.rawValue)))
        try await TestServer.withDatabase { database in
            for one in Self.formats {
                try await check("format: {column: t, is: \(one.name)}", one.right, one.wrong, on: database)
            }
        }
    }

    @Test
    func typesOfTextAreRecognised() async throws {
        try await TestServer.withDatabase { database in
            try await check(
                "parsable_as: {column: t, type: integer}", ["7", " -2147483648 "], ["2147483648", "1.0", "", "x"],
                on: database)
            try await check(
                "parsable_as: {column: t, type: bigint}", ["9223372036854775807"], ["9223372036854775808"], on: database
            )
            try await check(
                "parsable_as: {column: t, type: numeric}", ["1e5", "-.5", "NaN"], ["1e", "1,5", "--1"], on: database)
            try await check(
                "parsable_as: {column: t, type: boolean}", ["t", "YES", "off", "0"], ["2", "j"], on: database)
            try await check("parsable_as: {column: t, type: time}", ["10:00", "23:59:59.9"], ["24:00"], on: database)
            try await check(
                "parsable_as: {column: t, type: timestamp}", ["2024-02-29", "2024-02-29 10:00"], ["2023-02-29 10:00"],
                on: database)
            try await check("parsable_as: {column: t, type: json}", ["{}"], ["{"], on: database)
        }
    }

    @Test
    func datesAreThoseOfTheCalendar() async throws {
        try await TestServer.withDatabase { database in
            try await check(
                "date_format: {column: t, format: '%d.%m.%Y'}", ["29.02.2024", "30.04.2023"],
                ["29.02.2023", "31.04.2023", "1.1.2024"], on: database)
            try await check("date_format: {column: t, format: '%d.%m.%y'}", ["29.02.00"], ["29.02.01"], on: database)
            try await check(
                "date_format: {column: t, format: 'YYYY-MM-DD HH24:MI:SS'}", ["2024-02-29 23:59:60"],
                ["2024-02-29 24:00:00"], on: database)
            try await check(
                "date_format: {column: t, format: '%b %d, %Y (%A)'}", ["Feb 29, 2023 (Monday)"],
                ["feb 29, 2023 (Monday)"], on: database)
            try await check("date_format: {column: t, format: '%H.%M%%'}", ["10.30%"], ["10x30%"], on: database)
        }
    }

    /// Cases of RFC 8259 and of Nicolas Seriot's test suite "Parsing JSON is a minefield".
    @Test
    func jsonIsJSON() async throws {
        try await TestServer.withDatabase { database in
            try await check(
                "valid_json: {column: t}",
                [
                    "{}", "[]", "null", " true ", "\"\"", "[1, -0.5e+10, {\"a\": [null, \"x\\u00e9\\n\"]}]",
                    "{\"\":{\"s\":[\"v\"]}}",
                    "\"sv,:{}[]\"", "[[[[[[]]]]]]", "[\n1\t]", "false", "{\"false\":false}", "0", "-0",
                    "[\"\\\\\\\"\"]",
                ],
                [
                    "", " ", "{", "[1,]", "[,1]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "[1 2]", "01", "1.", ".5", "+1",
                    "tru", "'a'",
                    "\"\u{1}\"", "[\"\\x\"]", "{\"a\":}", "{1:2}", "[] []", "nul", "s", "v", "[s]", "fal\u{1}e", "NaN",
                    "\"a\"\"b\"",
                    "[1][2]", "{\"a\":1 \"b\":2}", "\"tab\there\"",
                ], on: database)
        }
    }

    @Test
    func charactersAreOfTheirClass() async throws {
        try await TestServer.withDatabase { database in
            try await check("charset: {column: t, class: ascii}", ["a\t", ""], ["é"], on: database)
            try await check("charset: {column: t, class: printable}", ["a é 日本 👍"], ["a\t", "\u{7F}"], on: database)
            try await check("charset: {column: t, class: latin1}", ["é"], ["日"], on: database)
            try await check("charset: {column: t, class: digits}", ["123"], ["1 2"], on: database)
            try await check("charset: {column: t, class: hex}", ["00fF"], ["0g"], on: database)
            try await check("normalized: {column: t}", ["\u{E9}"], ["e\u{301}"], on: database)
            try await check("normalized: {column: t, form: NFD}", ["e\u{301}"], ["\u{E9}"], on: database)
            try await check("word_count: {column: t, min: 2}", ["a b", " a \n b "], ["a", "", "  "], on: database)
        }
    }

    @Test
    func personalDataAreFoundInsideTexts() async throws {
        try await TestServer.withDatabase { database in
            let cases: [(String, [String], [String])] = [
                ("email", ["ask ada@example.com, please"], ["a@b", "@ada", "ada@example"]),
                ("phone", ["call +44 20 7946 0001", "(202) 555-0101."], ["order 20255501012", "2026-01-01 10:00:00"]),
                (
                    "iban", ["to GB82 WEST 1234 5698 7654 32!", "DE89370400440532013000"],
                    ["GB83 WEST 1234 5698 7654 32", "AB12"]
                ),
                ("ssn", ["ssn 219-09-9999"], ["000-12-3456", "219-09-99999", "1219-09-9999"]),
                (
                    "credit_card", ["card 4111 1111 1111 1111", "5555555555554444"],
                    ["4111111111111112", "id 1234567890123456"]
                ),
                ("ip_address", ["from 192.0.2.1:80"], ["1.2.3", "1.2.3.4.5", "v300.1.1.1"]),
                ("secret", ["key=AKIAIOSFODNN7EXAMPLE", "-----BEGIN RSA PRIVATE KEY-----"], ["AKIA", "ghp_short"]),
            ]
            for (name, found, clean) in cases {
                try await check(
                    "pii_absent: {column: t, classes: \(name)}", clean, found, readsNulls: false, on: database)
            }
            try await check(
                "pii_absent: {column: t}", cases.flatMap { $0.2 }, cases.flatMap { $0.1 }, readsNulls: false,
                on: database)
        }
    }

    @Test
    func whatACheckOfPersonalDataFindsIsMasked() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute("CREATE TABLE data AS SELECT 1 AS id, 'to ada@example.com' AS t, 'x' AS u")
            let checks = try TestProject.checks(
                "dataset: data\nchecks: [{pii_absent: {column: t}}, {matches: {column: u, regex: y}}]")
            let results = try await TestProject.run(checks, on: database)
            #expect(results[0].rows.sample.map(\.compactText) == [#"{"id":1,"t":"t***","u":"x"}"#])
            #expect(results[1].rows.sample.map(\.compactText) == [#"{"id":1,"t":"to ada@example.com","u":"x"}"#])
        }
    }

    private func check(
        _ check: String, _ right: [String], _ wrong: [String], readsNulls: Bool = true
    ) async throws {
        try await TestServer.withDatabase { database in
            try await self.check(check, right, wrong, readsNulls: readsNulls, on: database)
        }
    }

    private func check(
        _ check: String, _ right: [String], _ wrong: [String], readsNulls: Bool = true, on database: TestServer.Database
    ) async throws {
        let texts = right + wrong
        try await database.execute(
            """
            DROP TABLE IF EXISTS data;
            CREATE TABLE data AS SELECT t, n FROM unnest(\(bind: SQLArray.text(texts))::text[]) WITH ORDINALITY AS x (t, n)
            """
        )
        let suite =
            "dataset: data\nkeep: all\nchecks: [{\(check)}, {\(check)\(readsNulls ? ", nulls: fail" : ""), id: nulls}]"
        try await database.execute("INSERT INTO data VALUES (NULL, 0)")
        let results = try await TestProject.run(try TestProject.checks(suite), on: database)
        let failing = results[0].rows.sample.compactMap { row in row["n"].flatMap { Int($0.compactText) } }.sorted()
        let expected = (right.count..<texts.count).map { $0 + 1 }
        let unexpected = Set(failing).symmetricDifference(expected).map { texts[$0 - 1] }
        #expect(unexpected == [], "\(check) \(results[0].failure?.message ?? "")")
        #expect(results[1].failing == expected.count + (readsNulls ? 1 : 0), "\(check)")
    }
}
