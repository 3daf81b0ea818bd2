import Captures
import Glibc
import Testing

/// What reading a whole capture gave.
struct Reading {
  var frames: [Shown] = []
  var error: CaptureError?

  /// Reads a regular file of these bytes that has no name.
  init(_ bytes: [UInt8], most: Int = .max) {
    let scratch = Scratch()
    scratch.fill(bytes)
    self.init(most: most) { () throws(CaptureError) in
      try CaptureFile(descriptor: scratch.again(), name: "bytes")
    }
  }

  /// Reads what `open` opens, `most` frames at a time.
  init(most: Int = .max, _ open: () throws(CaptureError) -> CaptureFile) {
    do {
      var file = try open()
      var number = 0
      while true {
        let before = number
        var isCounted = true
        let count = try file.read(most: most) { frame in
          number += 1
          isCounted = isCounted && frame.number == number
          frames.append(Shown(frame))
          return true
        }
        #expect(count == number - before && isCounted && file.frameCount == number)
        if count == 0 { break }
      }
    } catch {
      self.error = error
    }
  }
}
