import ExactJSON
import Foundation

/// Whether two sides that did the same work came to the same result; a fast wrong answer is worth nothing.
struct Agreement {
    /// The JSON of `assay run`.
    private let results: [(check: String, outcome: String, number: String)]

    init(assayOutput path: String) throws {
        let document = try JSONValue(parsing: String(contentsOfFile: path, encoding: .utf8))
        guard case .array(let entries)? = document["results"] else {
            throw BenchmarkError("assay wrote no results")
        }
        results = entries.map { entry in
            let value = entry["value"]?.scalarText ?? entry["failing"]?.scalarText
            return (entry["check"]?.scalarText ?? "", entry["outcome"]?.scalarText ?? "", value ?? "")
        }
    }

    /// Results by outcome, of all runs of a backfill.
    static func outcomes(ofRunsIn path: String) throws -> [String: Int] {
        let document = try JSONValue(parsing: String(contentsOfFile: path, encoding: .utf8))
        guard case .array(let runs)? = document["runs"] else { throw BenchmarkError("assay wrote no runs") }
        var counts: [String: Int] = [:]
        for run in runs {
            guard case .array(let results)? = run["results"] else { throw BenchmarkError("a run has no results") }
            for result in results { counts[result["outcome"]?.scalarText ?? "", default: 0] += 1 }
        }
        return counts
    }

    /// - Throws: Unless there are so many checks of each outcome.
    func require(outcomes expected: [String: Int]) throws {
        var counts: [String: Int] = [:]
        for result in results { counts[result.outcome, default: 0] += 1 }
        guard counts == expected.filter({ $0.value > 0 }) else {
            let odd = results.first { expected[$0.outcome] == nil }.map { ", such as \($0.check)" } ?? ""
            throw BenchmarkError("assay found \(counts), the data should give \(expected)\(odd)")
        }
    }

    /// Compares with what psql printed, one `column|value` per line.
    ///
    /// A column that is named like a check is its failing rows or its value; any other speaks for several checks, and has
    /// to be 0 or true. A value of time goes on, so values may differ by one millionth.
    ///
    /// - Parameters:
    ///   - paths: Files with what psql printed, one per session.
    ///   - count: How many checks the floor must name, if not all.
    /// - Throws: A ``BenchmarkError`` that names the first check they disagree about.
    func require(floorOutputs paths: [String], covering count: Int? = nil) throws {
        var floor: [String: String] = [:]
        for path in paths {
            for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
                guard let bar = line.firstIndex(of: "|") else { continue }
                floor[String(line[..<bar])] = String(line[line.index(after: bar)...])
            }
        }
        var named = 0
        for (check, _, number) in results {
            guard let other = floor.removeValue(forKey: check) else { continue }
            named += 1
            let (left, right) = (Double(number) ?? .nan, Double(other == "t" ? "0" : other) ?? .nan)
            guard left == right || abs(left - right) <= abs(right) * 1e-6 else {
                throw BenchmarkError("\(check): assay found \(number), the floor \(other)")
            }
        }
        guard named == count ?? results.count else {
            throw BenchmarkError("the floor speaks of \(named) of \(results.count) checks")
        }
        for (name, value) in floor where value != "0" && value != "t" {
            throw BenchmarkError("the floor found \(name) = \(value)")
        }
    }
}

extension JSONValue {
    /// The text of a number or string.
    fileprivate var scalarText: String? {
        switch self {
        case .number(let text), .string(let text): text
        default: nil
        }
    }
}
