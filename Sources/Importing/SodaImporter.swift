import ExactJSON

/// Makes suites of Soda's files: checks in SodaCL (Soda 3) and data contracts (Soda 4).
package enum SodaImporter {
    /// What becomes of the files; those that are no YAML are left out.
    ///
    /// Variables, filters and settings of columns hold for the checks of all files, as in one scan. A name in SodaCL
    /// without quotes is folded to lower case, as PostgreSQL does with it; contracts name things as they are.
    package static func project(from sources: [ImportSource]) -> ImportedProject {
        var documents: [(path: String, content: JSONValue)] = []
        for source in sources {
            if case .document(let content) = source.content { documents.append((path: source.path, content: content)) }
        }
        let checkFiles = documents.map { $0.content }.filter { !SodaContract.isContract($0) }
        let variables = SodaVariables(sodaCL: checkFiles)
        let settings = SodaCheckSettings(checkFiles.map { variables.resolved($0) })
        var project = ImportedProject()
        for (path, content) in documents {
            if !SodaContract.isContract(content) {
                let file = SodaCheckFile(path: path, document: variables.resolved(content), settings: settings)
                file.add(to: &project)
            } else if let contract = SodaContract(path: path, content) {
                contract.add(to: &project)
            } else {
                project.note(path, .notConverted, "its dataset has no name")
            }
        }
        SodaIdentifiers.makeUnique(in: &project)
        return project
    }
}
