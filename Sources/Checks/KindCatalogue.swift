/// Every kind a suite may use, in the order the docs list them.
package enum KindCatalogue {
    package static let all: [any CheckKind.Type] = [
        NotNull.self, IsNull.self, NotEmpty.self, NotBlank.self, Trimmed.self, NoPlaceholder.self, Complete.self,
        AnyComplete.self, NullTogether.self, NullExclusive.self, RequiredIf.self, Unique.self, DifferentColumns.self,
        AcceptedValues.self, RejectedValues.self, InRange.self, OutsideRange.self, NonNegative.self, Positive.self,
        Negative.self, NotZero.self, MultipleOf.self, IsInteger.self, MaxScale.self, Finite.self, Latitude.self,
        Longitude.self, Matches.self, Like.self, Length.self, Format.self, References.self, Expect.self, RowCount.self,
        Fresh.self,
        NotInFuture.self, Metric.self, DistinctCount.self, ColumnExists.self, ColumnType.self,
        SequenceWithoutGaps.self,
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.definition.name, $0) })

    private static let byOtherName = Dictionary(
        all.flatMap { kind in kind.definition.otherNames.map { ($0, kind.definition.name) } },
        uniquingKeysWith: { first, _ in first }
    )

    /// The kind of this name.
    package static func kind(named name: String) -> (any CheckKind.Type)? { byName[name] }

    /// Our name for what another tool calls `name`.
    package static func ourName(for name: String) -> String? {
        byOtherName[name] ?? byOtherName[String(name.split(separator: ".").last ?? "")]
    }

    package static var names: [String] { all.map { $0.definition.name } }
}
