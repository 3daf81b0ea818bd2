import Glibc

/// A thread of its own: rights and network namespaces belong to threads, and end with them.
final class Aside: @unchecked Sendable {
  private let body: @Sendable () -> Void
  private var thread = pthread_t()

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    let begin: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
      if let context = unsafe $0 {
        unsafe Unmanaged<Aside>.fromOpaque(context).takeRetainedValue().body()
      }
      return nil
    }
    _ = unsafe pthread_create(&thread, nil, begin, context)
  }

  /// Waits for its end.
  func wait() { _ = pthread_join(thread, nil) }

  /// What `body` gives on a thread of its own.
  static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
    let result = Box<Value>()
    Aside { result.value = body() }.wait()
    return result.value!
  }

  private final class Box<Value>: @unchecked Sendable {
    var value: Value?
  }
}
