import ExactJSON

/// What an indicator measures, in what can be asked here.
struct OpenSLOIndicator: Sendable, Hashable {
    /// The forms of a measurement.
    enum Measure: Sendable, Hashable {
        /// Results of checks of a project: slots, or rows.
        case checks([String], countsRows: Bool)
        /// A value that each objective compares with its own.
        case value(OpenSLOQuery)
        /// Good or bad rows of all.
        case share(OpenSLOQuery.Share, isBad: Bool)
        /// A ratio that is stored as one number.
        case stored(OpenSLOQuery, isBad: Bool)
    }

    let measure: Measure
    /// What had to be decided that the document leaves open.
    let difference: String?

    /// Reads an indicator.
    ///
    /// - Parameters:
    ///   - sli: A document, or what stands inline.
    ///   - slo: The objective, whose annotation may name checks, too.
    ///   - catalog: Where its data sources are.
    /// - Throws: ``PromiseRefusal`` for what only another tool can measure.
    init(_ sli: OpenSLOObject, of slo: OpenSLOObject, in catalog: OpenSLOCatalog) throws(PromiseRefusal) {
        if let annotated = [slo, sli].first(where: { $0.annotation(.checks) != nil }) {
            let checks = annotated.list(.checks)
            guard !checks.isEmpty else { throw PromiseRefusal("its annotation assay-checks names none") }
            (measure, difference) = (.checks(checks, countsRows: false), nil)
            return
        }
        let reader = Reader(catalog: catalog)
        switch (sli.spec.given("thresholdMetric"), sli.spec.given("ratioMetric")) {
        case (let metric?, nil):
            switch try reader.source(metric) {
            case .checks(let checks, let countsRows): measure = .checks(checks, countsRows: countsRows)
            case .query(let query): measure = .value(query)
            }
        case (nil, let metric?): measure = try reader.ratio(metric)
        case (nil, nil): throw PromiseRefusal("its indicator has neither thresholdMetric nor ratioMetric")
        default: throw PromiseRefusal("its indicator has both thresholdMetric and ratioMetric")
        }
        let sources =
            [sli.spec["thresholdMetric"]].compactMap(\.self) + (sli.spec["ratioMetric"]?.members.map(\.value) ?? [])
        let isTyped = sources.filter { $0["metricSource"] != nil }.allSatisfy { reader.type(of: $0) != nil }
        difference = isTyped ? nil : "no type says so: its query is taken for PostgreSQL's"
    }
}

extension OpenSLOIndicator {
    /// Reads metrics, whose types data sources may know.
    private struct Reader {
        let catalog: OpenSLOCatalog

        /// What a metric asks.
        enum Source: Hashable {
            case checks([String], countsRows: Bool)
            case query(OpenSLOQuery)
        }

        func type(of metric: JSONValue) -> String? {
            let source = metric["metricSource"]
            return source?["type"]?.scalarText
                ?? source?["metricSourceRef"]?.scalarText.flatMap {
                    catalog["DataSource", $0]?.spec["type"]?.scalarText
                }
        }

        func source(_ metric: JSONValue) throws(PromiseRefusal) -> Source {
            guard let source = metric["metricSource"] else { throw PromiseRefusal("a metric has no metricSource") }
            let spec = source["spec"] ?? .null
            let type = type(of: metric)
            if type?.lowercased() == "assay" {
                let checks =
                    spec["checks"]?.scalarText.map { [$0] } ?? (spec["checks"]?.elements ?? []).compactMap(\.scalarText)
                guard !checks.isEmpty else { throw PromiseRefusal("its metricSource of type assay names no checks") }
                return .checks(checks, countsRows: spec["of"]?.scalarText == "rows")
            }
            if type == nil, let name = source["metricSourceRef"]?.scalarText, catalog["DataSource", name] == nil {
                throw PromiseRefusal("there is no DataSource \(name), and its metric has no type")
            }
            guard type.map(OpenSLODataSource.isPostgreSQL) ?? true else {
                throw PromiseRefusal("its query is for \(type ?? ""), and no SQL of PostgreSQL")
            }
            guard let text = ["query", "sql", "statement"].compactMap({ spec[$0]?.scalarText }).first else {
                throw PromiseRefusal("its metricSource has no query")
            }
            return .query(try OpenSLOQuery(text))
        }

        func ratio(_ metric: JSONValue) throws(PromiseRefusal) -> Measure {
            switch (metric.given("good"), metric.given("bad"), metric.given("total"), metric.given("raw")) {
            case (let part?, nil, let total?, nil): return try ratio(of: part, isBad: false, total)
            case (nil, let part?, let total?, nil): return try ratio(of: part, isBad: true, total)
            case (nil, nil, nil, let raw?):
                let isBad = metric["rawType"]?.scalarText == "failure"
                guard isBad || metric["rawType"]?.scalarText == "success" else {
                    throw PromiseRefusal("its rawType is neither success nor failure")
                }
                switch try source(raw) {
                case .checks(let checks, let countsRows): return .checks(checks, countsRows: countsRows)
                case .query(let query): return .stored(query, isBad: isBad)
                }
            default: throw PromiseRefusal("its ratio has other parts than good and total, bad and total, or raw")
            }
        }

        private func ratio(
            of part: JSONValue, isBad: Bool, _ total: JSONValue
        ) throws(PromiseRefusal) -> Measure {
            switch (try source(part), try source(total)) {
            case (.checks(let checks, let countsRows), let other):
                guard other == .checks(checks, countsRows: countsRows) else {
                    throw PromiseRefusal("its two metrics are about different checks")
                }
                return .checks(checks, countsRows: countsRows)
            case (.query(let some), .query(let all)):
                guard let share = some.share(of: all) else {
                    throw PromiseRefusal(
                        "a ratio of two queries is no check, unless they are count(*) of one table's rows, all and those that meet a condition"
                    )
                }
                return .share(share, isBad: isBad)
            case (.query, .checks): throw PromiseRefusal("one of its metrics is a query, the other one is about checks")
            }
        }
    }
}
