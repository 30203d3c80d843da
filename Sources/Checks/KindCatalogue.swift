/// Every kind a suite may use.
package enum KindCatalogue {
    /// The kinds by what they are about, in the order in which the docs list them.
    package static let families: [(title: String, kinds: [any CheckKind.Type])] = [
        (
            "Completeness",
            [
                NotNull.self, IsNull.self, NotEmpty.self, NotBlank.self, Trimmed.self, NoPlaceholder.self,
                Complete.self,
                AnyComplete.self, NullTogether.self, NullExclusive.self, RequiredIf.self, ValueCount.self,
            ]
        ),
        (
            "Uniqueness",
            [
                Unique.self, PrimaryKey.self, NoDuplicateRows.self, NoNearDuplicates.self, DifferentColumns.self,
                DistinctCount.self, DistinctPercent.self, UniquePercent.self, SameDistinctCount.self,
            ]
        ),
        (
            "Accepted values",
            [
                AcceptedValues.self, RejectedValues.self, RequiredValues.self, ExactValues.self, TopValues.self,
                AcceptedCombinations.self, ElementsIn.self, TruePercent.self, ConsistentCasing.self,
            ]
        ),
        ("Relationships", [References.self, AbsentFrom.self, ChildrenBetween.self, Acyclic.self]),
        (
            "Numbers",
            [
                InRange.self, OutsideRange.self, NonNegative.self, Positive.self, Negative.self, NotZero.self,
                MultipleOf.self, IsInteger.self, MaxScale.self, Finite.self, Latitude.self, Longitude.self,
                WithinDistance.self, WithinStddevs.self, WithinIQR.self, Increasing.self, Decreasing.self,
                Sequential.self,
            ]
        ),
        (
            "Text",
            [
                Matches.self, MatchesList.self, Like.self, LikeList.self, Length.self, WordCount.self, MinLength.self,
                MaxLength.self, AvgLength.self, Format.self, ParsableAs.self, DateFormat.self, Charset.self,
                Normalized.self,
            ]
        ),
        (
            "JSON and ranges",
            [ValidJSON.self, MatchesJSONSchema.self, JSONKeys.self, JSONType.self, RangeNotEmpty.self, Covers.self]
        ),
        (
            "Time",
            [
                Fresh.self, LoadedBy.self, IngestionDelay.self, Retention.self, NotInFuture.self, StartBeforeEnd.self,
                SequenceWithoutGaps.self, NoOverlaps.self, NoGaps.self,
            ]
        ),
        ("Volume", [RowCount.self, SameRowCount.self]),
        ("Change and anomaly", [Change.self, Anomaly.self]),
        (
            "Statistics",
            [
                Minimum.self, Maximum.self, Average.self, Sum.self, Median.self, Percentile.self, ValueRange.self,
                InterquartileRange.self, StandardDeviation.self, Variance.self, Skewness.self, Kurtosis.self,
                Entropy.self,
                MutualInformation.self, Correlation.self, RatioOfSums.self, Metric.self,
            ]
        ),
        (
            "Drift",
            [
                PSI.self, KLDivergence.self, JensenShannon.self, Hellinger.self, LInfinity.self, ChiSquare.self,
                KolmogorovSmirnov.self, Wasserstein.self, CategoryShare.self, Histogram.self, NoNewCategories.self,
                NoVanishedCategories.self, CramersV.self,
            ]
        ),
        ("Personal data", [PIIAbsent.self, PIIShare.self]),
        ("Rows and columns", [Expect.self, EqualColumns.self, CompareColumns.self, SumOfColumns.self]),
        ("Other relations", [AggregatesMatch.self, SameRows.self]),
        (
            "Schema",
            [
                TableExists.self, ColumnExists.self, ColumnAbsent.self, ColumnSet.self, ColumnCount.self,
                ColumnType.self,
                ColumnNames.self, SameColumns.self, SchemaUnchanged.self, EnumLabels.self,
            ]
        ),
        (
            "PostgreSQL",
            [
                ConstraintsValidated.self, IndexesValid.self, ForeignKeysIndexed.self, SequenceHeadroom.self,
                AllLabelsUsed.self, DefaultPartitionEmpty.self, PartitionsAhead.self, PartitionsContiguous.self,
                Populated.self, CollationsCurrent.self, RowSecurity.self, NotPublic.self, StatisticsFresh.self,
                Logged.self,
                NotBloated.self, ReplicationLag.self, TransactionAge.self,
            ]
        ),
    ]

    package static let all: [any CheckKind.Type] = families.flatMap(\.kinds)

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.definition.name, $0) })

    /// What kinds say they are called elsewhere, and what the table of other tools says they are here.
    private static let byOtherName = Dictionary(
        all.flatMap { kind in kind.definition.otherNames.map { ($0, kind.definition.name) } } + OtherTools.kindsByName,
        uniquingKeysWith: { first, _ in first }
    )

    /// The kind of this name.
    package static func kind(named name: String) -> (any CheckKind.Type)? { byName[name] }

    /// Our name for what another tool calls `name`.
    package static func ourName(for name: String) -> String? {
        byOtherName[name] ?? byOtherName[String(name.split(separator: ".").last ?? "")]
    }

    /// What to write instead of a kind that is not there.
    package static func hint(forUnknown name: String) -> String {
        ourName(for: name).map { "Did you mean \"\($0)\"?" } ?? Suggestion.hint(for: name, among: names)
            ?? "Known kinds: \(names.joined(separator: ", "))."
    }

    package static var names: [String] { all.map { $0.definition.name } }
}
