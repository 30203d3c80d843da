package import Catalog

/// `same_columns`: the relation has the columns of another one.
package struct SameColumns: CheckKind {
    package static let definition = KindDefinition(
        "same_columns", "The relation has the columns of another one, of the same types",
        scope: .dataset,
        source: .catalog,
        parameters: [
            Parameter("as", .relation, isRequired: true, "the other relation"),
            Parameter("except", .columns, "columns that do not count"),
            Parameter("ignore_types", .boolean, "names alone are compared"),
        ],
        shorthand: ["as"],
        quantities: [.count],
        semantics: """
            Read from the catalog; looks at no row. Each column fails that only one of them has, or that has another type; \
            the order does not count.
            """,
        dimension: .variety,
        noun: "columns",
        otherNames: ["SchemaMatch", "schema_matches_table"],
        example: KindExample(
            "{same_columns: {as: shop.orders, except: [name, email, phone]}}", on: "shop.customers",
            gives: "fail: 18 of 19")
    )

    private let other: OtherTable
    private let exceptions: [String]
    private let ignoresTypes: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        other = try OtherTable(arguments, parameter: "as")
        exceptions = arguments.list("except") ?? []
        ignoresTypes = arguments.flag("ignore_types")
    }

    package var otherRelations: [RelationName] { other.candidates }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let relation = try other.relation(for: subject)
        func types(_ relation: Relation) -> [String: String] {
            let columns = relation.columns.filter { !exceptions.contains($0.name) }
            return Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.type.formatted) })
        }
        let (own, others) = (types(subject.relation), types(relation))
        let onlyOwn = own.keys.filter { others[$0] == nil }.sorted()
        let onlyOther = others.keys.filter { own[$0] == nil }.sorted()
        let retyped = ignoresTypes ? [] : own.keys.filter { others[$0] != nil && others[$0] != own[$0] }.sorted()
        let problems =
            [
                onlyOwn.isEmpty ? nil : "only \(subject.relation.name) has \(onlyOwn.quotedList)",
                onlyOther.isEmpty ? nil : "only \(relation.name) has \(onlyOther.quotedList)",
            ].compactMap(\.self) + retyped.map { "\"\($0)\" is \(own[$0] ?? "") here and \(others[$0] ?? "") there" }
        return .settled(
            failing: onlyOwn.count + onlyOther.count + retyped.count, total: Set(own.keys).union(others.keys).count,
            reason: problems.isEmpty ? "the same \(own.count) columns" : problems.joined(separator: "; "))
    }
}
