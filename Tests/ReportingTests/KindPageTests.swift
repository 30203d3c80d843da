import Checks
import Foundation
import Reporting
import Testing

/// The docs' pages that are made from the kinds.
struct KindPageTests {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Checks").standardized

    @Test(arguments: [("Kinds/README.md", KindPage.text), ("OTHER-TOOLS.md", OtherToolsPage.text)])
    func pagesInTheRepositoryAreWhatTheKindsSay(name: String, text: String) throws {
        let file = Self.directory.appending(path: name)
        if ProcessInfo.processInfo.environment["ASSAY_UPDATE_GOLDEN"] != nil { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "make the page anew: CONTRIBUTING.md says how")
    }

    @Test
    func everyKindSaysWhatThereIsToSay() {
        for kind in KindCatalogue.all.map({ $0.definition }) {
            #expect(!kind.summary.hasSuffix("."), "\(kind.name)")
            #expect(!kind.semantics.isEmpty, "\(kind.name)")
            #expect(Set(kind.allParameters.map(\.name)).count == kind.allParameters.count, "\(kind.name)")
            for name in kind.otherNames {
                #expect(KindCatalogue.kind(named: name) == nil, "\(name) is a kind, and another name")
            }
        }
    }

    @Test
    func noOtherNameMeansTwoKinds() {
        let names = KindCatalogue.all.flatMap { kind in kind.definition.otherNames.map { ($0, kind.definition.name) } }
        for (name, kinds) in Dictionary(grouping: names, by: \.0) {
            #expect(Set(kinds.map(\.1)).count == 1, "\(name): \(kinds.map(\.1))")
        }
    }

    @Test
    func theTableOfOtherToolsNamesKindsThatExist() {
        let entries = OtherTools.families.flatMap(\.entries)
        for entry in entries {
            if case .kind(let kind, _) = entry.answer {
                #expect(KindCatalogue.kind(named: kind) != nil, "\(entry.name): \(kind)")
            }
        }
        let missing = entries.count { if case .none = $0.answer { true } else { false } }
        #expect(entries.count > 200 && missing * 20 <= entries.count)
    }
}
