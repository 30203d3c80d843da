import Catalog
import StructuredSQL

/// `latitude`: every number is a latitude in degrees.
package struct Latitude: CheckKind {
    package static let definition = KindDefinition(
        "latitude", "Every number is a latitude: degrees from -90 to 90",
        scope: .column,
        semantics: "NULL passes unless nulls: fail. NaN and infinity fail.",
        otherNames: ["invalid_latitude", "valid_latitude_percent"],
        example: KindExample(
            "{latitude: lat}", on: "shop.customers", gives: "fail: 1 of 5")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.degrees(upTo: 90)
    }
}
