import ExactJSON

/// Expectations of a table as a whole: its columns, their types, how many rows there are, and what a query finds.
enum GxTableRules {
    /// The rules by the types of expectation.
    static let rules: [String: GxRule] = [
        "expect_column_to_exist": GxRules.table(["column", "column_index"]) { expectation in
            guard let column = expectation.text("column") else { return .notConverted("it names no column") }
            return RuleConversion(expectation.value("column_exists", column: column, .object([])))
                .approximated(expectation["column_index"] == nil ? nil : "at which position is not checked")
        },
        "expect_table_columns_to_match_ordered_list": GxRules.table(["column_list"]) { columns($0, isOrdered: true) },
        "expect_table_columns_to_match_set": GxRules.table(["column_set", "exact_match"]) {
            columns($0, isOrdered: false)
        },
        "expect_table_column_count_to_be_between": GxRules.table(GxValueRules.bounds) { count("column_count", $0) },
        "expect_table_column_count_to_equal": GxRules.table(["value"]) { equals("column_count", $0) },
        "expect_table_row_count_to_be_between": GxRules.table(GxValueRules.bounds, isAboutRows: true) {
            count("row_count", $0)
        },
        "expect_table_row_count_to_equal": GxRules.table(["value"], isAboutRows: true) { equals("row_count", $0) },
        "expect_table_row_count_to_equal_other_table": GxRules.table(["other_table_name"], isAboutRows: true) {
            otherTable($0)
        },
        "expect_column_values_to_be_of_type": GxRules.table(["column", "type_"]) { columnType($0) },
        "expect_column_type_to_be": GxRules.table(["column", "type_"]) { columnType($0) },
        "expect_column_values_to_be_in_type_list": GxRules.table(["column", "type_list"]) { columnType($0) },
        "unexpected_rows_expectation": GxRules.table(["unexpected_rows_query"], isAboutRows: true) { query($0) },
        "expect_query_results_to_match_comparison": GxRules.none(comparison),
        "expect_query_results_to_match_source": GxRules.none(comparison),
    ]

    private static let comparison =
        "it compares two queries: make a view of each, then same_rows or assay compare"

    private static func columns(_ expectation: GxExpectation, isOrdered: Bool) -> RuleConversion {
        let names = expectation.columns
        guard !names.isEmpty else { return .notConverted("it names no columns") }
        var members: [JSONValue.Member] = [.init("columns", .array(names.map(JSONValue.string)))]
        if isOrdered { members.append(.init("ordered", true)) }
        if expectation["exact_match"] == false { members.append(.init("allow_extra", true)) }
        return RuleConversion(expectation.value("column_set", .object(members)))
    }

    private static func count(_ kind: String, _ expectation: GxExpectation) -> RuleConversion {
        guard let bounds = GxBounds(expectation)?.wholes else { return .notConverted(GxBounds.missing) }
        return RuleConversion(expectation.value(kind, bounds))
    }

    private static func equals(_ kind: String, _ expectation: GxExpectation) -> RuleConversion {
        guard let number = expectation.text("value").flatMap(DecimalText.init)?.whole, number >= 0 else {
            return .notConverted("its value is no number of rows or columns")
        }
        return RuleConversion(expectation.value(kind, ["equals": .number(String(number))]))
    }

    private static func otherTable(_ expectation: GxExpectation) -> RuleConversion {
        guard var other = expectation.text("other_table_name").flatMap(QualifiedTable.init(parsing:)) else {
            return .notConverted("it names no other table")
        }
        other.schema = other.schema ?? expectation.dataset.schema
        return RuleConversion(expectation.value("same_row_count", ["as": .string(other.text)]))
            .approximated(
                expectation.condition == nil ? nil : "its row_condition leaves out rows of this table only")
    }

    private static func columnType(_ expectation: GxExpectation) -> RuleConversion {
        guard let column = expectation.text("column") else { return .notConverted("it names no column") }
        let names =
            [expectation.text("type_")].compactMap(\.self)
            + (expectation.list("type_list") ?? []).compactMap(\.scalarText)
        let types = names.map { (name: $0, type: GxColumnType($0)) }
        let unknown = types.filter { $0.type == nil }.map(\.name)
        let known = types.compactMap(\.type)
        guard !known.isEmpty else {
            return .notConverted(
                names.isEmpty ? "it names no type" : "no known type of PostgreSQL: \(names.joined(separator: ", "))")
        }
        var spellings: [String] = []
        for spelling in known.flatMap(\.spellings) where !spellings.contains(spelling) { spellings.append(spelling) }
        let argument: JSONValue =
            spellings.count == 1 ? .string(spellings[0]) : .array(spellings.map(JSONValue.string))
        let isForeign = known.contains { !$0.isOfPostgres }
        return RuleConversion(expectation.value("column_type", column: column, ["type": argument]))
            .approximated(
                isForeign ? "a type of another system stands for \(spellings.joined(separator: " or "))" : nil
            )
            .noted(unknown.isEmpty ? nil : "left out, as not known: \(unknown.joined(separator: ", "))")
    }

    private static func query(_ expectation: GxExpectation) -> RuleConversion {
        guard let text = expectation.text("unexpected_rows_query") else { return .notConverted("it has no query") }
        guard expectation.condition == nil else {
            return .notConverted("its row_condition would have to be written into the query")
        }
        // Python's str.format, in which a doubled brace is one.
        var sql = text.replacing("{batch}", with: expectation.dataset.sql)
            .replacing("{{", with: "{").replacing("}}", with: "}")
        while let last = sql.last, last.isWhitespace || last == ";" { sql.removeLast() }
        guard !sql.isEmpty else { return .notConverted("it has no query") }
        return RuleConversion(
            ImportedQuery(
                id: expectation.dataset.queryID("unexpected rows"), dataset: expectation.dataset.text,
                sql: String(sql.drop(while: \.isWhitespace))))
    }
}
