import ExactJSON

/// Makes suites of the expectation suites of Great Expectations, in the form of its versions 0.x and 1.x.
///
/// A suite's dataset is the first of these that is one:
/// 1. a name in its `meta` that looks like `schema.table`: `dataset`, `table`, `table_name`, `data_asset_name`, with
///    `schema` or `schema_name` where the table stands alone, there or in what `meta` says of a batch;
/// 2. the file's name without what follows its last dot, if that looks like `schema.table`: `checks/shop.orders.json`;
/// 3. the suite's name. Of three parts or more the last one is taken for a level, as in `shop.orders.warning`; so is
///    the last of two if it is a usual word for one. Of what is left the last two parts are schema and table.
///
/// What an expectation asks is read as Great Expectations asks it of PostgreSQL, where its engines differ.
package enum GxImporter {
    /// Everything that the files hold: an item for each expectation.
    package static func project(from sources: [ImportSource]) -> ImportedProject {
        var project = ImportedProject()
        for source in sources { read(source, into: &project) }
        return project
    }

    private static func read(_ source: ImportSource, into project: inout ImportedProject) {
        guard case .document(let suite) = source.content, case .array(let expectations)? = suite["expectations"] else {
            project.note(source.path, .notConverted, "no suite: a JSON file with a list of expectations")
            return
        }
        guard let dataset = GxSuiteName(suite, path: source.path).dataset else {
            project.note(source.path, .notConverted, "neither the suite nor the file says which table it is about")
            return
        }
        for document in expectations {
            let expectation = GxExpectation(document, dataset: dataset)
            let item = "\(source.path): \(expectation.subject) \(expectation.type)"
            project.take(expectation.conversion, of: item, for: dataset.text)
        }
        guard let note = description(of: suite) else { return }
        let isThere = project.suites.contains { $0.dataset == dataset.text }
        if isThere { project.withSuite(dataset.text) { $0.description = $0.description ?? note } }
    }

    private static func description(of suite: JSONValue) -> String? {
        GxExpectation.note(in: suite["notes"]) ?? GxExpectation.note(in: suite["meta"]?["notes"])
    }
}
