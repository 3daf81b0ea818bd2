/// A system call's failure.
struct SystemFailure: Error, Hashable {
  /// The value of `errno`, errno(3).
  let number: Int32
}
