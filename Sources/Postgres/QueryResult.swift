import CLibPQ

/// Owns one `PGresult`; the memory is freed when the value goes out of scope.
struct QueryResult: ~Copyable {
    private let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }
    var rowCount: Int { Int(PQntuples(pointer)) }
    var columnCount: Int { Int(PQnfields(pointer)) }

    var columnNames: [String] {
        (0..<Int32(columnCount)).map { index in PQfname(pointer, index).map { String(cString: $0) } ?? "" }
    }

    var columnTypes: [UInt32] { (0..<Int32(columnCount)).map { PQftype(pointer, $0) } }

    var parameterTypes: [UInt32] { (0..<PQnparams(pointer)).map { PQparamtype(pointer, $0) } }

    /// Number of rows a command touched; 0 where it touches none.
    var affectedRowCount: Int { PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// All rows; none unless the result has rows.
    var rows: [Row] {
        // libpq 15 answers the first statement of a pipeline row by row if a stream came before it.
        guard status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE else { return [] }
        let columns = columnNames
        return (0..<rowCount).map { Row(cells: cells(ofRow: $0), columns: columns) }
    }

    func cells(ofRow row: Int) -> [String?] {
        (0..<Int32(columnCount)).map { column in
            guard PQgetisnull(pointer, Int32(row), column) == 0, let start = PQgetvalue(pointer, Int32(row), column)
            else { return nil }
            let length = Int(PQgetlength(pointer, Int32(row), column))
            return String(serverText: UnsafeRawBufferPointer(start: start, count: length))
        }
    }

    /// The error the result reports; `nil` if it reports none.
    var error: PostgresError? {
        guard status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE else { return nil }
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue, let text = PQresultErrorField(pointer, Int32(ascii)) else { return nil }
            return String(cString: text)
        }
        let fallback = PQresultErrorMessage(pointer).map { String(cString: $0) } ?? ""
        var error = PostgresError(
            .server, field("M") ?? fallback.trimmedMessage,
            sqlState: field("C").map(SQLState.init(rawValue:)), detail: field("D"), hint: field("H")
        )
        error.position = field("P").flatMap { Int($0) }
        error.subject = field("c") ?? field("t")
        error.isFatal = ["FATAL", "PANIC"].contains(field("V") ?? "")
        // Without an SQLSTATE it is libpq speaking: the connection broke.
        if error.sqlState == nil { error.kind = .connectionLost }
        return error
    }
}

extension String {
    /// Text as the server sent it.
    ///
    /// A database in SQL_ASCII holds bytes that are not UTF-8; they become visible `\xE9`.
    package init(serverText bytes: UnsafeRawBufferPointer, backslash: String = "\\") {
        let units = bytes.bindMemory(to: UInt8.self)
        if let valid = String(validating: units, as: UTF8.self) {
            self = valid
            return
        }
        var result = ""
        var decoder = UTF8()
        var rest = units.makeIterator()
        var start = 0
        decoding: while true {
            switch decoder.decode(&rest) {
            case .scalarValue(let scalar):
                result.unicodeScalars.append(scalar)
                start += UTF8.width(scalar)
            case .emptyInput:
                break decoding
            case .error:
                let digits = String(units[start], radix: 16, uppercase: true)
                result += backslash + "x" + (digits.count == 1 ? "0" : "") + digits
                start += 1
                // The decoder may have swallowed the beginning of a good character: start again behind the bad byte.
                decoder = UTF8()
                rest = UnsafeBufferPointer(rebasing: units[start...]).makeIterator()
            }
        }
        self = result
    }

    /// The first line of a libpq message without its prefix.
    var trimmedMessage: String {
        let line = split(separator: "\n", maxSplits: 1).first.map(String.init) ?? self
        for prefix in ["ERROR:", "FATAL:", "PANIC:"] where line.hasPrefix(prefix) {
            return String(line.dropFirst(prefix.count).drop(while: \.isWhitespace))
        }
        return line
    }
}
