/// The interfaces of joined captures, as the written capture numbers them: each capture counts its own from 0, and those of
/// one number and one name are taken for one, as in rotated captures.
struct JoinedInterfaces {
  /// Interfaces that are kept apart; those beyond them share one without a name.
  private static let most = 4_095

  private struct Interface: Hashable {
    let number: Int
    let name: [UInt8]?
  }

  private var numbers: [Interface: Int] = [:]

  /// The number of an interface, and the name that may be written with it.
  mutating func place(of number: Int, name: [UInt8]?) -> (number: Int, name: [UInt8]?) {
    let interface = Interface(number: number, name: name)
    if let known = numbers[interface] { return (known, name) }
    guard numbers.count < Self.most else { return (Self.most, nil) }
    let new = numbers.count
    numbers[interface] = new
    return (new, name)
  }
}
