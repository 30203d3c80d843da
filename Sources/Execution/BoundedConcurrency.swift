/// Runs `body` for every element, at most `width` at once, in their order as places come free.
///
/// - Parameters:
///   - elements: What to work on, first things first.
///   - width: Most at once, 1 or more.
///   - body: The work on one element.
/// - Returns: The results in the order in which the work ended.
/// - Throws: The first error, after the work under way was cancelled and has ended.
func concurrently<Element: Sendable, Result: Sendable>(
    _ elements: [Element], atMost width: Int, _ body: @escaping @Sendable (Element) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: Result.self) { group in
        var waiting = elements[...]
        for _ in 0..<max(1, width) {
            guard let element = waiting.popFirst() else { break }
            group.addTask { try await body(element) }
        }
        var results: [Result] = []
        while let result = try await group.next() {
            results.append(result)
            guard let element = waiting.popFirst() else { continue }
            group.addTask { try await body(element) }
        }
        return results
    }
}
