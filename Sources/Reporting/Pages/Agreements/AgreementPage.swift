package import ServiceLevels

/// A report on an agreement as a page: the scorecard first, then days, budget, downtime, incidents and what does not count.
package struct AgreementPage {
    private let statuses: [AgreementStatus]
    private let name: String

    /// - Parameters:
    ///   - statuses: Of agreements in one period.
    ///   - name: Of the period.
    package init(_ statuses: [AgreementStatus], period name: String) {
        self.statuses = statuses
        self.name = name
    }

    /// The document; the same bytes for the same figures.
    package var text: String {
        let sections = statuses.map { AgreementSection(status: $0).html }.joined(separator: "\n")
        let body: HTML = """
            <header><h1>Service levels, \(name)</h1></header>
            <main>
            \(sections)
            </main>
            """
        return Page(title: "Service levels, \(name)", body: body).text
    }
}
