import ExactJSON

/// The option `format`: of a text, of a date in a text, of how wide a number is.
enum OdcsFormat {
    /// The check of an option `format`, which means something else for each logical type.
    static func conversion(_ value: JSONValue, of property: OdcsProperty) -> RuleConversion {
        guard let format = value.scalarText else { return .notConverted("it is no format") }
        switch property.logicalType {
        case "date", "timestamp", "time": return time(format, of: property)
        case "integer", "number": return width(format.lowercased(), of: property)
        default: return text(format.lowercased(), of: property)
        }
    }

    private static func text(_ format: String, of property: OdcsProperty) -> RuleConversion {
        switch format {
        case "email", "uuid", "hostname", "ipv4", "ipv6":
            return property.check("format", ["is": .string(format)])
        case "uri", "url":
            return property.check("format", ["is": "url"]).approximated("only http, https and ftp are taken")
        case "date": return property.check("format", ["is": "iso_date"])
        case "date-time": return property.check("format", ["is": "iso_timestamp"])
        case "byte":
            let base64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
            return property.check("matches", ["regex": .string(base64)]).approximated("it is read as Base64")
        case "password", "binary":
            return .notConverted("\(format) says what a text is for, not how it is written")
        default: return .notConverted("no known format: \(format)")
        }
    }

    /// Integers by Rust's names: `i32`, `u8`.
    private static func width(_ format: String, of property: OdcsProperty) -> RuleConversion {
        guard let bounds = ranges[format] else {
            return .notConverted(
                format.hasPrefix("f") ? "how wide a float is says the physicalType" : "no known format: \(format)")
        }
        return property.expect("\(QuotedSQL.name(property.column)) BETWEEN \(bounds.0) AND \(bounds.1)")
    }

    private static let ranges = [
        "i8": ("-128", "127"), "i16": ("-32768", "32767"), "i32": ("-2147483648", "2147483647"),
        "i64": ("-9223372036854775808", "9223372036854775807"),
        "i128": ("-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"),
        "u8": ("0", "255"), "u16": ("0", "65535"), "u32": ("0", "4294967295"), "u64": ("0", "18446744073709551615"),
        "u128": ("0", "340282366920938463463374607431768211455"),
    ]

    private static func time(_ format: String, of property: OdcsProperty) -> RuleConversion {
        guard property.isText else {
            return .notConverted("PostgreSQL's dates and times have no written form; a column of text has")
        }
        guard let pattern = strftime(format) else { return .notConverted("date_format cannot say \(format)") }
        return property.check("date_format", ["format": .string(pattern)])
    }

    /// A format of Java's `DateTimeFormatter` as one of `strftime`; `nil` if it has a letter that this does not have.
    static func strftime(_ format: String) -> String? {
        var (result, rest) = ("", format[...])
        var hasFields: Set<String> = []
        while let first = rest.first {
            if first == "'" {
                rest = rest.dropFirst()
                let quoted = rest.prefix { $0 != "'" }
                rest = rest.dropFirst(quoted.count + 1)
                result += quoted.isEmpty ? "'" : quoted.replacing("%", with: "%%")
                continue
            }
            let run = rest.prefix { $0 == first }
            if let field = fields.first(where: { $0.0 == run }) {
                guard hasFields.insert(field.1).inserted else { return nil }
                result += field.1
            } else if first.isLetter, first != "T" {
                return nil
            } else {
                result += run.replacing("%", with: "%%")
            }
            rest = rest.dropFirst(run.count)
        }
        return hasFields.isEmpty ? nil : result
    }

    private static let fields = [
        ("yyyy", "%Y"), ("uuuu", "%Y"), ("yy", "%y"), ("MMMM", "%B"), ("MMM", "%b"), ("MM", "%m"), ("dd", "%d"),
        ("DDD", "%j"), ("HH", "%H"), ("hh", "%I"), ("mm", "%M"), ("ss", "%S"), ("SSS", "%f"), ("SSSSSS", "%f"),
        ("a", "%p"), ("EEEE", "%A"), ("EEE", "%a"), ("X", "%z"), ("XX", "%z"), ("XXX", "%z"), ("Z", "%z"),
    ]
}
