import Checks

/// Numbers for people: the same in every locale.
package enum NumberText {
    /// `200012` as `200,012`.
    package static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result += "," }
            result.append(digit)
        }
        return number < 0 ? "-" + result : result
    }

    /// Tenths as `73.4`.
    static func tenths(_ number: Int) -> String {
        "\(number < 0 ? "-" : "")\(abs(number) / 10).\(abs(number) % 10)"
    }

    /// A share in per cent with two significant digits; never 0 where something failed, never 100 where something passed.
    static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0, part > 0 else { return "0 %" }
        guard part < whole else { return "100 %" }
        return percent(Double(part) / Double(whole))
    }

    /// A share between 0 and 1 in per cent, alike.
    static func percent(_ part: Double) -> String {
        guard part > 0 else { return "0 %" }
        guard part < 1 else { return "100 %" }
        let share = part * 100
        if share >= 99.95 { return "> 99.9 %" }
        if share < 0.001 { return "< 0.001 %" }
        let decimals = share >= 10 ? 1 : share >= 1 ? 1 : share >= 0.1 ? 2 : share >= 0.01 ? 3 : 4
        return decimal(share, places: decimals) + " %"
    }

    /// A number with so many decimals, halves away from zero.
    static func decimal(_ number: Double, places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (abs(number) * scale).rounded()
        guard scaled < 1e15 else { return String(number) }
        let whole = Int(scaled)
        let sign = number < 0 && whole > 0 ? "-" : ""
        guard places > 0 else { return sign + String(whole) }
        let fraction = String(whole % Int(scale))
        return "\(sign)\(whole / Int(scale))." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    /// PostgreSQL's text of a number, cut to a length one can read.
    package static func short(_ value: String) -> String {
        guard value.contains("."), let number = Double(value), abs(number) < 1e12 else { return value }
        if abs(number) >= 0.001 || number == 0 {
            let text = decimal(number, places: abs(number) >= 1000 ? 1 : 4)
            let trimmed = text.reversed().drop { $0 == "0" }
            return String((trimmed.first == "." ? trimmed.dropFirst() : trimmed).reversed())
        }
        guard let mark = value.firstIndex(where: { $0 == "e" || $0 == "E" }) else {
            return abs(number) < 1e-9 ? "\(number)" : String(value.prefix(14))
        }
        return String(value[..<mark].prefix(8) + value[mark...])
    }

    static func seconds(_ duration: Duration) -> String {
        let milliseconds = duration.milliseconds
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        if milliseconds < 60_000 { return decimal(Double(milliseconds) / 1000, places: 1) + " s" }
        return "\(milliseconds / 60_000) min \(milliseconds / 1000 % 60) s"
    }

    static func age(seconds text: String) -> String {
        guard let seconds = Double(text), abs(seconds) < 1e12 else { return text }
        let whole = Int(abs(seconds).rounded())
        let parts = [(whole / 86_400, "d"), (whole / 3600 % 24, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")]
        let shown = parts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 != 0 }
        return shown.isEmpty ? "0 s" : shown.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }

    package static func plural(_ count: Int, _ noun: String) -> String {
        "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }
}
