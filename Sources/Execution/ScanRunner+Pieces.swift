import Planning
import Postgres

extension ScanRunner {
    /// Reads pieces of a large table until there are none left; several connections do so at once.
    func run(_ queue: PieceQueue) async throws {
        if queue.needsSize {
            let replies = try await replies(to: [Request(statement: queue.sizeQuestion, isClosed: true)])
            queue.takeSize((try? replies.first?.row.get()).flatMap { $0[0] }.flatMap { Int($0) })
        }
        while let piece = queue.next() {
            let request = Request(statement: piece.statement, isClosed: queue.scan.isClosed)
            guard let reply = try await replies(to: [request]).first else { return queue.fail() }
            switch reply.row {
            case .success(let row):
                queue.take(row.cells, for: piece, duration: reply.duration)
                observer(.scanAdvanced(queue.scan, fraction: queue.fraction))
            case .failure: queue.fail()
            }
        }
    }
}
