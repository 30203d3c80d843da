/// What went wrong between us and a server: data, not prose.
///
/// Messages never hold a password. They may hold values of rows (`invalid input syntax for type integer: "…"`), so they
/// are as confidential as the rows.
package struct PostgresError: Error, Sendable, Hashable {
    /// What kind of thing went wrong.
    package enum Kind: Sendable, Hashable {
        /// No connection could be made.
        case connect
        /// The server refused or broke off a statement; the connection is usable.
        case server
        /// The connection is gone.
        case connectionLost
        /// Our own deadline passed.
        case deadline
        /// The task was cancelled, and the statement with it.
        case cancelled
        /// Something we sent or received cannot be represented, or the connection was used wrongly.
        case client
    }

    package var kind: Kind
    /// Lower case, no full stop, as PostgreSQL writes its own.
    package var message: String
    package var sqlState: SQLState?
    package var detail: String?
    package var hint: String?
    /// Where in the statement, in characters from 1.
    package var position: Int?
    /// The relation, column or constraint the server names.
    package var subject: String?

    /// Whether the server ended the session with it; a coordinator reports a lost worker and goes on.
    package var isFatal = false

    package init(_ kind: Kind, _ message: String, sqlState: SQLState? = nil, detail: String? = nil, hint: String? = nil)
    {
        self.kind = kind
        self.message = message
        self.sqlState = sqlState
        self.detail = detail
        self.hint = hint
    }

    /// Whether the server or the role has no connection left; libpq hands over the text only, in the server's language.
    var isTooManyConnections: Bool {
        sqlState == .tooManyConnections
            || kind == .connect && (message.contains("too many") || message.contains("connection slots"))
    }

    /// Whether the session ended with the error.
    package var endsSession: Bool {
        switch kind {
        case .connect, .connectionLost: true
        case .server: isFatal
        case .deadline, .cancelled, .client: false
        }
    }
}
