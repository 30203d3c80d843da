import Comparison
import ExactJSON
import Foundation

/// A file in which a comparison of two servers leaves what came of each range, so that a later try goes on from there.
///
/// Lines of JSON, each on the disk before the next range counts as compared. It holds differing rows, masked as in any other
/// output, and nobody but its owner can read it.
package actor Checkpoint {
    /// What an earlier try left.
    struct Begun: Sendable {
        var method: TransferMethod
        var edges: [String]
        var takenAt: String
        var records: [RangeRecord]
    }

    /// The file cannot be used.
    package struct Failure: Error {
        package var message: String
    }

    private let path: String
    private var handle: FileHandle?
    private var begun: [String: (fingerprint: String, begun: Begun)] = [:]

    /// Opens the file, or makes one.
    ///
    /// - Throws: A ``Failure`` if it cannot be written, or is not one of these.
    package init(_ path: String) throws {
        self.path = path
        let earlier = FileManager.default.contents(atPath: path)
        if earlier == nil {
            _ = FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        guard let handle = FileHandle(forUpdatingAtPath: path) else {
            throw Failure(message: "\(path) cannot be written")
        }
        self.handle = handle
        let text = String(decoding: earlier ?? Data(), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        for (number, line) in lines.enumerated() {
            guard let json = try? JSONValue(parsing: String(line)), let name = json["comparison"]?.string else {
                // A line may have been cut short when an earlier try ended: its range is compared again.
                if number > 0 { continue }
                throw Failure(message: "\(path) is not a file that an earlier comparison left")
            }
            if let record = RangeRecord(json) {
                begun[name]?.begun.records.append(record)
            } else if let method = json["method"]?.string.flatMap(TransferMethod.init),
                let fingerprint = json["fingerprint"]?.string, let takenAt = json["taken_at"]?.string
            {
                let edges = (json["edges"]?.elements ?? []).compactMap(\.string)
                begun[name] = (fingerprint, Begun(method: method, edges: edges, takenAt: takenAt, records: []))
            }
        }
        try handle.seekToEnd()
        // A line that was cut short must not run into the next one.
        if !text.isEmpty, !text.hasSuffix("\n") { try handle.write(contentsOf: Data("\n".utf8)) }
    }

    /// What an earlier try of this comparison left; `nil` where there was none, or of something else.
    func begun(_ name: String, fingerprint: String) -> Begun? {
        guard let earlier = begun[name], earlier.fingerprint == fingerprint else { return nil }
        return earlier.begun
    }

    /// Notes that a comparison begins.
    func begin(_ name: String, fingerprint: String, _ one: Begun) throws {
        begun[name] = (fingerprint, one)
        try write([
            .init("comparison", .string(name)), .init("fingerprint", .string(fingerprint)),
            .init("method", .string(one.method.rawValue)), .init("edges", .array(one.edges.map(JSONValue.string))),
            .init("taken_at", .string(one.takenAt)),
        ])
    }

    /// Notes what came of a range.
    func record(_ record: RangeRecord, of name: String) throws {
        try write([.init("comparison", .string(name))] + record.json.members)
    }

    /// Takes the file away, when everything is compared: the next run begins anew.
    package func remove() {
        try? handle?.close()
        handle = nil
        try? FileManager.default.removeItem(atPath: path)
    }

    private func write(_ members: [JSONValue.Member]) throws {
        do {
            try handle?.write(contentsOf: Data((JSONValue.object(members).compactText + "\n").utf8))
            try handle?.synchronize()
        } catch {
            throw Failure(message: "\(path) cannot be written")
        }
    }
}
