import StructuredSQL

/// The formats of `format`: each a regular expression over the whole value and, where there are check digits, those.
package enum KnownFormat: String, CaseIterable, Sendable {
    case email, uuid, url, hostname, ip, ipv4, ipv6, mac
    case isoDate = "iso_date"
    case isoTimestamp = "iso_timestamp"
    case time24h = "time_24h"
    case time12h = "time_12h"
    case usDate = "us_date"
    case euDate = "eu_date"
    case inverseDate = "inverse_date"
    case integer, decimal
    case decimalComma = "decimal_comma"
    case percentage
    case percentageComma = "percentage_comma"
    case money
    case phone
    case usPhone = "us_phone"
    case usZip = "us_zip"
    case ukPostcode = "uk_postcode"
    case caPostalCode = "ca_postal_code"
    case dePostalCode = "de_postal_code"
    case iban, bic, isbn, vin
    case creditCard = "credit_card"
    case ssn
    case chineseID = "chinese_id"
    case personName = "person_name"
    case countryCode = "country_code"
    case currencyCode = "currency_code"
    case httpMethod = "http_method"

    /// A condition that is true for a text in the format, and NULL for NULL.
    func rule(on text: SQL) -> SQL {
        let matching: SQL = "\(text) \(isCaseSensitive ? "~" : "~*") \(bind: regex)"
        guard let sum = checksum(of: text) else { return matching }
        return "CASE WHEN \(matching) THEN \(sum) WHEN \(text) IS NULL THEN NULL ELSE false END"
    }

    private var isCaseSensitive: Bool { [.countryCode, .currencyCode, .httpMethod, .bic, .creditCard].contains(self) }

    /// PostgreSQL regular expression.
    private var regex: String {
        switch self {
        case .email:
            // The HTML standard's rule for e-mail fields, plus: no dot at an end or twice, and a domain with a dot.
            #"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"# + "(\(Self.label)\\.)+\(Self.label)$"
        case .uuid: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
        case .url: #"^(https?|ftp)://[^\s/?#@]+(@[^\s/?#@]+)?([/?#]\S*)?$"#
        case .hostname: "^(\(Self.label)\\.)*\(Self.label)$"
        case .ip: "^(\(Self.ipv4Pattern)|\(Self.ipv6Pattern))$"
        case .ipv4: "^\(Self.ipv4Pattern)$"
        case .ipv6: "^(\(Self.ipv6Pattern))$"
        case .mac: "^([0-9a-f]{2}:){5}[0-9a-f]{2}$|^([0-9a-f]{2}-){5}[0-9a-f]{2}$|^([0-9a-f]{4}\\.){2}[0-9a-f]{4}$"
        case .isoDate: "^\(Self.day(.yearFirst, "-"))$"
        case .isoTimestamp:
            "^\(Self.day(.yearFirst, "-"))[T ]\(Self.clock)(\\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):?([0-5][0-9])?)?$"
        case .time24h: "^\(Self.clock)$"
        case .time12h: "^(0?[1-9]|1[0-2]):[0-5][0-9](:[0-5][0-9])? ?[ap]m$"
        case .usDate: "^(\(Self.day(.monthFirst, "/"))|\(Self.day(.monthFirst, "-")))$"
        case .euDate: #"^("# + ["/", "-", "\\."].map { Self.day(.dayFirst, $0) }.joined(separator: "|") + ")$"
        case .inverseDate: #"^("# + ["/", "-", "\\."].map { Self.day(.yearFirst, $0) }.joined(separator: "|") + ")$"
        case .integer: "^[+-]?[0-9]+$"
        case .decimal: #"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"#
        case .decimalComma: "^[+-]?([0-9]+(,[0-9]*)?|,[0-9]+)$"
        case .percentage: #"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+) ?%$"#
        case .percentageComma: "^[+-]?([0-9]+(,[0-9]*)?|,[0-9]+) ?%$"
        case .money:
            #"^[+-]?([$€£¥] ?)?(\d+|\d{1,3}([,.' ]\d{3})+)([.,]\d{2})?( ?([$€£¥]|[a-z]{3}))?$"#
        case .phone: #"^\+[1-9][0-9]{6,14}$"#
        case .usPhone: #"^(\+?1[ .-]?)?(\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-]?)[2-9][0-9]{2}[ .-]?[0-9]{4}$"#
        case .usZip: "^[0-9]{5}(-[0-9]{4})?$"
        case .ukPostcode:
            "^(gir ?0aa|[a-pr-uwyz]([0-9]{1,2}|[a-hk-y][0-9]|[a-hk-y][0-9]{2}|[0-9][a-hjkps-uw]|[a-hk-y][0-9][abehmnprv-y]) ?[0-9][abd-hjlnp-uw-z]{2})$"
        case .caPostalCode: "^[abceghj-nprstvxy][0-9][abceghj-nprstv-z] ?[0-9][abceghj-nprstv-z][0-9]$"
        case .dePostalCode: "^(0[1-9]|[1-9][0-9])[0-9]{3}$"
        case .iban: "^[a-z]{2}[0-9]{2}[a-z0-9]{11,30}$"
        case .bic: "^[A-Z]{4}(\(CodeLists.countries.joined(separator: "|"))|XK)[A-Z0-9]{2}([A-Z0-9]{3})?$"
        case .isbn: "^(([0-9][ -]?){9}[0-9x]|97[89][ -]?([0-9][ -]?){9}[0-9])$"
        case .vin: "^[a-hj-npr-z0-9]{8}[0-9x][a-hj-npr-z0-9]{8}$"
        case .creditCard: "^[0-9]([ -]?[0-9]){11,18}$"
        case .ssn: "^(?!000|666|9)[0-9]{3}-?(?!00)[0-9]{2}-?(?!0000)[0-9]{4}$"
        case .chineseID: "^[1-9][0-9]{5}\(Self.day(.yearFirst, ""))[0-9]{3}[0-9x]$"
        case .personName: #"^[[:alpha:]][[:alpha:]'’.-]*( [[:alpha:]][[:alpha:]'’.-]*)*$"#
        case .countryCode: "^(\(CodeLists.countries.joined(separator: "|")))$"
        case .currencyCode: "^(\(CodeLists.currencies.joined(separator: "|")))$"
        case .httpMethod: "^(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH)$"
        }
    }

    private func checksum(of text: SQL) -> SQL? {
        switch self {
        case .creditCard: Checksum.luhn("pg_catalog.translate(\(text), ' -', '')")
        case .iban: Checksum.iban(text)
        case .isbn: Checksum.isbn(text)
        case .vin: Checksum.vin(text)
        case .chineseID: Checksum.chineseID(text)
        default: nil
        }
    }

    private static let label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
    private static let clock = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
    private static let ipv4Pattern = #"((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"#

    /// RFC 4291 §2.2: eight groups, one run of zeros as `::`, the last two groups also as an IPv4 address.
    private static let ipv6Pattern: String = {
        let group = "[0-9a-f]{1,4}"
        let tail = "(\(group):\(group)|\(ipv4Pattern))"
        var forms = ["(\(group):){6}\(tail)", "::(\(group):){0,5}\(tail)"]
        for leading in 1...5 {
            forms.append("(\(group):){\(leading - 1)}\(group)::(\(group):){0,\(5 - leading)}\(tail)")
        }
        // `::` just before the last group, and at the end.
        forms.append("((\(group):){0,5}\(group))?::\(group)")
        forms.append("((\(group):){0,6}\(group))?::")
        return forms.joined(separator: "|")
    }()

    /// The order in which a day is written.
    private enum DayOrder {
        case yearFirst, monthFirst, dayFirst
    }

    /// A day of the Gregorian calendar with four digits of the year and two of the rest; the 29th of February in leap
    /// years only.
    private static func day(_ order: DayOrder, _ separator: String) -> String {
        func written(_ year: String, _ month: String, _ day: String) -> String {
            let parts =
                switch order {
                case .yearFirst: [year, month, day]
                case .monthFirst: [month, day, year]
                case .dayFirst: [day, month, year]
                }
            return parts.joined(separator: separator)
        }
        let leap = "([0-9][0-9](0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
        let forms = [
            written("[0-9]{4}", "(0[13578]|1[02])", "(0[1-9]|[12][0-9]|3[01])"),
            written("[0-9]{4}", "(0[469]|11)", "(0[1-9]|[12][0-9]|30)"),
            written("[0-9]{4}", "02", "(0[1-9]|1[0-9]|2[0-8])"), written(leap, "02", "29"),
        ]
        return "(\(forms.joined(separator: "|")))"
    }
}
