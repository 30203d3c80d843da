package import Checks
package import Comparison
package import ExactJSON
import StructuredSQL

/// What came of one comparison, of relations or of models.
package enum ComparisonReport: Sendable {
    case diff(DiffResult)
    case model(ModelResult)

    package var label: String {
        switch self {
        case .diff(let result): result.diff.name
        case .model(let result): result.comparison.label
        }
    }

    /// What it is called in its file.
    package var declaredName: String {
        switch self {
        case .diff(let result): result.diff.name
        case .model(let result): result.comparison.name
        }
    }

    /// `same`, `different`, `incomplete`, or the verdict on the challenger.
    package var verdict: String {
        switch self {
        case .diff(let result): result.outcome.rawValue
        case .model(let result): result.verdict.rawValue
        }
    }

    /// Why, in sentences without a full stop.
    package var reasons: [String] {
        switch self {
        case .diff(let result): result.reasons
        case .model(let result): result.reasons
        }
    }

    package var source: String {
        switch self {
        case .diff(let result): result.diff.source.description
        case .model(let result): result.comparison.source.description
        }
    }

    /// `pass`, `fail` or `error`; of models any verdict passes unless one is required.
    package func outcome(requiring verdict: ModelResult.Verdict?) -> Outcome {
        switch self {
        case .diff(let result):
            switch result.outcome {
            case .same: .pass
            case .different: .fail
            case .incomplete: .error
            }
        case .model(let result):
            result.problems.isEmpty ? verdict == nil || verdict == result.verdict ? .pass : .fail : .error
        }
    }

    /// For people.
    package func text(style: TerminalStyle, rowCount: Int) -> String {
        switch self {
        case .diff(let result): DiffText(result, style: style, rowCount: rowCount).text
        case .model(let result): ModelText(result, style: style, rowCount: rowCount).text
        }
    }

    /// As a part of a page.
    func html(rowCount: Int) -> HTML {
        switch self {
        case .diff(let result): DiffPage(result: result, rowCount: rowCount).html
        case .model(let result): ModelPage(result: result, rowCount: rowCount).html
        }
    }

    package var document: JSONValue {
        switch self {
        case .diff(let result): DiffJSON(result).document
        case .model(let result): ModelJSON(result).document
        }
    }
}
