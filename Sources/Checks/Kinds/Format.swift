import Catalog
import StructuredSQL

/// `format`: every value is written as an e-mail address, a UUID, a URL, an IP address or an ISO date.
package struct Format: CheckKind {
    package static let definition = KindDefinition(
        "format", "Every value is written in a known format",
        scope: .column,
        parameters: [
            Parameter("is", .choice(Name.allCases.map(\.rawValue)), isRequired: true, "the format")
        ],
        shorthand: ["is"],
        semantics: "NULL passes unless nulls: fail. Empty text fails. Spaces around a value fail.",
        otherNames: ["valid_format", "valid_email", "valid_uuid", "valid_url", "containsEmail", "containsURL"]
    )

    /// The formats, each a regular expression over the whole value.
    package enum Name: String, CaseIterable, Sendable {
        case email, uuid, url, ip
        case isoDate = "iso_date"

        /// PostgreSQL regular expression, to be matched without regard to case.
        var regex: String {
            switch self {
            case .email:
                // The HTML standard's rule for e-mail fields, plus: no dot at an end or twice, and a domain with a dot.
                #"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"#
                    + #"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"#
            case .uuid: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
            case .url: #"^(https?|ftp)://[^\s/?#@]+(@[^\s/?#@]+)?([/?#]\S*)?$"#
            case .ip: "^(\(Self.ipv4)|\(Self.ipv6))$"
            case .isoDate: "^\(Self.isoDatePattern)$"
            }
        }

        private static let ipv4 = #"((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"#

        /// RFC 4291 §2.2: eight groups, one run of zeros as `::`, the last two groups also as an IPv4 address.
        private static let ipv6: String = {
            let group = "[0-9a-f]{1,4}"
            let tail = "(\(group):\(group)|\(ipv4))"
            var forms = ["(\(group):){6}\(tail)", "::(\(group):){0,5}\(tail)"]
            for leading in 1...5 {
                forms.append("(\(group):){\(leading - 1)}\(group)::(\(group):){0,\(5 - leading)}\(tail)")
            }
            // `::` just before the last group, and at the end.
            forms.append("((\(group):){0,5}\(group))?::\(group)")
            forms.append("((\(group):){0,6}\(group))?::")
            return forms.joined(separator: "|")
        }()

        /// A day of the Gregorian calendar as YYYY-MM-DD: the 29th of February in leap years only.
        private static let isoDatePattern =
            #"(\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))"#
            + #"|(\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"#
    }

    private let name: Name

    package init(_ arguments: Arguments) throws(ArgumentError) {
        let word = try arguments.required("is", arguments.text("is"))
        guard let name = Name(rawValue: word) else { throw ArgumentError("is", "unknown format \"\(word)\"") }
        self.name = name
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let rule: SQL = "\(subject.text(of: column)) ~* \(bind: name.regex)"
        return subject.violations(unless: rule, on: column, .regularExpression)
    }

    /// A `uuid` column holds nothing but UUIDs.
    package func proof(on subject: Subject) -> String? {
        guard let column = subject.columns.first, name == .uuid, column.type.baseName == "uuid",
            subject.relation.keepsTypes
        else { return nil }
        switch subject.nulls {
        case .pass: return "type uuid"
        case .fail: return subject.relation.constraint(forbiddingNullsIn: column.name).map { "type uuid, \($0.name)" }
        }
    }
}
