import Comparison
import ExactJSON
import Execution
import Foundation
import Postgres
import StructuredSQL
import Synchronization
import TestSupport
import Testing

/// What two servers need besides: ranges, going on after a failure, looking again, waiting.
struct ServerDiffTests {
    /// Two tables that the statistics take for large, so that they are cut into ranges; every 1000th row has changed.
    private static let large: SQL = """
        CREATE TABLE l (id int PRIMARY KEY, v int); INSERT INTO l SELECT i, 1 FROM generate_series(1, 20000) AS i;
        CREATE TABLE r (LIKE l INCLUDING ALL);
        INSERT INTO r SELECT i, CASE WHEN i % 1000 = 0 THEN 2 ELSE 1 END FROM generate_series(1, 20000) AS i;
        DELETE FROM r WHERE id = 5; DELETE FROM l WHERE id = 15000; ANALYZE l, r;
        UPDATE pg_class SET reltuples = 5000000 WHERE relname IN ('l', 'r')
        """

    private static let file = "{compare: c, left: {dataset: l}, right: {dataset: r}, key: id}"

    private func expectAll(_ result: DiffResult) throws {
        let counts = try #require(result.counts, "\(result.problems)")
        #expect(counts.left == 19999 && counts.right == 19999 && counts.identical == 19979)
        #expect(counts.changed == 19 && counts.onlyLeft == 1 && counts.onlyRight == 1)
        #expect(counts.columns.map(\.count) == [19])
        let ids = result.sample.compactMap { $0.key["id"]?.integer }
        #expect(ids == ids.sorted() && ids.count == 21)
    }

