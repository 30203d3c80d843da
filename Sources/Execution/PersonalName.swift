import Catalog
import Checks

/// What the name of a column says it holds about people.
struct PersonalName {
    let word: String
    let data: PersonalData?
    let masking: MaskingRule

    /// - Returns: `nil` where the name says nothing.
    init?(of column: Column) {
        let parts = Set(Self.parts(of: column.name))
        let joined = Self.parts(of: column.name).joined()
        // A flag or a count about something personal is not personal itself.
        guard column.type.category != .boolean else { return nil }
        guard let known = Self.words.first(where: { parts.contains($0.word) || joined == $0.word }) else { return nil }
        (word, data, masking) = known
    }

    /// `customerEmail_2` is customer, email, 2.
    private static func parts(of name: String) -> [String] {
        var parts: [String] = [""]
        var wasLower = false
        for character in name {
            guard character.isLetter || character.isNumber else {
                parts.append("")
                wasLower = false
                continue
            }
            if character.isUppercase, wasLower { parts.append("") }
            parts[parts.count - 1] += character.lowercased()
            wasLower = character.isLowercase
        }
        return parts.filter { !$0.isEmpty }
    }

    private static let words: [(word: String, data: PersonalData?, masking: MaskingRule)] = [
        ("email", .email, .hash), ("mail", .email, .hash), ("phone", .phone, .mask), ("mobile", .phone, .mask),
        ("fax", .phone, .mask), ("iban", .iban, .hash), ("ssn", .ssn, .drop), ("cardnumber", .creditCard, .drop),
        ("creditcard", .creditCard, .drop), ("pan", .creditCard, .drop), ("cvv", nil, .drop), ("cvc", nil, .drop),
        ("ip", .ipAddress, .hash), ("ipaddress", .ipAddress, .hash), ("password", .secret, .drop),
        ("passwd", .secret, .drop),
        ("secret", .secret, .drop), ("token", .secret, .drop), ("apikey", .secret, .drop), ("firstname", nil, .mask),
        ("lastname", nil, .mask), ("surname", nil, .mask), ("fullname", nil, .mask), ("username", nil, .hash),
        ("birth", nil, .drop), ("birthday", nil, .drop), ("birthdate", nil, .drop), ("dob", nil, .drop),
        ("address", nil, .mask), ("street", nil, .mask), ("passport", nil, .drop), ("license", nil, .drop),
        ("nationalid", nil, .drop), ("taxid", nil, .drop), ("salary", nil, .drop), ("gender", nil, .drop),
        ("religion", nil, .drop), ("ethnicity", nil, .drop), ("diagnosis", nil, .drop), ("latitude", nil, .drop),
        ("longitude", nil, .drop),
    ]
}
