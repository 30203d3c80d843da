import Catalog
import StructuredSQL

/// The text of values of which PostgreSQL takes several for equal: the same text for all of those.
enum CanonicalText {
    /// The text of a value that is no JSON: of numbers within arrays and ranges without zeros behind the last digit, and
    /// with one zero.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - type: Its type.
    /// - Returns: An expression of the type text.
    static func sql(_ value: SQL, of type: DataType) -> SQL {
        let text: SQL = "(\(value))::pg_catalog.text"
        switch type.baseName {
        case "_numeric", "numrange", "nummultirange", "_numrange", "_nummultirange": return withoutScale(text)
        case "_float4", "_float8": return "pg_catalog.regexp_replace(\(text), '([{,])-0(?=[,}])', '\\10', 'g')"
        default: return text
        }
    }

    /// A text with numbers of one value written in one way: 1.50 as 1.5, and 1.0 as 1.
    static func withoutScale(_ text: SQL) -> SQL {
        """
        CASE WHEN \(text) LIKE '%.%' THEN pg_catalog.regexp_replace(
            pg_catalog.regexp_replace(\(text), '(\\.\\d*[1-9])0+(?!\\d)', '\\1', 'g'), '\\.0+(?!\\d)', '', 'g')
        ELSE \(text) END
        """
    }
}
