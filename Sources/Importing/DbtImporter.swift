import ExactJSON

/// Reads the files of a dbt project: its data tests, the freshness of its sources, and its tests in SQL.
package enum DbtImporter {
    /// Converts whatever can be: tests of dbt, dbt_utils and dbt_expectations, freshness, and singular tests.
    ///
    /// Tests are those of the files of properties; without any, those of `target/manifest.json`. Relations are named by
    /// the manifest where there is one.
    ///
    /// - Parameter sources: The files that were read.
    /// - Returns: Suites and queries, and what became of every test.
    package static func project(from sources: [ImportSource]) -> ImportedProject {
        let project = DbtProject(sources)
        let resources = project.properties.map { DbtResource.all(in: $0, of: project) }
        let catalog = DbtCatalog(project, resources.flatMap(\.self))
        var assembly = DbtAssembly(catalog)
        for (file, resources) in zip(project.properties, resources) {
            add(resources, of: file, project, catalog, to: &assembly)
        }
        if project.properties.isEmpty, let manifest = project.manifest { add(manifest, catalog, to: &assembly) }
        var singular = DbtSingularTest.all(in: project)
        if singular.isEmpty, let manifest = project.manifest { singular = DbtSingularTest.all(in: manifest) }
        for test in singular { assembly.add(test) }
        return assembly.project
    }

    /// Everything that a file of properties asks for.
    private static func add(
        _ resources: [DbtResource], of file: DbtProject.File<JSONValue>, _ project: DbtProject, _ catalog: DbtCatalog,
        to assembly: inout DbtAssembly
    ) {
        let kinds = ["model-paths", "seed-paths", "snapshot-paths"]
        let folders = kinds.compactMap { project.below(file.folders, $0) }.first ?? []
        let inherited = project.config(["tests", "data_tests"], folders)
        for resource in resources {
            if let freshness = DbtFreshness(resource, in: catalog) { assembly.add(freshness) }
            for test in tests(on: resource, inherited, catalog) { assembly.add(test) }
            assembly.describe(resource)
        }
        for test in file.content["unit_tests"]?.elements ?? [] {
            leaveOut("\(file.path): \(test["name"]?.scalarText ?? "?")", of: &assembly)
        }
    }

    /// The tests on a resource and on its columns, in the order of the file.
    private static func tests(on resource: DbtResource, _ inherited: DbtConfig, _ catalog: DbtCatalog) -> [DbtTest] {
        let whole = resource.tests.map {
            DbtTest($0, on: resource, column: nil, in: catalog, inheriting: inherited)
        }
        let columns = resource.columns.flatMap { column -> [DbtTest] in
            var config = inherited
            // The tags of a column are those of its tests, too.
            for tags in [column["tags"], column["config"]?["tags"]] { config.set("tags", tags ?? .array([])) }
            return DbtResource.tests(of: column).map {
                DbtTest($0, on: resource, column: DbtTest.sql(ofColumn: column), in: catalog, inheriting: config)
            }
        }
        let names = resource.properties.members.map(\.name)
        let first = names.first { ["columns", "tests", "data_tests"].contains($0) }
        return first == "columns" ? columns + whole : whole + columns
    }

    /// Everything that the manifest asks for, but for files of SQL.
    private static func add(_ manifest: DbtManifest, _ catalog: DbtCatalog, to assembly: inout DbtAssembly) {
        for node in manifest.relations {
            if let freshness = DbtFreshness(node) { assembly.add(freshness) }
        }
        for node in manifest.tests {
            if let test = DbtTest(node, of: manifest, in: catalog) { assembly.add(test) }
        }
        for test in manifest.unitTests { leaveOut(test, of: &assembly) }
    }

    private static func leaveOut(_ unitTest: String, of assembly: inout DbtAssembly) {
        assembly.leaveOut("\(unitTest) unit test", because: "a unit test is about a model's SQL, not about data")
    }
}
