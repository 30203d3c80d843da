import Comparison
import ExactJSON
import Foundation
import Reporting

/// Differing rows as lines of JSON, written as they come.
actor DiffLines {
    private let handle: FileHandle?
    private let path: String
    private var buffer: [UInt8] = []

    /// - Parameter path: Where to write; `nil` means nowhere.
    /// - Throws: A ``CommandFailure`` if nothing can be written there.
    init(_ path: String?) throws {
        self.path = path ?? "-"
        if let path, path != "-" {
            if !FileManager.default.fileExists(atPath: path) {
                _ = FileManager.default.createFile(atPath: path, contents: nil)
            }
            handle = FileHandle(forWritingAtPath: path)
            guard handle != nil else { throw CommandFailure(.usage, "\(path) cannot be written") }
            try? handle?.truncate(atOffset: 0)
        } else {
            handle = path == nil ? nil : .standardOutput
        }
    }

    func write(_ row: DiffRow, of comparison: String) throws {
        guard handle != nil else { return }
        let line = JSONValue.object([.init("comparison", .string(comparison))] + row.json.members)
        buffer += Array((line.compactText + "\n").utf8)
        if buffer.count > 65_536 { try flush() }
    }

    private func flush() throws {
        let bytes = buffer
        buffer = []
        do {
            try handle?.write(contentsOf: Data(bytes))
        } catch {
            throw CommandFailure(.usage, "\(path) cannot be written")
        }
    }

    func close() throws {
        try flush()
    }
}
