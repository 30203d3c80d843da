import Catalog
import Planning

/// Statements that go to the server in one round trip: one large one, or many that take no time.
struct ScanUnit: Sendable {
    var scans: [Scan]

    /// Relations of at most so many bytes count as small.
    ///
    /// Reading them takes about as long as the way there and back. Where the catalog does not know the size, it may be
    /// anything.
    private static let smallBytes = 1 << 20
    /// Most bytes read and most statements in one unit, so that connections share the work evenly.
    private static let unitBytes = 8 << 20
    private static let unitStatements = 64

    /// Divides the scans of a plan, keeping their order: large ones alone, small ones together.
    ///
    /// Small scans of one relation go to one connection, which then looks its columns and functions up once.
    static func units(of scans: [Scan]) -> [ScanUnit] {
        var units: [ScanUnit] = []
        var small: [RelationName: [Scan]] = [:]
        var order: [RelationName] = []
        for scan in scans {
            if let size = scan.estimatedBytes, size <= smallBytes {
                if small[scan.relation.name] == nil { order.append(scan.relation.name) }
                small[scan.relation.name, default: []].append(scan)
            } else {
                units.append(ScanUnit(scans: [scan]))
            }
        }
        var gathered = ScanUnit(scans: [])
        var bytes = 0
        for scan in order.flatMap({ small[$0] ?? [] }) {
            let size = scan.estimatedBytes ?? 0
            if gathered.scans.count == unitStatements || bytes + size > unitBytes {
                units.append(gathered)
                gathered = ScanUnit(scans: [])
                bytes = 0
            }
            gathered.scans.append(scan)
            bytes += size
        }
        if !gathered.scans.isEmpty { units.append(gathered) }
        return units
    }
}
