import Catalog
import StructuredSQL

/// `longitude`: every number is a longitude in degrees.
package struct Longitude: CheckKind {
    package static let definition = KindDefinition(
        "longitude", "Every number is a longitude: degrees from -180 to 180",
        scope: .column,
        semantics: "NULL passes unless nulls: fail. NaN and infinity fail.",
        otherNames: ["invalid_longitude", "valid_longitude_percent"],
        example: KindExample(
            "{longitude: lon}", on: "shop.customers", gives: "pass: 0 of 5")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.degrees(upTo: 180)
    }
}
