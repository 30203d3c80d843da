import ArgumentParser
import CheckFiles
import ExactJSON

/// `assay schema`: the JSON Schema of the YAML files.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of assay.yaml and the suites, for editors.",
        discussion: """
            Save it beside the suites and name it in their first line:

              # yaml-language-server: $schema=assay.schema.json
            """)

    func run() {
        Console.write(JSONSchema.document.indentedText + "\n")
    }
}
