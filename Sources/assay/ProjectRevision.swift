import Foundation

/// The revision of the project's files, for the record.
enum ProjectRevision {
    /// The commit that git has checked out in or above a directory; `nil` outside a repository.
    static func current(in directory: String) -> String? {
        var url = URL(fileURLWithPath: directory).standardizedFileURL
        for _ in 0..<64 {
            if let head = read(url.appendingPathComponent(".git/HEAD")) {
                return commit(head, in: url.appendingPathComponent(".git"))
            }
            let above = url.deletingLastPathComponent()
            if above.path == url.path { return nil }
            url = above
        }
        return nil
    }

    private static func commit(_ head: String, in git: URL) -> String? {
        guard head.hasPrefix("ref: ") else { return isHash(head) ? head : nil }
        let reference = String(head.dropFirst("ref: ".count))
        if let hash = read(git.appendingPathComponent(reference)), isHash(hash) { return hash }
        let packed = read(git.appendingPathComponent("packed-refs")) ?? ""
        let line = packed.split(separator: "\n").first { $0.hasSuffix(" " + reference) }
        return line.flatMap { $0.split(separator: " ").first }.map(String.init)
    }

    private static func read(_ url: URL) -> String? {
        (try? String(contentsOf: url, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func isHash(_ text: String) -> Bool {
        text.count >= 40 && text.allSatisfy(\.isHexDigit)
    }
}
