import StructuredSQL
import Testing

struct SQLTests {
    @Test
    func numbersBindsInTheOrderTheyStand() {
        let sql: SQL = "SELECT \(bind: "a") WHERE \(identifier: "shop", "Order \"s\"") < \(bind: 7)"
        let rendered = sql.rendered()
        #expect(rendered.text == #"SELECT $1 WHERE "shop"."Order ""s""" < $2"#)
        #expect(rendered.binds == ["a", "7"])
    }

    @Test(arguments: [
        ("plain", "'plain'"),
        ("O'Brien", "'O''Brien'"),
        (#"back\slash"#, #"E'back\\slash'"#),
        ("'; DROP TABLE x; --", "'''; DROP TABLE x; --'"),
    ])
    func quotesLiterals(text: String, expected: String) {
        #expect(SQL.quoted(literal: text) == expected)
    }

    @Test
    func writesNullAsALiteral() {
        let sql: SQL = "SELECT \(bind: nil)"
        #expect(sql.literalText == "SELECT NULL")
    }

    @Test
    func quotesEveryElementOfAnArray() {
        #expect(SQLArray.text(["a", nil, "NULL", #"x"\y"#, "{}"]) == #"{"a",NULL,"NULL","x\"\\y","{}"}"#)
    }

    @Test
    func findsThePlaceOfAServerErrorInTheUsersText() throws {
        let origin = SourceLocation(file: "a.yaml", line: 4, column: 10)
        let user = try CheckFileSQL.expression("amount >= :low AND oops", origin: origin)
        let statement: SQL = "SELECT count(*) FILTER (WHERE \(user.resolving(["low": "\(bind: "1")"])))"
        let rendered = statement.rendered()
        let range = try #require(rendered.text.firstRange(of: "oops"))
        let position = rendered.text.distance(from: rendered.text.startIndex, to: range.lowerBound) + 1
        // The 20th character of the expression, whatever `:low` became.
        #expect(rendered.location(ofPosition: position) == SourceLocation(file: "a.yaml", line: 4, column: 29))
        #expect(rendered.location(ofPosition: 1) == nil)
    }
}
