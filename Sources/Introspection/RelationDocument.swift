import Catalog

/// The JSON that `relations.sql` gives for one relation.
struct RelationDocument: Decodable {
    var schema: String
    var name: String
    var kind: String
    var estimatedRowCount: Double?
    var sizeBytes: Int?
    var columns: [ColumnDocument]?
    var notNull: [String]?
    var keys: [KeyDocument]?
    var foreignKeys: [ForeignKeyDocument]?
    var indexedLeadingColumns: [String]?
    var hasRowAddresses: Bool?
    var hasForeignParts: Bool?
    var remotePartitions: [NameDocument]?

    struct NameDocument: Decodable {
        var schema: String
        var name: String
    }

    var hidesRows: Bool?
    var statistics: [String: StatisticsDocument]?

    struct StatisticsDocument: Decodable {
        var distinct: Double
        var nulls: Double
        var width: Int
    }

    struct ColumnDocument: Decodable {
        var name: String
        var type: String
        var base: String
        var category: String
        var labels: [String]?
        var isSelectable: Bool
        var isDeterministic: Bool?
    }

    struct KeyDocument: Decodable {
        var name: String
        var isPrimary: Bool
        var nullsDistinct: Bool
        var columns: [String]
    }

    struct ForeignKeyDocument: Decodable {
        var name: String
        var columns: [String]
        var schema: String
        var relation: String
        var referenced: [String]
    }

    var relation: Relation {
        var constraints = (notNull ?? []).map { Constraint(name: "NOT NULL", kind: .notNull, columns: [$0]) }
        constraints += (keys ?? []).map { key in
            Constraint(
                name: key.name,
                kind: key.isPrimary ? .primaryKey : .unique(nullsDistinct: key.nullsDistinct),
                columns: key.columns
            )
        }
        constraints += (foreignKeys ?? []).map { key in
            let target = RelationName(schema: key.schema, name: key.relation)
            return Constraint(
                name: key.name, kind: .foreignKey(relation: target, columns: key.referenced), columns: key.columns)
        }
        return Relation(
            name: RelationName(schema: schema, name: name),
            kind: Relation.Kind(rawValue: kind) ?? .table,
            columns: (columns ?? []).map { column in
                Column(
                    name: column.name,
                    type: DataType(
                        formatted: column.type,
                        baseName: column.base,
                        category: DataType.Category(code: column.category),
                        enumLabels: column.labels ?? []
                    ),
                    isSelectable: column.isSelectable,
                    hasDeterministicCollation: column.isDeterministic ?? true,
                    statistics: statistics?[column.name].map { found in
                        ColumnStatistics(
                            // A negative number is a share of the rows.
                            distinctCount: found.distinct < 0
                                ? -found.distinct * (estimatedRowCount ?? 0) : found.distinct,
                            nullFraction: found.nulls, averageBytes: found.width)
                    }
                )
            },
            constraints: constraints,
            estimatedRowCount: estimatedRowCount,
            sizeBytes: sizeBytes ?? 0,
            indexedLeadingColumns: Set(indexedLeadingColumns ?? []),
            hasRowAddresses: hasRowAddresses ?? false,
            hasForeignParts: hasForeignParts ?? false,
            remotePartitions: (remotePartitions ?? []).map { RelationName(schema: $0.schema, name: $0.name) },
            hidesRows: hidesRows ?? true
        )
    }
}
