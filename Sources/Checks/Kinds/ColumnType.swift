import Catalog

/// `column_type`: a column has a given type.
package struct ColumnType: CheckKind {
    package static let definition = KindDefinition(
        "column_type", "The column has this type",
        scope: .column,
        source: .catalog,
        parameters: [
            Parameter(
                "type", .texts, isRequired: true,
                "the type as in SQL, such as numeric(12,2), or a list of types of which it is one")
        ],
        shorthand: ["type"],
        quantities: [.count],
        semantics: """
            Read from the catalog; looks at no row. A type without a modifier fits any: numeric fits numeric(12,2). \
            Usual short names are known: int, varchar, timestamptz.
            """,
        dimension: .variety,
        noun: "columns",
        otherNames: [
            "expect_column_values_to_be_of_type", "data_type", "physicalType",
            "expect_column_type_to_be", "expect_column_values_to_be_in_type_list",
        ],
        example: KindExample(
            "{column_type: {column: amount, type: 'numeric(10,2)'}}", gives: "pass: 0 of 1")
    )

    private let wanted: [TypeName]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        wanted = try arguments.required("type", arguments.list("type")).map(TypeName.init)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let actual = TypeName(column.type.formatted)
        let fits = wanted.contains { $0.fits(actual) }
        return .settled(
            failing: fits ? 0 : 1,
            total: 1,
            reason: "column \"\(column.name)\" is \(column.type.formatted)"
                + (fits ? "" : ", not \(wanted.map(\.spelling).joined(separator: " or "))")
        )
    }

    /// A type's name brought to PostgreSQL's own spelling, so that two spellings of one type are equal.
    private struct TypeName: Sendable {
        var spelling: String
        private var name: String
        private var modifier: String
        private var isArray: Bool

        init(_ text: String) {
            spelling = text
            var rest = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            isArray = rest.hasSuffix("[]")
            while rest.hasSuffix("[]") { rest = String(rest.dropLast(2)) }
            modifier = ""
            if let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
                modifier = rest[rest.index(after: open)..<close].filter { $0 != " " }
                rest.removeSubrange(open...close)
                rest = rest.split(separator: " ").joined(separator: " ")
            }
            if rest.hasPrefix("pg_catalog.") { rest = String(rest.dropFirst("pg_catalog.".count)) }
            name = Self.ownSpelling[rest] ?? rest
        }

        func fits(_ actual: TypeName) -> Bool {
            let unqualified = actual.name.split(separator: ".").last.map(String.init)
            let hasName = name == actual.name || (!name.contains(".") && name == unqualified)
            return hasName && isArray == actual.isArray && (modifier.isEmpty || modifier == actual.modifier)
        }

        private static let ownSpelling = [
            "int": "integer", "int4": "integer", "int8": "bigint", "int2": "smallint", "serial": "integer",
            "bigserial": "bigint", "varchar": "character varying", "char": "character", "bpchar": "character",
            "decimal": "numeric", "dec": "numeric", "float8": "double precision", "float": "double precision",
            "float4": "real", "bool": "boolean", "timestamptz": "timestamp with time zone",
            "timestamp": "timestamp without time zone", "timetz": "time with time zone",
            "time": "time without time zone", "varbit": "bit varying",
        ]
    }
}
