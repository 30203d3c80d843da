import Catalog

/// `enum_labels`: an enum has the labels it should.
package struct EnumLabels: CheckKind {
    package static let definition = KindDefinition(
        "enum_labels", "The column's enum type has exactly these labels",
        scope: .column,
        source: .catalog,
        parameters: [
            Parameter("labels", .values, isRequired: true, "the labels"),
            Parameter("ordered", .boolean, "in this order"),
        ],
        shorthand: ["labels"],
        quantities: [.count],
        semantics: "Read from the catalog; looks at no row. Each label that is missing, or not in the list, fails.",
        dimension: .variety,
        noun: "labels",
        otherNames: ["enum_labels_equal"],
        example: KindExample(
            "{enum_labels: {column: stage, labels: [open, packed, sent, returned]}}", on: "shop.events",
            gives: "fail: 1 of 4")
    )

    private let labels: [String]
    private let isOrdered: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        labels = try arguments.required("labels", arguments.list("labels"))
        isOrdered = arguments.flag("ordered")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let present = column.type.enumLabels
        guard !present.isEmpty else {
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), not an enum")
        }
        let missing = labels.filter { !present.contains($0) }
        let extra = present.filter { !labels.contains($0) }
        let isMisplaced = isOrdered && missing.isEmpty && extra.isEmpty && present != labels
        let problems = [
            missing.isEmpty ? nil : "has no label \(missing.quotedList)",
            extra.isEmpty ? nil : "also has \(extra.quotedList)",
            isMisplaced ? "has its labels in another order" : nil,
        ].compactMap(\.self)
        return .settled(
            failing: missing.count + extra.count + (isMisplaced ? 1 : 0), total: max(present.count, labels.count),
            reason: problems.isEmpty
                ? "type \(column.type.formatted) has these labels"
                : "type \(column.type.formatted) \(problems.joined(separator: " and "))")
    }
}
