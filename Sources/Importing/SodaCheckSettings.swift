import ExactJSON

/// What sections of SodaCL files say of datasets beside their checks: filters, and which values are missing or valid.
struct SodaCheckSettings: Sendable, Hashable {
    /// Conditions by dataset and partition.
    private var filters: [String: String] = [:]
    /// Settings by dataset and column.
    private var configurations: [String: [JSONValue.Member]] = [:]

    /// Reads the sections of all files.
    init(_ documents: [JSONValue]) {
        for section in documents.flatMap(\.members) {
            let header = SodaText.trimmed(section.name)
            if let rest = SodaText.rest(of: header, after: "filter ") {
                let (dataset, partition) = Self.target(rest)
                guard let partition, let condition = section.value["where"]?.scalarText else { continue }
                filters[Self.key(dataset, partition)] = SodaText.sql(condition)
            } else if let rest = SodaText.rest(of: header, after: "configurations for ") {
                for member in section.value.members {
                    guard let (setting, column) = SodaText.halves(of: member.name, around: " for ") else { continue }
                    let key = Self.key(SodaDataset(sodaCL: rest), SodaName.folded(column))
                    configurations[key, default: []].append(JSONValue.Member(setting, member.value))
                }
            }
        }
    }

    /// The condition of a partition; `nil` where none is declared.
    func filter(of dataset: SodaDataset, partition: String) -> String? {
        filters[Self.key(dataset, partition)]
    }

    /// The settings of a column.
    func configuration(of column: String, in dataset: SodaDataset) -> JSONValue {
        .object(configurations[Self.key(dataset, column)] ?? [])
    }

    /// The dataset and the partition in a header, such as `orders [daily]`.
    static func target(_ text: String) -> (dataset: SodaDataset, partition: String?) {
        guard text.hasSuffix("]"), let (name, partition) = SodaText.halves(of: text, around: " [") else {
            return (SodaDataset(sodaCL: text), nil)
        }
        return (SodaDataset(sodaCL: name), String(partition.dropLast()))
    }

    private static func key(_ dataset: SodaDataset, _ part: String) -> String { "\(dataset.name) \(part)" }
}
