/// A system call failed with this `errno`.
struct SystemError: Error, Hashable {
  var number: Int32
}
