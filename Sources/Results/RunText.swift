import Checks
import ServiceLevels

/// Runs of results as lines of words: a year of them is read without a value of its own for each number.
///
/// A line has outcome, trigger, slot or `-`, step, number of results, first and last instant of observation, first end, least and
/// greatest lag, last instant of recording, and, if rows were counted, the good rows of each result and all rows of each.
enum RunText {
    /// Reads lines; `nil` where one says something else.
    static func runs(_ text: String) -> [ObservationRun]? {
        var runs: [ObservationRun] = []
        var text = text
        let isRead = text.withUTF8 { bytes -> Bool in
            var words = Words(bytes: bytes)
            while !words.isAtEnd {
                guard let run = run(&words) else { return false }
                runs.append(run)
            }
            return true
        }
        return isRead ? runs : nil
    }

    private static let outcomes = Outcome.allCases.map { (bytes: Array($0.rawValue.utf8), value: $0) }
    private static let triggers = RunRecord.Trigger.allCases.map { (bytes: Array($0.rawValue.utf8), value: $0) }

    private static func run(_ words: inout Words) -> ObservationRun? {
        guard let outcome = words.word(of: outcomes), let trigger = words.word(of: triggers) else { return nil }
        let slot = words.number()
        guard let step = words.number(), let count = words.number(), count > 0, let first = words.number(),
            let last = words.number(), let finished = words.number(), let least = words.number(),
            let most = words.number(), let recorded = words.number(), first <= last, least <= most
        else { return nil }
        var counts: [Int] = []
        while !words.isAtLineEnd, let number = words.number() { counts.append(number) }
        words.endLine()
        guard counts.isEmpty || counts.count == 2 * count else { return nil }
        return ObservationRun(
            outcome, trigger, slot: slot.map(Timestamp.init), step: step, count: count,
            observed: Timestamp(microseconds: first)...Timestamp(microseconds: last),
            firstFinished: Timestamp(microseconds: finished), lag: least...most,
            lastRecorded: Timestamp(microseconds: recorded),
            rows: counts.isEmpty ? [] : (0..<count).map { Ratio(counts[$0], of: counts[count + $0]) })
    }

    /// Words that single spaces part, in lines.
    private struct Words {
        let bytes: UnsafeBufferPointer<UInt8>
        var position = 0

        var isAtEnd: Bool { position >= bytes.count }
        var isAtLineEnd: Bool { isAtEnd || bytes[position] == UInt8(ascii: "\n") }

        mutating func endLine() {
            if !isAtEnd { position += 1 }
        }

        /// The value of the next word; `nil` where it is another one.
        mutating func word<Value>(of known: [(bytes: [UInt8], value: Value)]) -> Value? {
            let start = position
            while !isAtLineEnd, bytes[position] != UInt8(ascii: " ") { position += 1 }
            defer { skipSpace() }
            return known.first { bytes[start..<position].elementsEqual($0.bytes) }?.value
        }

        /// A whole number; `nil` for a dash.
        mutating func number() -> Int? {
            var (value, isNegative, hasDigits) = (0, false, false)
            while !isAtLineEnd, bytes[position] != UInt8(ascii: " ") {
                let byte = bytes[position]
                if byte == UInt8(ascii: "-") {
                    isNegative = true
                } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                    value = value &* 10 &+ Int(byte - UInt8(ascii: "0"))
                    hasDigits = true
                } else {
                    hasDigits = false
                    break
                }
                position += 1
            }
            skipSpace()
            return hasDigits ? (isNegative ? -value : value) : nil
        }

        private mutating func skipSpace() {
            if !isAtEnd, bytes[position] == UInt8(ascii: " ") { position += 1 }
        }
    }
}
