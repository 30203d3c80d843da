/// Where rows of a table are: block and offset of each in one number, in the order of the table.
package struct RowAddresses: Sendable, Hashable {
    package var numbers: [UInt64]
    /// The file of the table that the addresses are of (`pg_relation_filenode`); in another one they mean other rows.
    package var fileNode: String

    package init(_ numbers: [UInt64], in fileNode: String) {
        self.numbers = numbers
        self.fileNode = fileNode
    }

    /// The addresses in `{"(0,1)","(0,2)"}`, the text of an array of `tid`.
    package static func numbers(in array: String) -> [UInt64] {
        var addresses: [UInt64] = []
        var number: UInt64 = 0
        var block: UInt64 = 0
        for byte in array.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number * 10 + UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: ","): (block, number) = (number, 0)
            case UInt8(ascii: ")"):
                addresses.append(block << 16 | number)
                (block, number) = (0, 0)
            default: break
            }
        }
        return addresses
    }

    /// The text of an array of `tid` with every address of several once.
    static func arrayText(_ all: [RowAddresses]) -> String {
        var numbers = all.count == 1 ? all[0].numbers : all.flatMap(\.numbers).sorted()
        if all.count > 1 { numbers = numbers.enumerated().filter { $0 == 0 || numbers[$0 - 1] != $1 }.map(\.element) }
        return "{" + numbers.map { "\"(\($0 >> 16),\($0 & 0xFFFF))\"" }.joined(separator: ",") + "}"
    }
}
