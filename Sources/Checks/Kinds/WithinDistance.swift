import Catalog
import StructuredSQL

/// `within_distance`: every place is near a given one.
package struct WithinDistance: CheckKind {
    package static let definition = KindDefinition(
        "within_distance", "Every place, as latitude and longitude, is within a distance of a given one",
        scope: .columns,
        parameters: [
            Parameter("latitude", .number, isRequired: true, "of the given place, in degrees"),
            Parameter("longitude", .number, isRequired: true, "of the given place, in degrees"),
            Parameter("kilometres", .number, isRequired: true, "the greatest distance allowed"),
        ],
        semantics: """
            The columns are latitude and longitude in degrees. Distance is along a great circle of a sphere of 6,371.0088 km \
            (the haversine formula). A row with a NULL in them passes unless nulls: fail; degrees that are no place fail.
            """,
        otherNames: ["at_location", "columnValueToBeAtExpectedLocation"],
        example: KindExample(
            "{within_distance: {columns: [lat, lon], latitude: 51.5, longitude: -0.1, kilometres: 100}, where: country <> 'US'}",
            on: "shop.customers", gives: "fail: 2 of 4")
    )

    private let (latitude, longitude, distance): (String, String, String)

    package init(_ arguments: Arguments) throws(ArgumentError) {
        latitude = try arguments.required("latitude", arguments.text("latitude"))
        longitude = try arguments.required("longitude", arguments.text("longitude"))
        distance = try arguments.required("kilometres", arguments.text("kilometres"))
        for (name, text, limit) in [("latitude", latitude, 90), ("longitude", longitude, 180)] {
            guard let number = ExactDecimal(text), number <= ExactDecimal(limit), ExactDecimal(-limit) <= number else {
                throw ArgumentError(name, "a \(name) is between -\(limit) and \(limit) degrees")
            }
        }
        guard let number = ExactDecimal(distance), .zero <= number else {
            throw ArgumentError("kilometres", "no place is nearer than 0 km")
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        guard subject.columns.count == 2, subject.columns.allSatisfy({ $0.type.category == .numeric }) else {
            throw SubjectError("a place is two columns of numbers, latitude and longitude")
        }
        let names: [SQL] = subject.columns.map { "\(identifier: $0.name)::pg_catalog.float8" }
        let (lat, lon): (SQL, SQL) = ("\(bind: latitude)::pg_catalog.float8", "\(bind: longitude)::pg_catalog.float8")
        // LEAST keeps what rounding puts beyond 1 within the domain of asin.
        let rule: SQL = """
            CASE WHEN \(names[0]) BETWEEN -90 AND 90 AND \(names[1]) BETWEEN -180 AND 180 THEN
            12742.0176 * asin(LEAST(1, sqrt(power(sind((\(names[0]) - \(lat)) / 2), 2)
                + cosd(\(lat)) * cosd(\(names[0])) * power(sind((\(names[1]) - \(lon)) / 2), 2)))) \
            <= \(bind: distance)::pg_catalog.float8
            WHEN \(names[0]) IS NULL OR \(names[1]) IS NULL THEN NULL ELSE false END
            """
        return subject.violations(unless: rule)
    }
}
