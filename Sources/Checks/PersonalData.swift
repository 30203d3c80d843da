package import StructuredSQL

/// What personal or secret data look like inside a text.
///
/// Patterns find candidates anywhere in a text; where there are check digits they decide.
package enum PersonalData: String, CaseIterable, Sendable, Hashable {
    case email, phone, iban, ssn, secret
    case creditCard = "credit_card"
    case ipAddress = "ip_address"

    /// What it is called for people, in the plural.
    package var label: String {
        switch self {
        case .email: "e-mail addresses"
        case .phone: "phone numbers"
        case .iban: "IBANs"
        case .ssn: "US social security numbers"
        case .secret: "keys and tokens"
        case .creditCard: "card numbers"
        case .ipAddress: "IP addresses"
        }
    }

    /// How a column of it is best masked.
    package var masking: MaskingRule {
        switch self {
        case .email, .iban, .ipAddress: .hash
        case .phone: .mask
        case .ssn, .secret, .creditCard: .drop
        }
    }

    /// PostgreSQL regular expression without groups that finds a candidate between other characters.
    private var regex: String {
        switch self {
        case .email: #"[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"#
        case .phone:
            #"(?<![0-9A-Za-z+])(?:\+[1-9][0-9]{0,2}(?:[ .()/-]{0,2}[0-9]){6,12}|\(?[2-9][0-9]{2}\)?[ .-][2-9][0-9]{2}[ .-][0-9]{4})(?![0-9A-Za-z])"#
        case .iban: #"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![0-9A-Za-z])"#
        case .ssn: #"(?<![0-9A-Za-z-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![0-9A-Za-z-])"#
        case .secret:
            #"AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[A-Za-z0-9-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY-----|eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}|sk_live_[A-Za-z0-9]{16,}"#
        case .creditCard: #"(?<![0-9A-Za-z.-])[2-6][0-9](?:[ -]?[0-9]){11,17}(?![0-9A-Za-z-])"#
        case .ipAddress:
            #"(?<![0-9A-Za-z.])(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?![0-9A-Za-z.])"#
        }
    }

    private func checksum(of candidate: SQL) -> SQL? {
        switch self {
        case .creditCard: Checksum.luhn("pg_catalog.translate(\(candidate), ' -', '')")
        case .iban: Checksum.iban("pg_catalog.replace(\(candidate), ' ', '')")
        default: nil
        }
    }

    /// A condition that is true for a text with such data in it, and NULL for NULL.
    package func occurs(in text: SQL) -> SQL {
        let mayOccur: SQL = "\(text) ~ \(bind: regex)"
        guard let isRight = checksum(of: "found.parts[1]") else { return mayOccur }
        return """
            (\(mayOccur) AND EXISTS (SELECT FROM pg_catalog.regexp_matches(\(text), \(bind: regex), 'g') AS found (parts) \
            WHERE \(isRight)))
            """
    }

    /// A condition that is true for a text with any of them in it.
    static func occur(_ classes: [PersonalData], in text: SQL) -> SQL {
        classes.map { $0.occurs(in: text) }.joined(separator: " OR ")
    }

    /// The classes that a check asks for; all of them if it does not say.
    static func classes(_ arguments: Arguments) throws(ArgumentError) -> [PersonalData] {
        guard let words = arguments.list("classes") else { return allCases }
        return try words.map { word throws(ArgumentError) in
            guard let known = PersonalData(rawValue: word) else {
                throw ArgumentError(
                    "classes", "\"\(word)\" is not a class of personal data",
                    hint: "Known: \(allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            return known
        }
    }

    static let parameter = Parameter(
        "classes", .texts,
        "which data are looked for; all if not given: \(allCases.map(\.rawValue).joined(separator: ", "))")
}
