/// Writes classic BPF programs with labels instead of counted jumps. All jumps lead forwards, as
/// the kernel demands.
struct BPFAssembler {
  /// A place to jump to.
  struct Label: Hashable {
    fileprivate let number: Int
  }

  private var instructions: [BPFInstruction] = []
  private var places: [Label: Int] = [:]
  private var jumps: [(at: Int, to: Label)] = []
  private var labels = 0

  /// A label that is placed later.
  mutating func label() -> Label {
    labels += 1
    return Label(number: labels)
  }

  /// Here is where jumps to `label` lead.
  mutating func place(_ label: Label) { places[label] = instructions.count }

  /// Loads a byte, or two, at a fixed offset into A.
  mutating func load(byteAt offset: UInt32) { emit(0x30, offset) }
  mutating func load(shortAt offset: UInt32) { emit(0x28, offset) }
  mutating func load(wordAt offset: UInt32) { emit(0x20, offset) }
  /// Loads a byte, or two, at X plus an offset into A.
  mutating func load(byteBehindX offset: UInt32) { emit(0x50, offset) }
  mutating func load(shortBehindX offset: UInt32) { emit(0x48, offset) }

  /// X becomes a constant.
  mutating func setX(_ value: UInt32) { emit(0x01, value) }
  /// X becomes A.
  mutating func moveToX() { emit(0x07, 0) }
  /// A becomes X.
  mutating func moveToA() { emit(0x87, 0) }
  /// A is stored in, and A or X loaded from, the scratch cell 0.
  mutating func storeA() { emit(0x02, 0) }
  mutating func loadA() { emit(0x60, 0) }
  mutating func loadX() { emit(0x61, 0) }

  /// Arithmetic on A.
  mutating func and(_ value: UInt32) { emit(0x54, value) }
  mutating func add(_ value: UInt32) { emit(0x04, value) }
  mutating func addX() { emit(0x0c, 0) }
  mutating func shiftLeft(_ bits: UInt32) { emit(0x64, bits) }
  mutating func shiftRight(_ bits: UInt32) { emit(0x74, bits) }

  /// X grows by a constant; A is lost.
  mutating func advanceX(_ count: UInt32) {
    moveToA()
    add(count)
    moveToX()
  }

  /// Jumps when A equals a value.
  mutating func jump(to label: Label, ifEqual value: UInt32) {
    jumps.append((instructions.count, label))
    emit(0x15, value)
  }

  /// Jumps when A has a bit of the mask.
  mutating func jump(to label: Label, ifAnyOf mask: UInt32) {
    jumps.append((instructions.count, label))
    emit(0x45, mask)
  }

  /// Jumps when A is greater than a value.
  mutating func jump(to label: Label, ifAbove value: UInt32) {
    jumps.append((instructions.count, label))
    emit(0x25, value)
  }

  /// Jumps always.
  mutating func jump(to label: Label) {
    jumps.append((instructions.count, label))
    emit(Self.always, 0)
  }

  /// Ends the program: so many bytes of the frame are kept, 0 refuses it.
  mutating func answer(_ bytes: UInt32) { emit(0x06, bytes) }

  private mutating func emit(_ code: UInt16, _ operand: UInt32) {
    instructions.append(BPFInstruction(code: code, operand: operand))
  }

  /// The program with its jumps counted.
  ///
  /// A conditional jump reaches 255 instructions. One that leads farther passes over an
  /// unconditional jump, which is put behind it, when its condition does not hold.
  func assembled() -> [BPFInstruction] {
    var far: Set<Int> = []
    while true {
      let positions = positions(far)
      let more = jumps.filter { jump in
        guard instructions[jump.at].code != Self.always, !far.contains(jump.at) else {
          return false
        }
        return distance(of: jump, positions) > 255
      }
      if more.isEmpty { return assembled(far, positions) }
      far.formUnion(more.map(\.at))
    }
  }

  /// The code of a jump without condition.
  private static let always: UInt16 = 0x05

  /// Where each instruction lands, and the end, when the far jumps take two.
  private func positions(_ far: Set<Int>) -> [Int] {
    var positions: [Int] = []
    var next = 0
    for index in instructions.indices {
      positions.append(next)
      next += far.contains(index) ? 2 : 1
    }
    return positions + [next]
  }

  /// How many instructions a jump passes; one to a label that was not placed ahead of it passes
  /// none.
  private func distance(of jump: (at: Int, to: Label), _ positions: [Int]) -> Int {
    guard let place = places[jump.to], place > jump.at, place < positions.count else { return 0 }
    return positions[place] - positions[jump.at] - 1
  }

  private func assembled(_ far: Set<Int>, _ positions: [Int]) -> [BPFInstruction] {
    var distances: [Int: Int] = [:]
    for jump in jumps { distances[jump.at] = distance(of: jump, positions) }
    var program: [BPFInstruction] = []
    for (index, instruction) in instructions.enumerated() {
      var instruction = instruction
      let distance = distances[index] ?? 0
      if instruction.code == Self.always {
        instruction.operand = UInt32(distance)
      } else if far.contains(index) {
        instruction.jumpFalse = 1
        program.append(instruction)
        instruction = BPFInstruction(code: Self.always, operand: UInt32(distance - 1))
      } else {
        instruction.jumpTrue = UInt8(clamping: distance)
      }
      program.append(instruction)
    }
    return program
  }
}
