/// A five-character SQLSTATE code.
package struct SQLState: Sendable, Hashable, RawRepresentable {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The first two characters, which name the class.
    package var errorClass: String { String(rawValue.prefix(2)) }

    package static let insufficientPrivilege = SQLState(rawValue: "42501")
    package static let undefinedTable = SQLState(rawValue: "42P01")
    package static let undefinedFunction = SQLState(rawValue: "42883")
    package static let queryCanceled = SQLState(rawValue: "57014")
    package static let lockNotAvailable = SQLState(rawValue: "55P03")
    package static let divisionByZero = SQLState(rawValue: "22012")
    package static let cardinalityViolation = SQLState(rawValue: "21000")
    package static let invalidParameterValue = SQLState(rawValue: "22023")
    package static let inFailedTransaction = SQLState(rawValue: "25P02")
    package static let internalError = SQLState(rawValue: "XX000")
    package static let tooManyConnections = SQLState(rawValue: "53300")
}
