import ArgumentParser
import Checks
import Reporting
import StructuredSQL

/// `assay kinds`: what kinds of check there are.
struct KindsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kinds",
        abstract: "List the kinds of check, or explain one.",
        discussion: """
            A name that another tool uses is explained as what it is here:

              assay kinds in_range
              assay kinds expect_column_values_to_be_between
            """)

    /// How the kinds are written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case pretty, markdown
    }

    @Argument(help: ArgumentHelp("The kind to explain.", valueName: "name"))
    var name: String?

    @Option(help: "pretty, or markdown for a page of all kinds.")
    var format = Format.pretty

    @Flag(help: "Print the SQL of the small database that the examples run on.")
    var exampleData = false

    @Flag(help: "Print a page of what the checks of other tools are here.")
    var elsewhere = false

    @Option(help: "When to colour: auto, always or never.")
    var color: ColorChoice = .auto

    func run() throws {
        if exampleData { return Console.write(ExampleData.script.literalText + ";\n") }
        if elsewhere { return Console.write(OtherToolsPage.text) }
        let text = KindText(style: Console.style(color))
        guard let name else { return Console.write(format == .markdown ? KindPage.text : text.list) }
        if let kind = KindCatalogue.kind(named: name) { return Console.write(text.text(of: kind.definition)) }
        guard let kind = KindCatalogue.ourName(for: name).flatMap(KindCatalogue.kind(named:)) else {
            throw CommandFailure(
                .usage, "there is no kind \"\(name)\"", hint: Suggestion.hint(for: name, among: KindCatalogue.names))
        }
        Console.write(
            "\(TerminalText.harmless(name)) is \(kind.definition.name) here.\n\n" + text.text(of: kind.definition))
    }
}
