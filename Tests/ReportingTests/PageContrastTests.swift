import Foundation
import Reporting
import Testing

/// Pages can be read by those who see little: every text colour has a contrast of 4.5 to what is behind it (WCAG 2.2, 1.4.3), on
/// light and dark screens and on paper.
struct PageContrastTests {
    private static let texts = ["ink", "quiet", "one", "two", "good", "bad", "warn", "unknown"]

    /// The colours of each palette: light, dark and print.
    private static var palettes: [[String: String]] {
        let page = Page(title: "", body: "").text
        var palettes: [[String: String]] = []
        for block in page.matches(of: #/:root \{(?<body>[^}]*)\}/#) {
            // Dark and print say only what is different from light.
            var colors = palettes.first ?? [:]
            for pair in block.body.matches(of: #/--(?<name>[a-z]+): (?<color>#[0-9a-f]{3,6})/#) {
                colors[String(pair.name)] = String(pair.color)
            }
            palettes.append(colors)
        }
        return palettes
    }

    /// The relative luminance of a colour such as `#0b5cad` or `#fff`.
    private func luminance(_ color: String) throws -> Double {
        let digits = color.dropFirst()
        let pairs =
            digits.count == 3
            ? digits.map { "\($0)\($0)" }
            : stride(from: 0, to: 6, by: 2).map { String(digits.dropFirst($0).prefix(2)) }
        let channels = try pairs.map { pair -> Double in
            let value = Double(try #require(Int(pair, radix: 16))) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    private func contrast(_ one: String, _ other: String) throws -> Double {
        let (first, second) = (try luminance(one), try luminance(other))
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }

    @Test func blackOnWhiteIsTwentyOne() throws {
        #expect(abs(try contrast("#000", "#ffffff") - 21) < 1e-9)
        // The grey that is just enough on white.
        #expect(try contrast("#767676", "#ffffff") > 4.5 && contrast("#777777", "#ffffff") < 4.5)
    }

    @Test func everyTextCanBeRead() throws {
        #expect(Self.palettes.count == 3)
        for palette in Self.palettes {
            let paper = try #require(palette["paper"])
            for name in Self.texts {
                let color = try #require(palette[name])
                #expect(try contrast(color, paper) >= 4.5, "\(name) \(color) on \(paper)")
            }
            // Cells of the worst days are the other way round; lines need 3 (1.4.11) where they say something.
            #expect(try contrast(paper, try #require(palette["bad"])) >= 4.5)
        }
    }
}
