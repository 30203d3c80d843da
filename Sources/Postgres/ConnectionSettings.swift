import CLibPQ

/// How to reach a server: a libpq connection string or URI, with everything libpq reads besides (service files, .pgpass,
/// PG* variables, certificates, several hosts).
package struct ConnectionSettings: Sendable, Hashable {
    /// `key=value` pairs, a `postgresql://` URI, or empty for libpq's defaults.
    package var conninfo: String
    /// What `pg_stat_activity` shows.
    package var applicationName: String

    package init(conninfo: String, applicationName: String = "assay") {
        self.conninfo = conninfo
        self.applicationName = applicationName
    }

    /// Keywords and values for `PQconnectdbParams`, in the order it applies them; later ones win.
    ///
    /// A connection that hangs for ever helps nobody, so `connect_timeout` and keepalives get values where neither the
    /// string, the environment nor a service file gives one.
    func parameters() throws(PostgresError) -> [(keyword: String, value: String)] {
        let given = try parsed()
        // libpq quotes the parts it cannot use, and a password with a "/" or "@" in it ends up in one of them.
        let ports = (given["port"] ?? "").split(separator: ",")
        let isSplitWrongly =
            given["host"]?.contains("@") == true || given["dbname"]?.contains("@") == true
            || !ports.allSatisfy { Int($0) != nil }
        if isSplitWrongly {
            throw PostgresError(
                .connect, "the connection string cannot be read: its host, port or dbname is not one",
                hint: "Percent-encode special characters in the password of a URI, or keep it in .pgpass."
            )
        }
        var result: [(keyword: String, value: String)] = []
        if given["service"] == nil {
            let defaults = Self.defaults()
            let ours = [
                ("connect_timeout", "10"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
                ("keepalives_count", "3"),
            ]
            result += ours.filter { defaults[$0.0] == nil }.map { (keyword: $0.0, value: $0.1) }
        }
        result.append(("dbname", conninfo))
        result.append(("application_name", applicationName))
        result.append(("client_encoding", "UTF8"))
        return result
    }

    /// What the string itself says, by keyword.
    private func parsed() throws(PostgresError) -> [String: String] {
        // libpq takes a string without "=" that is no URI for a database's name.
        guard conninfo.contains("=") || conninfo.contains("://") else { return [:] }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(conninfo, &message) else {
            // libpq's own message quotes parts of the string, a password among them.
            PQfreemem(message)
            throw PostgresError(
                .connect, "the connection string cannot be read",
                hint: "Write key=value pairs (host=db dbname=shop) or postgresql://user@host/dbname."
            )
        }
        defer { PQconninfoFree(options) }
        return Self.values(of: options)
    }

    /// What the environment and its service file say, by keyword.
    private static func defaults() -> [String: String] {
        guard let options = PQconndefaults() else { return [:] }
        defer { PQconninfoFree(options) }
        // Compiled-in defaults are not choices of the user's.
        return values(of: options).filter { keyword, _ in keyword.hasPrefix("connect") || keyword.hasPrefix("keep") }
    }

    private static func values(of options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
        var result: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val, value.pointee != 0 {
                result[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        return result
    }
}

extension ConnectionSettings: CustomStringConvertible {
    /// The settings without the connection string, which may hold a password.
    package var description: String { "ConnectionSettings(\(applicationName))" }
}
