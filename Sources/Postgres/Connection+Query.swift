import CLibPQ
package import StructuredSQL

extension Connection {
    /// Runs a statement and returns all its rows; for answers known to be small.
    ///
    /// - Parameters:
    ///   - sql: One statement; its values travel apart from its text.
    ///   - limit: Time after which the client cancels it, besides the server's `statement_timeout`.
    /// - Returns: The rows, in the order the server sent them.
    /// - Throws: A ``PostgresError``; the connection is usable afterwards unless the error ends the session.
    package nonisolated func rows(_ sql: SQL, limit: Duration? = nil) async throws(PostgresError) -> [Row] {
        try await cancelling { () async throws(PostgresError) in try await self.runBuffered(sql.statement, limit: limit)
        }
    }

    /// Runs a statement that gives exactly one row.
    package nonisolated func row(_ sql: SQL, limit: Duration? = nil) async throws(PostgresError) -> Row {
        let rows = try await rows(sql, limit: limit)
        guard rows.count == 1, let row = rows.first else {
            throw PostgresError(.client, "expected one row, the server sent \(rows.count)")
        }
        return row
    }

    /// Runs a statement that gives one row or none.
    package nonisolated func rowIfPresent(_ sql: SQL) async throws(PostgresError) -> Row? {
        let rows = try await rows(sql)
        guard rows.count <= 1 else {
            throw PostgresError(.client, "expected at most one row, the server sent \(rows.count)")
        }
        return rows.first
    }

    /// Runs text of ours by the simple protocol; several statements in one round trip.
    ///
    /// Values are written as literals, so nothing a user wrote may be in it.
    package nonisolated func execute(script: SQL) async throws(PostgresError) {
        try await cancelling { () async throws(PostgresError) in try await self.runScript(script.literalText) }
    }

    /// Parses and plans a statement on the server without running it.
    ///
    /// - Returns: Names and type OIDs of the columns it would give.
    package nonisolated func describe(_ sql: SQL) async throws(PostgresError) -> StatementDescription {
        try await cancelling { () async throws(PostgresError) in
            try await self.runDescribe(sql.statement.text)
        }
    }

    /// Prepares a statement under a name, to be run many times.
    package nonisolated func prepare(_ sql: SQL, name: String) async throws(PostgresError) -> PreparedStatement {
        try await cancelling { () async throws(PostgresError) in
            try await self.runPrepare(name: name, text: sql.statement.text)
        }
        return PreparedStatement(name: name)
    }

    /// Runs a prepared statement with these values and returns all its rows.
    package nonisolated func rows(
        _ prepared: PreparedStatement,
        binds: [String?]
    ) async throws(PostgresError) -> [Row] {
        try await cancelling { () async throws(PostgresError) in
            try await self.runBuffered(RenderedStatement(text: "", name: prepared.name, binds: binds), limit: nil)
        }
    }

    private func runBuffered(_ statement: RenderedStatement, limit: Duration?) throws(PostgresError) -> [Row] {
        try statement.requireRepresentable()
        let handle = try begin(limit: limit)
        var rows: [Row] = []
        var failure: PostgresError?
        do throws(PostgresError) {
            try handle.send(statement)
            while let result = try handle.nextResult(deadline: currentDeadline) {
                if let error = result.error { failure = failure ?? error }
                rows += result.rows
            }
        } catch {
            failure = error
        }
        try finish(throwing: failure)
        return rows
    }

    private func runScript(_ text: String) throws(PostgresError) {
        let handle = try begin(limit: nil)
        var failure: PostgresError?
        do throws(PostgresError) {
            try handle.send(script: text)
        } catch {
            failure = error
        }
        try finish(throwing: failure)
    }

    private func runPrepare(name: String, text: String) throws(PostgresError) {
        let handle = try begin(limit: nil)
        var failure: PostgresError?
        do throws(PostgresError) {
            try handle.sendPrepare(name: name, text: text)
        } catch {
            failure = error
        }
        try finish(throwing: failure)
    }

    private func runDescribe(_ text: String) throws(PostgresError) -> StatementDescription {
        try runPrepare(name: "", text: text)
        let handle = try begin(limit: nil)
        var description = StatementDescription(columnNames: [], columnTypes: [], parameterTypes: [])
        var failure: PostgresError?
        do throws(PostgresError) {
            try handle.sendDescribe(name: "")
            while let result = try handle.nextResult(deadline: nil) {
                if let error = result.error { failure = failure ?? error }
                description = StatementDescription(
                    columnNames: result.columnNames, columnTypes: result.columnTypes,
                    parameterTypes: result.parameterTypes
                )
            }
        } catch {
            failure = error
        }
        try finish(throwing: failure)
        return description
    }
}

/// A statement the server keeps under a name for this session.
package struct PreparedStatement: Sendable, Hashable {
    package var name: String
}

/// What a statement would give.
package struct StatementDescription: Sendable, Hashable {
    package var columnNames: [String]
    /// `pg_type.oid` of each column.
    package var columnTypes: [UInt32]
    package var parameterTypes: [UInt32]
}

extension SQL {
    var statement: RenderedStatement {
        let rendered = rendered()
        return RenderedStatement(text: rendered.text, binds: rendered.binds)
    }
}

extension RenderedStatement {
    /// C strings end at a NUL, and PostgreSQL's text has none; a cut value would be a wrong value.
    func requireRepresentable() throws(PostgresError) {
        guard !text.utf8.contains(0), !binds.contains(where: { $0?.utf8.contains(0) ?? false }) else {
            throw PostgresError(.client, "a value contains a NUL character, which PostgreSQL's text cannot hold")
        }
        guard binds.count <= Int(UInt16.max) else {
            throw PostgresError(.client, "\(binds.count) values in one statement, more than the protocol's 65535")
        }
    }
}
