package import ExactJSON

/// What the server computed of one part of the rows.
package struct ModelFigure: Sendable {
    /// What it is about.
    package enum Kind: String, Sendable, Hashable {
        /// Means over rows, or over queries, and how far they vary.
        case units
        /// Rows by label and predictions.
        case cells
        /// The areas under both curves.
        case areas
        /// What one model's curves come to.
        case curves
        /// How far the models' scores are apart.
        case distances
    }

    package var kind: Kind
    /// The position of the slice's column; -1 of all rows.
    package var part: Int
    /// The slice's value; `nil` is NULL.
    package var value: String?
    private let figures: JSONValue

    /// - Parameters:
    ///   - kind: What it is about.
    ///   - part: The position of the slice's column; -1 of all rows.
    ///   - value: The slice's value.
    ///   - figures: Figures by name.
    package init(_ kind: Kind, part: Int, value: String?, figures: JSONValue) {
        self.kind = kind
        self.part = part
        self.value = value
        self.figures = figures
    }

    /// A number; `nil` where it is NULL, or none.
    func number(_ name: String) -> Double? { figures[name]?.scalarText.flatMap(Double.init) }

    /// A document; `nil` where there is none.
    func document(_ name: String) -> JSONValue? { figures[name] }

    func count(_ name: String) -> Int { number(name).map { Int($0) } ?? 0 }

    func text(_ name: String) -> String { figures[name]?.scalarText ?? "" }
}
