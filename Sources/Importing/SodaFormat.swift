/// A named format of SodaCL.
struct SodaFormat: Sendable, Hashable {
    /// Our name for it; `nil` where none of our formats means the same.
    var ownName: String?
    /// In what our format differs.
    var difference: String?
    /// A regular expression for it.
    var regex: String
    /// In what the regular expression differs from Soda's.
    var regexDifference: String?
    /// Whether Soda reads such texts as numbers.
    var isNumeric = false

    /// The format of a name; `nil` where Soda has none.
    init?(named name: String) {
        guard let format = Self.numbers[name] ?? Self.others[name] else { return nil }
        self = format
    }

    private init(
        _ regex: String, as ownName: String? = nil, _ difference: String? = nil, regexDifference: String? = nil,
        isNumeric: Bool = false
    ) {
        self.ownName = ownName
        self.difference = difference
        self.regex = regex
        self.regexDifference = regexDifference
        self.isNumeric = isNumeric
    }

    // MARK: Numbers

    /// Numbers, percentages and money: spaces may stand around a sign, a number and what follows it.
    private static let numbers: [String: SodaFormat] = {
        let point = #"([0-9]+(\.[0-9]+)?|\.[0-9]+)"#
        let comma = "([0-9]+(,[0-9]+)?|,[0-9]+)"
        let either = "([0-9]+([.,][0-9]+)?|[.,][0-9]+)"
        let shapes: [(name: String, digits: String, unit: String, ownName: String?)] = [
            ("integer", "[0-9]+", "", "integer"),
            ("decimal", either, "", nil), ("decimal point", point, "", "decimal"),
            ("decimal comma", comma, "", "decimal_comma"),
            ("percentage", either, "% *", nil), ("percentage point", point, "% *", "percentage"),
            ("percentage comma", comma, "% *", "percentage_comma"),
        ]
        var formats: [String: SodaFormat] = [:]
        for shape in shapes {
            let end = " *\(shape.unit)$"
            let zero = shape.digits.replacing("[0-9]", with: "0")
            formats[shape.name] = SodaFormat(
                "^ *[-+]? *\(shape.digits)\(end)", as: shape.ownName,
                shape.ownName == nil ? nil : "spaces around a value fail", isNumeric: true)
            formats["positive \(shape.name)"] = SodaFormat(#"^ *\+? *"# + shape.digits + end, isNumeric: true)
            formats["negative \(shape.name)"] = SodaFormat(
                "^ *(- *\(shape.digits)|\(zero))\(end)", isNumeric: true)
        }
        let currency = " *([A-Z]{3}|[a-z]{3}) *$"
        let thousands = #"[0-9]{1,3}(,[0-9]{3})*(\.[0-9]+)?"#
        let dottedThousands = #"[0-9]{1,3}(\.[0-9]{3})*(,[0-9]+)?"#
        for (name, digits) in [("money", either), ("money point", thousands), ("money comma", dottedThousands)] {
            formats[name] = SodaFormat("^ *[-+]? *\(digits)\(currency)", isNumeric: true)
        }
        return formats
    }()

    // MARK: Dates, times and addresses

    private static let others: [String: SodaFormat] = {
        let (day, month, year) = ("(0?[1-9]|[12][0-9]|3[01])", "(0?[1-9]|1[0-2])", "((19|20)?[0-9]{2})")
        let separator = "[-./]"
        let dates = "days of one digit and years of two fail, and days that no calendar has"
        let (hour, halfDayHour) = ("([01]?[0-9]|2[0-3])", "(0?[0-9]|1[0-2])")
        let (minute, second) = ("[0-5]?[0-9]", "[0-5]?[0-9]([.,][0-9]+)?")
        let isoDay = "((0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])|W[0-5][0-9](-?[1-7])?|[0-3][0-9]{2})"
        let isoTime = "([01][0-9]|2[0-3])(:?[0-5][0-9](:?[0-5][0-9]([.,][0-9]+)?)?)?([-+][0-9]{2}:?[0-9]{2}|Z)?"
        return [
            "date us": SodaFormat("^ *\(month)\(separator)\(day)\(separator)\(year) *$", as: "us_date", dates),
            "date eu": SodaFormat("^ *\(day)\(separator)\(month)\(separator)\(year) *$", as: "eu_date", dates),
            "date inverse": SodaFormat(
                "^ *\(year)\(separator)\(month)\(separator)\(day) *$", as: "inverse_date", dates),
            "date iso 8601": SodaFormat(
                "^ *(19|20)[0-9]{2}-?\(isoDay)([ T]\(isoTime))? *$",
                regexDifference: "October and the hours after 12 pass, which Soda's expression leaves out"),
            "time 24h": SodaFormat(
                "^ *\(hour):\(minute)(:\(second))? *$", as: "time_24h",
                "hours and minutes of one digit fail, and fractions of a second"),
            "time 24h nosec": SodaFormat("^ *\(hour):\(minute) *$"),
            "time 12h": SodaFormat("^ *\(halfDayHour):\(minute)(:\(second))? *$"),
            "time 12h nosec": SodaFormat("^ *\(halfDayHour):\(minute) *$"),
            "timestamp 24h": SodaFormat("^ *\(hour):\(minute):\(second) *$"),
            "timestamp 12h": SodaFormat("^ *\(halfDayHour):\(minute):\(second) *$"),
            "uuid": SodaFormat("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", as: "uuid"),
            "ip address": SodaFormat(#"^[0-9]{1,3}(\.[0-9]{1,3}){3}$"#, as: "ipv4", "numbers above 255 fail"),
            "ipv4 address": SodaFormat(#"^[0-9]{1,3}(\.[0-9]{1,3}){3}$"#, as: "ipv4", "numbers above 255 fail"),
            "ipv6 address": SodaFormat(
                "^[0-9a-fA-F:]*:[0-9a-fA-F:.]*(%[0-9a-zA-Z]+)?$", as: "ipv6", "a zone behind % fails",
                regexDifference: "whatever looks like an IPv6 address is one"),
            "email": SodaFormat(
                #"^[^@[:space:]]+@[^@[:space:]]+\.[A-Za-z]{2,4}$"#, as: "email",
                "characters are those of the HTML standard, and the last part may be longer than four letters",
                regexDifference: "more characters are allowed"),
            "phone number": SodaFormat(
                #"^(\+[0-9]{1,2}\s)?(\(?[0-9]{3}\)?[\s.-])?[0-9]{3}[\s.-][0-9]{4}$"#, as: "us_phone",
                "the area code must be there, separators need not",
                regexDifference: "a country may stand without an area code"),
            "credit card number": SodaFormat(
                "^([0-9]{14,19}|[0-9]{4}(-[0-9]{4}){3}|[0-9]{4}( [0-9]{4}){3})$", as: "credit_card",
                "the check digit must be right",
                regexDifference: "nothing may stand around the number"),
        ]
    }()
}
