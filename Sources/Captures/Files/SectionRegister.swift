/// What the section of a pcapng file describes for its frames to name by number.
final class SectionRegister {
  /// The processes.
  let processes = ProcessRegister()
  /// The names of the interfaces, in their order; nil where the file has neither name nor description.
  private var names: [[UInt8]?] = []
  /// The number of the first of them, counted over all sections.
  private var firstInterface = 0

  /// Another section describes its own.
  func begin(firstInterface: Int) {
    processes.begin()
    names.removeAll(keepingCapacity: true)
    self.firstInterface = firstInterface
  }

  /// Takes in the next interface.
  func describe(_ interface: CaptureInterface) {
    names.append(interface.name ?? interface.description)
  }

  /// The name of an interface of this section; nil when it has none.
  func name(ofInterface number: Int) -> [UInt8]? {
    let index = number - firstInterface
    return names.indices.contains(index) ? names[index] : nil
  }
}
