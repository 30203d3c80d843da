import StructuredSQL

/// Statements of scans in the groups in which they are sent, and what has to be taken back between them.
///
/// Statements of which nothing but an answer can come share a group. Views, domains and operators may run functions, and
/// those may change settings: what any other statement may have set is taken back before the next.
struct StatementBatch {
    private(set) var groups: [[SQL]] = []
    /// Where the answer to each request is among all answers.
    private(set) var positions: [Int] = []
    private var count = 0

    /// Most statements in a group: an error makes the others of it be asked again.
    private static let groupSize = 8

    init(_ requests: [ScanRunner.Request]) {
        var mayJoin = false
        for request in requests {
            let settings = request.workMemoryBytes.map { [SnapshotSession.workMemory(bytes: $0)] } ?? []
            let leavesTraces = !request.isClosed || !settings.isEmpty
            positions.append(count + settings.count)
            if mayJoin, !leavesTraces, let last = groups.last, last.count < Self.groupSize {
                groups[groups.count - 1].append(request.statement)
                count += 1
            } else {
                append(settings + [request.statement])
            }
            if leavesTraces { append([SnapshotSession.rewinding]) }
            mayJoin = !leavesTraces
        }
        if mayJoin { append([SnapshotSession.rewinding]) }
    }

    private mutating func append(_ group: [SQL]) {
        groups.append(group)
        count += group.count
    }
}
