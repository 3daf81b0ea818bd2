import Captures

/// What reading everything in a container gave.
struct ContainerReading {
  /// A capture in it, as far as it could be read.
  struct Found: Equatable {
    var member: String?
    var frames: [Shown] = []
  }

  var captures: [Found] = []
  var errors: [CaptureError] = []
  var passedOver = 0

  /// Reads a regular file of these bytes.
  init(_ bytes: [UInt8]) {
    let scratch = Scratch()
    scratch.fill(bytes)
    self.init(path: scratch.path)
  }

  /// Reads what is at a path.
  init(path: String) {
    do {
      var container = try CaptureContainer(path: path)
      // Each turn gives a capture or an error, and what can give neither for ever must end.
      for _ in 0..<10_000 {
        do {
          guard var file = try container.next() else { break }
          captures.append(Found(member: file.member.map { String(decoding: $0, as: UTF8.self) }))
          let last = captures.count - 1
          while try file.read(
            most: 1_000,
            { frame in
              captures[last].frames.append(Shown(frame))
              return true
            }) > 0
          {}
        } catch {
          errors.append(error)
        }
      }
      passedOver = container.passedOver
    } catch {
      errors.append(error)
    }
  }
}
