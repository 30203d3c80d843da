import Comparison
import ExactJSON
import Statistics

/// A comparison of models as a part of a page: the verdict and why, figures, curves, slices, and the rows behind it.
struct ModelPage {
    let result: ModelResult
    /// Disagreements to show, at most.
    let rowCount: Int

    var html: HTML {
        let comparison = result.comparison
        let parts: [HTML?] = [
            header, coverage, metrics, ModelCurves(result: result).html, slices, disagreements,
        ]
        return """
            <section aria-label="\(comparison.label)">
            \(parts.compactMap(\.self).joined(separator: "\n"))
            </section>
            """
    }

    // MARK: Verdict

    private var header: HTML {
        let comparison = result.comparison
        let reasons = result.reasons.map { "<li>\($0)</li>" as HTML }.joined()
        let description: HTML = comparison.description.map { "<p>\($0)</p>" } ?? ""
        let look: HTML =
            (result.look ?? 1) > 1
            ? "<p class=\"warn\">Look \(result.look ?? 1) at these versions: every look at more rows makes a verdict by luck likelier.</p>"
            : ""
        return """
            <h2>\(comparison.label)</h2>
            <p class="verdict \(verdict.look)">\(verdict.text)</p>
            <ul>\(reasons)</ul>
            \(description)\(look)
            <p class="quiet">Champion: \(input(comparison.champion)). Challenger: \(input(comparison.challenger)). \
            Task: \(comparison.task.rawValue). Data as of \(result.takenAt ?? "never").</p>
            """
    }

    private var verdict: (look: HTML, text: String) {
        switch result.verdict {
        case .promote: ("good", "✓ Promote the challenger")
        case .hold: ("warn", "– Hold: keep the champion")
        case .reject: ("bad", "✗ Reject the challenger")
        case .inconclusive: ("unknown", "? Inconclusive")
        }
    }

    private func input(_ input: ModelInput) -> HTML {
        "<code>\(input.column)</code> of \(input.side.label)\(input.version.map { ", version \($0)" } ?? "")"
    }

    // MARK: Figures

    private var coverage: HTML? {
        guard let coverage = result.coverage else { return nil }
        func count(_ number: Int) -> HTML { HTML(text: NumberText.grouped(number)) }
        let models = [("champion", coverage.champion), ("challenger", coverage.challenger)]
        let share = coverage.share.map { NumberText.percent($0) } ?? "none"
        let rows = models.map { name, model -> [HTML] in
            [
                HTML(text: name), count(model.missing), count(model.null), count(model.invalid), count(model.orphans),
            ]
        }
        return """
            <h3>Which rows</h3>
            <p>\(NumberText.grouped(coverage.complete)) of \(NumberText.grouped(coverage.labelled)) rows have both predictions \
            (\(share)); \(NumberText.grouped(coverage.unlabelled)) have no label yet, \
            \(NumberText.grouped(coverage.invalidLabels)) a label that is none.</p>
            \(HTML.table(
                caption: "Predictions that are not there", head: ["model", "missing", "NULL", "invalid", "for no row"], rows: rows,
                numbers: [1, 2, 3, 4]))
            """
    }

    private var metrics: HTML? {
        guard !result.metrics.isEmpty else { return nil }
        let judged = result.metrics.filter { !$0.metric.isDistance }
        let apart = result.metrics.filter(\.metric.isDistance)
        let quality: HTML = judged.isEmpty ? "" : table(judged, caption: "Metrics of both models on the same rows")
        let distances: HTML =
            apart.isEmpty ? "" : table(apart, caption: "How far the challenger is from the champion", isDistance: true)
        return "<h3>Metrics</h3>\n\(quality)\n\(distances)"
    }

