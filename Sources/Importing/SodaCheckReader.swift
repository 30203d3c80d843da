import ExactJSON

/// Makes ours of the checks of a dataset in SodaCL.
struct SodaCheckReader: Sendable {
    let dataset: SodaDataset
    /// The condition of the partition that the checks are for.
    let filter: String?
    let settings: SodaCheckSettings

    /// What is there of a check.
    func result(of text: String, _ configuration: JSONValue) throws(SodaRefusal) -> SodaResult {
        try requireValues([.string(text), configuration])
        guard let check = SodaCheckText(parsing: text) else {
            throw SodaRefusal("it is not written as a check of SodaCL")
        }
        let subject = subject(of: configuration)
        switch check {
        case .metric(let name, let arguments, let threshold):
            return try metric(name, arguments, threshold, configuration, subject)
        case .change(let former, let metric):
            return try change(former, metric, configuration, subject)
        case .anomaly(let metric):
            return try anomaly(metric, configuration, subject)
        case .sameRowCount(let table, let partition, let source):
            return try sameRowCount(as: table, partition, source, subject)
        case .reference(let columns, let mustExist, let table, let targets):
            return reference(columns, mustExist, table, targets, subject)
        case .freshness(let column, let variable, let threshold):
            return try freshness(column, variable, threshold, configuration, subject)
        case .schema:
            return try schema(configuration, subject)
        case .failedRows:
            return try failedRows(configuration, subject)
        case .groupBy:
            throw SodaRefusal("it has no checks")
        case .groupEvolution:
            return try groupEvolution(configuration, subject)
        }
    }

    /// What is there of a check on the groups of a query.
    func groupBy(
        _ configuration: JSONValue, _ text: String, _ check: JSONValue
    ) throws(SodaRefusal) -> SodaResult {
        try requireValues([configuration["query"] ?? .null, .string(text), check])
        guard let query = configuration["query"]?.scalarText else { throw SodaRefusal("it has no query") }
        guard case .metric(let column, _, let threshold)? = SodaCheckText(parsing: text) else {
            throw SodaRefusal("it is no check on a column of the query")
        }
        let levels = try SodaLevels(sodaCL: threshold, check)
        var subject = SodaSubject(dataset: dataset)
        subject.name = check["name"]?.scalarText
        var result = subject.groups(of: query, column: SodaName.folded(column), levels)
        if configuration["group_limit"] != nil { result.remarks.append("any number of groups is judged") }
        return result
    }

    private func requireValues(_ parts: [JSONValue]) throws(SodaRefusal) {
        try SodaVariables.requireValues(in: parts + [.string(filter ?? ""), .string(dataset.name)])
    }

    /// The rows that a check is about, by its own filter and that of its partition.
    private func subject(of configuration: JSONValue) -> SodaSubject {
        var subject = SodaSubject(dataset: dataset)
        subject.filters = [filter, configuration["filter"]?.scalarText].compactMap(\.self)
        subject.name = configuration["name"]?.scalarText
        subject.keep = configuration["samples limit"]?.scalarText.flatMap { SodaText.number($0) }
        subject.keptColumns = (configuration["samples columns"]?.elements ?? []).compactMap(\.scalarText)
        return subject
    }

    // MARK: Other datasets

    private func sameRowCount(
        as table: String, _ partition: String?, _ source: String?, _ subject: SodaSubject
    ) throws(SodaRefusal) -> SodaResult {
        guard source == nil else { throw SodaRefusal("the other dataset is in another data source") }
        let other = SodaDataset(sodaCL: table)
        var parameters = [JSONValue.Member("as", .string(other.name))]
        if let partition {
            guard let condition = settings.filter(of: other, partition: partition) else {
                throw SodaRefusal("the filter [\(partition)] is not declared")
            }
            parameters.append(JSONValue.Member("as_where", .string(condition)))
        }
        var result = SodaResult()
        result.checks = [ImportedCheck("same_row_count", .object(parameters), options: subject.valueOptions())]
        return result
    }

    private func reference(
        _ columns: [String], _ mustExist: Bool, _ table: String, _ targets: [String], _ subject: SodaSubject
    ) -> SodaResult {
        let names = columns.map { SodaName.folded($0) }
        var parameters: [JSONValue.Member] = []
        if names.count > 1 { parameters.append(JSONValue.Member("columns", .array(names.map { .string($0) }))) }
        parameters += [
            JSONValue.Member("to", .string(SodaDataset(sodaCL: table).name)),
            JSONValue.Member("to_columns", .array(targets.map { .string(SodaName.folded($0)) })),
        ]
        // A key that is NULL in part fails, one that is NULL as a whole passes.
        if mustExist, names.count > 1 { parameters.append(JSONValue.Member("match", "full")) }
        var result = SodaResult()
        result.checks = [
            ImportedCheck(
                mustExist ? "references" : "absent_from", column: names.count == 1 ? names[0] : nil,
                .object(parameters), options: subject.rowOptions())
        ]
        return result
    }

    // MARK: Rows that fail

    private func failedRows(_ configuration: JSONValue, _ subject: SodaSubject) throws(SodaRefusal) -> SodaResult {
        let hasLevel = ["warn", "fail"].contains { configuration[$0]?.scalarText != nil }
        let levels = try hasLevel ? SodaLevels(sodaCL: "", configuration) : .anyRow
        if let condition = configuration["fail condition"]?.scalarText {
            return try subject.failingCondition(condition, .count, levels)
        }
        guard let query = configuration["fail query"]?.scalarText else {
            throw SodaRefusal("it has neither a condition nor a query")
        }
        return try subject.failingRows(query, .count, levels)
    }
}
