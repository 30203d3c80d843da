import Planning
import Postgres

extension ScanRunner {
    /// Reads pieces of a large table until there are none left; several connections do so at once.
    func run(_ queue: PieceQueue) async throws {
        while let piece = queue.next() {
            if piece.number == 0 { observer(.scanStarted(queue.scan)) }
            let request = Request(statement: piece.statement, isClosed: queue.scan.isClosed)
            guard let reply = try await replies(to: [request]).first else { return queue.fail() }
            switch reply.row {
            case .success(let row):
                queue.take(row.cells, for: piece, duration: reply.duration)
                observer(.scanAdvanced(queue.scan, fraction: queue.fraction))
            case .failure(let error): queue.fail(error, piece.statement)
            }
        }
    }
}
