import Synchronization

/// Grids that were made once, by their ranges: checks that share a schedule share its slots.
final class GridCache: Sendable {
    private let grids = Mutex<[TimeRange: SlotGrid]>([:])

    /// The grid of a range, made by `make` where it is new.
    func grid(in range: TimeRange, make: () -> SlotGrid) -> SlotGrid {
        if let known = grids.withLock({ $0[range] }) { return known }
        let grid = make()
        grids.withLock { $0[range] = grid }
        return grid
    }
}
