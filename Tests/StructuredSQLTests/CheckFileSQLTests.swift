import StructuredSQL
import Testing

struct CheckFileSQLTests {
    @Test(arguments: [
        "amount > 0", "a IN (SELECT b FROM shop.c)", "x = ANY (ARRAY[1, 2])", "note <> ';'", "a /* ; */ > b -- done",
    ])
    func takesCompleteExpressions(text: String) throws {
        let sql = try CheckFileSQL.expression(text, origin: nil)
        // A trailing comment must not swallow what stands behind.
        #expect(sql.literalText == text + (text.contains("--") ? "\n" : ""))
    }

    @Test(arguments: [
        "true) OR (true", "(a", "a[1", "a)", "[1)", "a; DROP TABLE x", "a = $1", "", " -- nothing", "'open",
        "status <> E'a'\n'\\' || ') OR ((true --'", "$$a$$\u{301}) OR (true -- $$)", "id > 1 \\! touch x",
        "set_config('row_security', 'on', true) = 'on'", "\"set_config\"('a', 'b', true) = ''",
    ])
    func refusesWhatCouldBreakOut(text: String) {
        #expect(throws: SQLSyntaxError.self) { try CheckFileSQL.expression(text, origin: nil) }
    }

    @Test(arguments: [
        "SELECT 1", "select * from t;", "  -- why\nWITH a AS (SELECT 1) TABLE a", "VALUES (1)",
        "(SELECT 1) UNION SELECT 2",
        "SELECT \"into\", 'insert', update FROM t WHERE deleted", "TABLE shop.t ; ",
    ])
    func takesQueries(text: String) throws {
        _ = try CheckFileSQL.query(text, origin: nil)
    }

    @Test(arguments: [
        ("DELETE FROM t", "\"DELETE\""), ("INSERT INTO t VALUES (1)", "\"INSERT\""), ("DROP TABLE t", "\"DROP\""),
        ("COPY t TO PROGRAM 'rm'", "\"COPY\""), ("SELECT 1; SELECT 2", "single statement"),
        ("SELECT 1; DROP TABLE t", "single statement"), ("DO $$BEGIN END$$", "\"DO\""),
        ("SET row_security = on", "\"SET\""), ("SELECT * INTO t2 FROM t", "SELECT INTO"),
        ("WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d", "DELETE inside WITH"),
        ("WITH d AS NOT MATERIALIZED (UPDATE t SET a = 1 RETURNING *) SELECT * FROM d", "UPDATE inside WITH"),
        ("SELECT * FROM t FOR UPDATE", "lock rows"), ("EXPLAIN ANALYZE SELECT 1", "\"EXPLAIN\""),
        ("/* SELECT */ TRUNCATE t", "\"TRUNCATE\""), ("", "found nothing"), (";", "found nothing"),
        ("COMMIT", "\"COMMIT\""), ("CALL p()", "\"CALL\""), ("SELECT (1", "never closed"),
    ])
    func refusesWhatDoesMoreThanRead(text: String, message: String) throws {
        let error = #expect(throws: SQLSyntaxError.self) { try CheckFileSQL.query(text, origin: nil) }
        #expect(try #require(error).message.contains(message))
    }

    @Test
    func saysWhereTheMistakeIs() throws {
        let error = #expect(throws: SQLSyntaxError.self) { try CheckFileSQL.query("SELECT 1\n;DROP", origin: nil) }
        #expect(try #require(error).before == "SELECT 1\n")
    }
}
