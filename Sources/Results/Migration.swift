import Crypto
package import Foundation
package import StructuredSQL

/// One numbered step of the results schema, forward only.
package struct Migration: Sendable, Hashable {
    package var version: Int
    package var name: String
    /// The file's text; `:schema` and `:'schema'` stand for the schema's name.
    package var text: String

    /// All steps in order.
    package static let all: [Migration] = [
        Migration(version: 1, name: "ledger", text: String(decoding: PackageResources._001_ledger_sql, as: UTF8.self)),
        Migration(version: 2, name: "cost", text: String(decoding: PackageResources._002_cost_sql, as: UTF8.self)),
        Migration(
            version: 3, name: "estimate", text: String(decoding: PackageResources._003_estimate_sql, as: UTF8.self)),
        Migration(version: 4, name: "groups", text: String(decoding: PackageResources._004_groups_sql, as: UTF8.self)),
        Migration(version: 5, name: "past", text: String(decoding: PackageResources._005_past_sql, as: UTF8.self)),
        Migration(
            version: 6, name: "comparison", text: String(decoding: PackageResources._006_comparison_sql, as: UTF8.self)),
        Migration(
            version: 7, name: "service_levels",
            text: String(decoding: PackageResources._007_service_levels_sql, as: UTF8.self)),
        Migration(
            version: 8, name: "rollups", text: String(decoding: PackageResources._008_rollups_sql, as: UTF8.self)),
    ]

    /// Digest of the file, which tells a schema made by another version of it.
    package var sha256: String { Digest.sha256(text) }

    /// The step's statements for a schema of this name.
    package func sql(schema: String) -> SQL {
        // `:schema` would match the beginning of nothing else in these files; the quoted form goes first.
        let withLiteral = text.replacing(":'schema'", with: SQL.quoted(literal: schema))
        return SQL(quotedByServer: withLiteral.replacing(":schema", with: SQL.quoted(identifier: schema)))
    }
}

/// Digests in lower-case hexadecimal.
package enum Digest {
    /// SHA-256 of a text's UTF-8 bytes.
    package static func sha256(_ text: String) -> String { sha256(Data(text.utf8)) }

    /// SHA-256 of bytes.
    package static func sha256(_ data: Data) -> String {
        SHA256.hash(data: data).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
