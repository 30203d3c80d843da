package import Catalog
import StructuredSQL

/// A kind of check: parameters in, a question out.
///
/// Each kind is one file in `Kinds/` and one line in ``KindCatalogue``.
package protocol CheckKind: Sendable {
    /// What the kind is called, takes and means.
    static var definition: KindDefinition { get }

    /// Takes the arguments of one check and sees that they fit together.
    init(_ arguments: Arguments) throws(ArgumentError)

    /// The threshold that the arguments set themselves, such as `min` and `max` of a row count.
    var ownThreshold: Threshold? { get }

    /// The threshold that fails where the file gives none; `nil` where it must.
    var defaultThreshold: Threshold? { get }

    /// What thresholds of this check compare.
    var quantities: [Threshold.Quantity] { get }

    /// Distinguishes the default ids of checks of this kind on the same columns.
    var idSuffix: String? { get }

    /// Relations besides the dataset that the check reads.
    var otherRelations: [RelationName] { get }

    /// The question this check asks of a relation.
    func assertion(on subject: Subject) throws(SubjectError) -> Assertion

    /// The name of a constraint that implies the check passes on every row, whatever the filter.
    ///
    /// Exact shapes only; `nil` when in doubt.
    func proof(on subject: Subject) -> String?

    /// What explains a value that is too great or too small; `nil` where nothing does.
    func evidence(on subject: Subject) throws(SubjectError) -> Evidence?

    /// What the numbers do not say.
    func note(on subject: Subject) -> String?
}

extension CheckKind {
    package var ownThreshold: Threshold? { nil }
    package var defaultThreshold: Threshold? { quantities.contains(.count) ? .anyFailingRow : nil }
    package var quantities: [Threshold.Quantity] { Self.definition.quantities }
    package var idSuffix: String? { nil }
    package var otherRelations: [RelationName] { [] }
    package func proof(on subject: Subject) -> String? { nil }
    package func evidence(on subject: Subject) throws(SubjectError) -> Evidence? { nil }
    package func note(on subject: Subject) -> String? { nil }
}