    private func table(_ estimates: [MetricEstimate], caption: String, isDistance: Bool = false) -> HTML {
        let confidence = result.comparison.confidence
        let percent = HTML(text: "\(ModelText.short(confidence * 100)) % interval")
        let head: [HTML] =
            isDistance
            ? ["metric", "distance", percent, "rows"]
            : ["metric", "champion", "challenger", "gain", percent, "p", "test", "detectable", "rows"]
        let rows = estimates.map { one -> [HTML] in
            let interval = one.interval(confidence: confidence)
            let name: HTML =
                one.metric == result.comparison.primary.metric && one.slice == nil
                ? "<strong>\(one.metric.rawValue)</strong> (primary)" : HTML(text: one.metric.rawValue)
            func cell(_ text: String) -> HTML { HTML(text: text) }
            if isDistance {
                let range =
                    interval.map { "\(ModelText.number(max(0, -$0.high))) … \(ModelText.number(-$0.low))" } ?? ""
                return [
                    name, cell(ModelText.number(one.challenger)), cell(range), cell(NumberText.grouped(one.rows)),
                ]
            }
            return [
                one.undefined.map { "\(name)<br><span class=\"quiet\">\($0)</span>" } ?? name,
                cell(ModelText.number(one.champion)), cell(ModelText.number(one.challenger)),
                cell(ModelText.signed(one.gain)),
                cell(interval.map { "\(ModelText.signed($0.low)) … \(ModelText.signed($0.high))" } ?? ""),
                cell(ModelText.probability(one.probability)), cell(one.test ?? ""),
                cell(ModelText.number(one.detectable(confidence: confidence))), cell(NumberText.grouped(one.rows)),
            ]
        }
        return HTML.table(
            caption: HTML(text: caption), head: head, rows: rows,
            numbers: isDistance ? [1, 2, 3] : [1, 2, 3, 4, 5, 7, 8])
    }

    // MARK: Slices

    private var slices: HTML? {
        guard !result.slices.isEmpty else { return nil }
        let confidence = result.comparison.confidence
        let metrics = result.slices.map(\.metric).reduce(into: [ModelMetric]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let plots = metrics.compactMap { metric -> HTML? in
            let margin = result.comparison.guardrails.first { $0.metric == metric && !$0.by.isEmpty }?.margin
            let all = result.metrics.filter { $0.metric == metric } + result.slices.filter { $0.metric == metric }
            let rows = all.compactMap { one -> ForestPlot.Row? in
                guard let gain = one.gain, let interval = one.interval(confidence: confidence) else { return nil }
                let name = one.slice.map { "\($0.column) = \($0.value ?? "NULL")" } ?? "all rows"
                let p = one.adjusted.map { "p \(ModelText.probability($0)) (Holm)" } ?? ""
                return ForestPlot.Row(
                    name: TerminalText.cut(TerminalText.harmless(name), to: 32), value: gain, low: interval.low,
                    high: interval.high, limit: one.slice == nil ? nil : margin,
                    note: p.isEmpty ? "\(NumberText.grouped(one.rows)) rows" : p)
            }
            guard !rows.isEmpty else { return nil }
            return ForestPlot(
                title: "What the challenger gains of \(metric.rawValue), by slice",
                summary: "Gains of \(metric.rawValue) with intervals: "
                    + rows.map { "\($0.name) \(ModelText.signed($0.value))" }.joined(separator: ", "),
                rows: rows
            ).html
        }
        guard !plots.isEmpty else { return nil }
        return """
            <h3>Slices</h3>
            <p class="quiet">Right of 0 the challenger wins; the short line is what a slice may lose.</p>
            \(plots.joined(separator: "\n"))
            """
    }

    // MARK: Rows

    private var disagreements: HTML? {
        let shown = Array(result.disagreements.prefix(rowCount))
        guard !shown.isEmpty else { return nil }
        let documents = shown.map { ModelText.row($0, of: result.comparison) }
        let names = documents[0].members.map(\.name)
        let rows = documents.map { document in
            names.map { HTML(text: document[$0].map(DiffText.cell) ?? "") }
        }
        return """
            <h3>Where the models disagree most</h3>
            \(HTML.table(caption: "Rows of the truth with what both models say", head: names.map { HTML(text: $0) }, rows: rows))
            """
    }
}
