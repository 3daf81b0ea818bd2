/// Damage that reading went past, or looks for a way past.
struct PassedDamage {
  /// Whether reading goes on behind damage where a record is found there.
  var isPassed = true
  /// The first damage, which is thrown when the file has ended; nil while the capture is sound.
  private(set) var error: CaptureError?
  /// Where the damage begins behind which a record is looked for; nil while records are read.
  private(set) var begin: UInt64?
  /// Whether it may be the end of a file that was cut, and no damage.
  private(set) var mayBeEnd = false

  /// Damage begins at this offset.
  mutating func add(_ error: CaptureError, at begin: UInt64, mayBeEnd: Bool) {
    self.error = self.error ?? error
    self.begin = begin
    self.mayBeEnd = mayBeEnd
  }

  /// What was left out ends at this offset.
  mutating func end(at place: UInt64) {
    guard let begin else { return }
    var leftOut = error?.leftOut ?? CaptureError.LeftOut(bytes: 0, places: 0)
    leftOut.bytes &+= place - begin
    leftOut.places += 1
    error?.leftOut = leftOut
    self.begin = nil
  }
}