    @Test(arguments: [DiffPlace.hashes, .rows, .checksums])
    func rangesTogetherAreTheWhole(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.large)
            let events = Mutex<[DiffEvent]>([])
            let result = try await place.compare(Self.file, on: database) { context in
                context.observe = { event in events.withLock { $0.append(event) } }
            }
            try expectAll(result)
            #expect(result.method.contains("in 10 ranges"))
            let seen = events.withLock { $0 }
            #expect(seen.contains(.ranges(10, rows: 10_000_000)))
            #expect(seen.count { $0 == .rangeEnded } == 10)
            #expect(seen.reduce(0) { if case .read(let rows) = $1 { $0 + rows } else { $0 } } >= 2 * 19978)
        }
    }

    /// Rows that moved within their table: to its end, to its beginning, and all of them.
    @Test func rowsMayLieAnywhere() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.large)
            func compare() async throws -> (result: DiffResult, shown: [Int]) {
                let shown = Mutex<[Int]>([])
                let result = try await DiffPlace.rows.compare(
                    Self.file, on: database,
                    sink: { row in shown.withLock { $0.append(row.key["id"]?.integer ?? 0) } })
                return (result, shown.withLock { $0.sorted() })
            }
            let ordered = try await compare()
            #expect(ordered.result.method.hasPrefix("whole rows as they lie, by id, in 10 ranges of pages"))
            try expectAll(ordered.result)
            // Updates put rows elsewhere, without a change of what they say.
            try await database.execute(
                "UPDATE r SET v = v WHERE id % 100 = 3; UPDATE l SET v = v WHERE id % 70 = 5; UPDATE pg_class SET reltuples = 5000000 WHERE relname IN ('l', 'r')"
            )
            let moved = try await compare()
            #expect(moved.result.method.hasPrefix("whole rows as they lie") && moved.shown == ordered.shown)
            try expectAll(moved.result)
            // Nothing lies as on the other side, though the statistics still say so: more wait than may.
            try await database.execute(
                """
                INSERT INTO l SELECT i, 1 FROM generate_series(20001, 60000) AS i; INSERT INTO r SELECT i, 1 FROM generate_series(60000, 20001, -1) AS i;
                UPDATE pg_class SET reltuples = 5000000 WHERE relname IN ('l', 'r')
                """)
            let apart = try await compare()
            #expect(apart.result.method.hasPrefix("whole rows by id, in 10 ranges"), "\(apart.result.method)")
            #expect(
                apart.result.notes == ["the tables do not lie alike: they were read again, in the order of the key"])
            #expect(apart.result.counts?.identical == 59979 && apart.shown == ordered.shown)
        }
    }

    @Test(arguments: [DiffPlace.hashes, .rows, .checksums])
    func whatAnEarlierTryFoundIsNotLost(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.large)
            let path = NSTemporaryDirectory() + "assay-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: path) }
            let rows = Mutex(0)
            // After some rows the servers are gone.
            let first = try await place.compare(Self.file, on: database) { context in
                context.checkpoint = try? Checkpoint(path)
                context.settings.jobs = 1
            } sink: { _ in
                guard
                    rows.withLock({
                        $0 += 1; return $0
                    }) == 8
                else { return }
                try await database.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            }
            #expect(first.outcome == .incomplete && first.counts == nil)
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
            let events = Mutex(0)
            let shown = Mutex<[Int]>([])
            let checkpoint = try Checkpoint(path)
            let second = try await place.compare(Self.file, on: database) { context in
                context.checkpoint = checkpoint
                context.observe = { if case .waiting = $0 {} else { events.withLock { $0 += 1 } } }
            } sink: { row in
                shown.withLock { $0.append(row.key["id"]?.integer ?? 0) }
            }
            try expectAll(second)
            let note = try #require(second.notes.first { $0.contains("from an earlier try") })
            #expect(note.contains("of 10 ranges"))
            // Rows that the first try found come out again.
            #expect(shown.withLock { $0.sorted() } == second.sample.compactMap { $0.key["id"]?.integer })
            await checkpoint.remove()
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func whatAnEarlierTryFoundOfSomethingElseDoesNotCount() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.large)
            let path = NSTemporaryDirectory() + "assay-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: path) }
            _ = try await DiffPlace.rows.compare(Self.file, on: database) { $0.checkpoint = try? Checkpoint(path) }
            let other = try await DiffPlace.rows.compare(
                Self.file.replacing("key: id", with: "key: id, where: id > 100"), on: database
            ) { $0.checkpoint = try? Checkpoint(path) }
            #expect(other.counts?.left == 19899 && !other.notes.contains { $0.contains("earlier") })
            // A cut line is a range that is compared again; a file of something else is refused.
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try String(text.dropLast(40)).write(toFile: path, atomically: false, encoding: .utf8)
            let again = try await DiffPlace.rows.compare(
                Self.file.replacing("key: id", with: "key: id, where: id > 100"), on: database
            ) { $0.checkpoint = try? Checkpoint(path) }
            #expect(again.counts?.left == 19899 && again.notes.contains { $0.contains("9 of 10 ranges") })
            try "select 1".write(toFile: path, atomically: false, encoding: .utf8)
            #expect(throws: Checkpoint.Failure.self) { try Checkpoint(path) }
        }
    }

    @Test(arguments: [DiffPlace.hashes, .rows])
    func rowsThatAreOnTheirWayAreLookedAtAgain(place: DiffPlace) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.large)
            let shown = Mutex<[Int]>([])
            let file = Self.file.replacing("key: id", with: "key: id, recheck: 100ms, tolerance: {v: {absolute: 3}}")
            // What differs by no more than the tolerance is no suspect; the others: one arrives, one goes, one stays.
            try await database.execute(
                "UPDATE r SET v = 9 WHERE id IN (1000, 2000, 3000); DELETE FROM r WHERE id = 7")
            let once = Mutex(false)
            let result = try await place.compare(file, on: database) { context in
                context.observe = { event in
                    guard case .waiting(.some) = event else { return }
                    once.withLock { $0 = true }
                    let settings = database.settings
                    Task {
                        let connection = try await Connection.open(settings)
                        try await connection.execute(
                            script:
                                "UPDATE r SET v = 1 WHERE id = 1000; UPDATE r SET v = 8 WHERE id = 2000; INSERT INTO r VALUES (5, 1); DELETE FROM l WHERE id = 7"
                        )
                        await connection.close()
                    }
                }
            } sink: { row in
                shown.withLock { $0.append(row.key["id"]?.integer ?? 0) }
            }
            #expect(once.withLock { $0 })
            #expect(result.counts?.changed == 3 && result.counts?.onlyLeft == 2 && result.counts?.onlyRight == 1)
            #expect(result.counts?.vanished == 3)
            #expect(result.outcome == .different)
            #expect(shown.withLock { $0.sorted() } == [2000, 3000, 15000])
            #expect(result.sample.compactMap { $0.key["id"]?.integer } == [2000, 3000, 15000])
        }
    }

    @Test func whatIsAboutTwoServersIsNotIgnoredInSilence() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.large)
            let file = Self.file.replacing("key: id", with: "key: id, recheck: 1s, method: rows")
            let result = try await DiffPlace.oneServer.compare(file, on: database)
            #expect(result.notes == ["one server sees one instant: method, recheck changed nothing"])
        }
    }

    @Test func nothingIsBegunOnAServerThatIsBusy() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.large)
            var other = database.settings
            other.applicationName = "somebody"
            let busy = try await Connection.open(other)
            async let sleeping = busy.rows("SELECT pg_sleep(2)")
            try await Task.sleep(for: .milliseconds(300))
            let said = Mutex<[String]>([])
            let result = try await DiffPlace.rows.compare(Self.file, on: database) { context in
                context.maximumActive = 0
                context.observe = { event in
                    if case .waiting(let text?) = event { said.withLock { $0.append(text) } }
                }
            }
            _ = try await sleeping
            await busy.close()
            try expectAll(result)
            #expect(said.withLock { $0.contains { $0.contains("active, more than 0") } })
        }
    }
}
