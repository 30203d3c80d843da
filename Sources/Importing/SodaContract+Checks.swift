import ExactJSON

extension SodaContract {
    /// What is there of a check.
    func result(of type: String, _ body: JSONValue, under column: JSONValue?) throws(SodaRefusal) -> SodaResult {
        let filter = (document["filter"] ?? document["checks_filter"])?.scalarText
        try SodaVariables.requireValues(in: [.string(dataset.name), .string(filter ?? ""), body])
        var subject = SodaSubject(dataset: dataset)
        subject.filters = [filter, body["filter"]?.scalarText].compactMap(\.self)
        subject.name = body["name"]?.scalarText
        switch type {
        case "schema": return try schema(body, subject)
        case "row_count":
            return try subject.rowCount(SodaLevels(contract: body["threshold"], usual: .greater("0")))
        case "freshness": return try freshness(body, subject)
        case "failed_rows": return try failedRows(body, subject)
        case "metric": return try metric(body, subject)
        case "group_by": return try groupBy(body, subject)
        case "duplicate" where column == nil: return try duplicates(body, subject)
        case "missing", "invalid", "duplicate", "aggregate":
            guard let column, let name = column["name"]?.scalarText else {
                throw SodaRefusal("it stands under no column")
            }
            return try columnCheck(type, body, name, column, subject)
        default: throw SodaRefusal("Soda's contracts have no such check")
        }
    }

    /// What a threshold compares: formerly the check said it, now the threshold does.
    private func quantity(of body: JSONValue) -> SodaQuantity {
        (body["threshold"]?["metric"] ?? body["metric"])?.scalarText == "percent" ? .percent : .count
    }

    // MARK: Columns

    private func columnCheck(
        _ type: String, _ body: JSONValue, _ name: String, _ column: JSONValue, _ subject: SodaSubject
    ) throws(SodaRefusal) -> SodaResult {
        if let expression = (body["column_expression"] ?? column["column_expression"])?.scalarText {
            throw SodaRefusal("it is about the expression \(expression) and not about a column")
        }
        let rules = try SodaRules(contract: body, column: column, of: dataset)
        if type == "aggregate" { return try aggregate(body, name, rules, subject) }
        let levels = try SodaLevels(contract: body["threshold"], usual: .equal("0"))
        let quantity = quantity(of: body)
        switch type {
        case "missing": return try subject.missing(name, rules, quantity, levels)
        case "invalid": return try subject.invalid(name, rules, quantity, levels)
        default: return try subject.surplusRows([name], isColumn: true, rules, quantity, levels)
        }
    }

    /// Functions that are kinds of ours.
    private static let statistics = [
        "avg": "avg", "sum": "sum", "min": "min", "max": "max", "minlength": "min_length", "maxlength": "max_length",
        "avglength": "avg_length", "stddev": "stddev", "stddevsamp": "stddev", "variance": "variance",
        "varsamp": "variance",
    ]

    private func aggregate(
        _ body: JSONValue, _ column: String, _ rules: SodaRules, _ subject: SodaSubject
    ) throws(SodaRefusal) -> SodaResult {
        guard let function = body["function"]?.scalarText?.lowercased() else { throw SodaRefusal("it has no function") }
        let levels = try SodaLevels(contract: body["threshold"], usual: nil)
        let present = rules.isPlaceholder(column).map { ["NOT (\($0))"] } ?? []
        let plain = function.replacing("_", with: "")
        var result: SodaResult
        if let kind = Self.statistics[plain] {
            result = try subject.statistic(kind, of: column, levels, and: present)
        } else if plain == "stddevpop" || plain == "varpop" {
            result = try subject.statistic(
                plain == "varpop" ? "variance" : "stddev", of: column,
                with: [JSONValue.Member("of", "population")], levels, and: present)
        } else if plain == "count" {
            result = try subject.metric(
                "count(\(SodaName.quoted(column)))", levels.limited(to: .count), and: present, isWhole: true)
        } else {
            throw SodaRefusal("no kind computes \(function)")
        }
        if !rules.validity.isEmpty { result.differ("values that are not valid count, too") }
        return result
    }

    private func duplicates(_ body: JSONValue, _ subject: SodaSubject) throws(SodaRefusal) -> SodaResult {
        let columns = (body["columns"]?.elements ?? []).compactMap(\.scalarText)
        guard !columns.isEmpty else { throw SodaRefusal("it names no columns") }
        let levels = try SodaLevels(contract: body["threshold"], usual: .equal("0"))
        return try subject.surplusRows(columns, isColumn: false, SodaRules(), quantity(of: body), levels)
    }

    // MARK: The dataset

    private func freshness(_ body: JSONValue, _ subject: SodaSubject) throws(SodaRefusal) -> SodaResult {
        guard let column = body["column"]?.scalarText else { throw SodaRefusal("it names no column") }
        let unit = (body["threshold"]?["unit"] ?? body["unit"])?.scalarText ?? "hour"
        let lengths = ["second": 1, "minute": 60, "hour": 3600, "day": 86_400]
        guard let length = lengths[unit] else { throw SodaRefusal("\"\(unit)\" is no unit of time") }
        let levels = try SodaLevels(contract: body["threshold"], usual: .less("1")).scaled(by: length)
        var result = try subject.freshness(of: column, levels)
        if let variable = body["now_variable"]?.scalarText {
            result.differ("the age is by the server's clock, not by the variable \(variable)")
        }
        return result
    }

    private func failedRows(_ body: JSONValue, _ subject: SodaSubject) throws(SodaRefusal) -> SodaResult {
        let levels = try SodaLevels(contract: body["threshold"], usual: .equal("0"))
        let quantity = quantity(of: body)
        if let expression = body["expression"]?.scalarText {
            return try subject.failingCondition(expression, quantity, levels)
        }
        guard let query = (body["query"] ?? body["keys_query"])?.scalarText else {
            throw SodaRefusal("it has neither an expression nor a query")
        }
        var result = try subject.failingRows(query, quantity, levels)
        if quantity == .percent, !levels.isAllOrNothing(on: .percent) {
            result.differ("the percentage is of all rows of the dataset, not of rows_tested_query")
        }
        return result
    }

    private func metric(_ body: JSONValue, _ subject: SodaSubject) throws(SodaRefusal) -> SodaResult {
        let levels = try SodaLevels(contract: body["threshold"], usual: nil)
        if let expression = body["expression"]?.scalarText {
            return try subject.metric(SodaText.sql(expression), levels)
        }
        guard let query = body["query"]?.scalarText else {
            throw SodaRefusal("it has neither an expression nor a query")
        }
        return subject.number(of: query, named: "metric", levels)
    }

    private func groupBy(_ body: JSONValue, _ subject: SodaSubject) throws(SodaRefusal) -> SodaResult {
        guard let query = body["query"]?.scalarText, let metric = body["metric_name"]?.scalarText else {
            throw SodaRefusal("it has no query or names no metric of it")
        }
        let levels = try SodaLevels(contract: body["threshold"], usual: nil)
        return subject.groups(of: query, column: metric, levels)
    }
}
