import Glibc

/// A thread of its own for one piece of work.
struct Worker: ~Copyable {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let thread: pthread_t

  /// Starts `body` on a new thread; nil when the system gives no thread, `body` has then not run.
  /// The corresponding C function is `pthread_create`.
  init?(_ body: @escaping @Sendable () -> Void) {
    let work = unsafe Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let result = unsafe pthread_create(
      &thread, nil,
      { context in
        if let context = unsafe context {
          unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
        }
        return nil
      }, work.toOpaque())
    guard result == 0 else {
      unsafe work.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits for the end of the work. The corresponding C function is `pthread_join`.
  consuming func join() {
    _ = pthread_join(thread, nil)
  }

  /// Runs `body` on another thread and waits for its result; nil when there was no thread.
  static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result? {
    let slot = Slot<Result>()
    guard let worker = Worker({ slot.value = body() }) else { return nil }
    worker.join()
    return slot.value
  }
}

/// A place for a thread's result: written by the thread, read after it was joined.
final class Slot<Value: Sendable>: @unchecked Sendable {
  var value: Value?
}

/// Work that another thread does meanwhile.
final class Meanwhile<Value: Sendable> {
  private let slot = Slot<Value>()
  private let work: @Sendable () -> Value
  private var worker: Worker?

  init(_ work: @escaping @Sendable () -> Value) {
    self.work = work
    let slot = slot
    worker = Worker { slot.value = work() }
  }

  /// What it made; where the system gave no thread, the work is done now.
  var value: Value {
    worker.take()?.join()
    if let value = slot.value { return value }
    let value = work()
    slot.value = value
    return value
  }

  deinit { worker.take()?.join() }
}

/// Some threads that do the same work, each its share.
package final class WorkerGroup<Result: Sendable> {
  private var threads: [(Thread, Slot<Result>)] = []

  private final class Thread {
    private var worker: Worker?
    init(_ worker: consuming Worker) { self.worker = consume worker }
    func join() { worker.take()?.join() }
  }

  /// Starts `count` threads, or as many as the system gives.
  package init(_ count: Int, _ work: @escaping @Sendable () -> Result) {
    for _ in 0..<max(0, count) {
      let slot = Slot<Result>()
      guard let worker = Worker({ slot.value = work() }) else { return }
      threads.append((Thread(worker), slot))
    }
  }

  /// Waits for all of them; what each of them made.
  package func join() -> [Result] {
    for (thread, _) in threads { thread.join() }
    defer { threads = [] }
    return threads.compactMap { $0.1.value }
  }
}
