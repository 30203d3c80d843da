import Foundation

/// A network that is far away: takes TCP connections on the loopback and passes them on to a Unix socket.
///
/// Every byte arrives a fixed time later, in each direction; how many are on the way is not limited.
final class DelayProxy: Sendable {
    /// Where it listens, on 127.0.0.1.
    let port: Int
    private let listener: Int32

    /// - Parameters:
    ///   - socketPath: The Unix socket that connections are passed on to.
    ///   - delaySeconds: How long a byte is on the way.
    /// - Throws: A ``BenchmarkError`` if there is no port to listen on.
    init(to socketPath: String, delaySeconds: Double) throws {
        listener = try Self.listen()
        port = Self.port(of: listener)
        let listener = listener
        Thread.detachNewThread {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else {
                    if errno == EINTR { continue }
                    return
                }
                var on: Int32 = 1
                setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
                guard let server = Self.connect(to: socketPath) else {
                    close(client)
                    continue
                }
                DelayLine.join(client, server, delaySeconds: delaySeconds)
            }
        }
    }

    /// Connection string of a database behind the proxy.
    func conninfo(_ database: Database) -> String {
        "host=127.0.0.1 port=\(port) user=postgres dbname=\(database.name)"
    }

    /// Takes no more connections.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func listen() throws -> Int32 {
        let descriptor = socket(AF_INET, Self.stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        #if canImport(Darwin)
            let listening = Darwin.listen(descriptor, 64)
        #else
            let listening = Glibc.listen(descriptor, 64)
        #endif
        guard descriptor >= 0, bound == 0, listening == 0 else {
            throw BenchmarkError("no port to listen on: \(String(cString: strerror(errno)))")
        }
        return descriptor
    }

    private static func port(of descriptor: Int32) -> Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func connect(to path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Self.stream, 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard descriptor >= 0, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                #if canImport(Darwin)
                    Darwin.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                #else
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                #endif
            }
        }
        guard status == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static var stream: Int32 {
        #if canImport(Darwin)
            SOCK_STREAM
        #else
            Int32(SOCK_STREAM.rawValue)
        #endif
    }
}
