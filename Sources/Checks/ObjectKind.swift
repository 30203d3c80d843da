extension CheckKind {
    /// The definition of a kind that looks at objects of the catalog instead of rows.
    static func objectDefinition(
        _ name: String, _ summary: String, parameters: [Parameter] = [], shorthand: [String] = [], semantics: String,
        noun: String, otherNames: [String], example: KindExample
    ) -> KindDefinition {
        KindDefinition(
            name, summary, scope: .dataset, source: .objects, parameters: parameters, shorthand: shorthand,
            semantics: "Looks at no row. \(semantics)", dimension: .veracity, judgesSingleRows: false,
            noun: noun, otherNames: otherNames, example: example)
    }
}
