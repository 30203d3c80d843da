import Foundation
import Synchronization

/// Looks at the resident memory of running processes every few milliseconds, where the kernel shows it.
///
/// The kernel keeps the highest value itself, so what is missed is growth within the last milliseconds only.
final class MemoryWatch: Sendable {
    private let peaks: Mutex<[pid_t: Int]>
    private let isOver = Mutex(false)

    init(_ processes: [pid_t]) {
        peaks = Mutex(Dictionary(uniqueKeysWithValues: processes.map { ($0, 0) }))
        look()
        Thread.detachNewThread { [self] in
            // Often at first: some programs are over after a few milliseconds.
            var pause: useconds_t = 250
            while !isOver.withLock({ $0 }) {
                look()
                usleep(pause)
                pause = min(pause + 25, 2500)
            }
        }
    }

    /// 0 if it could not be seen.
    func peakBytes(of process: pid_t) -> Int {
        peaks.withLock { $0[process] ?? 0 }
    }

    func stop() {
        isOver.withLock { $0 = true }
    }

    private func look() {
        for process in peaks.withLock({ Array($0.keys) }) {
            guard let peak = Self.peakBytes(inStatusOf: String(process)) else { continue }
            peaks.withLock { $0[process] = max($0[process] ?? 0, peak) }
        }
    }

    /// `VmHWM` of a process; `nil` where there is no such file, or no memory any more.
    static func peakBytes(inStatusOf process: String) -> Int? {
        let file = open("/proc/\(process)/status", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &buffer, buffer.count)
        guard count > 0 else { return nil }
        let lines = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("VmHWM:") }) else { return nil }
        return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }
            .map { $0 * 1024 }
    }
}
