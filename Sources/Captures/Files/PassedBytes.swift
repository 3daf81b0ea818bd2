/// Bytes of a record or block that are passed without being held, in several steps where a wait is interrupted.
struct PassedBytes {
  /// How many are still to be passed.
  var count = 0
  /// Where the record begins.
  var begin: UInt64 = 0
  /// The length that has to stand behind them once more; nil where none does.
  var length: UInt32?
}

extension CaptureFile {
  /// Passes what is still to be passed.
  ///
  /// - Throws: `CaptureError` when the file ends before, or another length stands behind them; `interrupted`, and the next call
  ///   goes on.
  mutating func finishPassing() throws(CaptureError) {
    while passing.count > 0 {
      guard try input.require(1) else { throw failed(.truncated) }
      let step = min(passing.count, input.available)
      input.skip(step)
      passing.count -= step
    }
    guard let length = passing.length else { return }
    guard try input.require(4) else { throw failed(.truncated) }
    let trailing = number(input.uint32(at: 0))
    guard trailing == length else { throw failed(.damaged(.trailingLength(trailing))) }
    input.skip(4)
    passing = PassedBytes()
  }

  private mutating func failed(_ failure: CaptureError.Failure) -> CaptureError {
    let begin = passing.begin
    passing = PassedBytes()
    return CaptureError(source: input.source, failure: failure, offset: begin)
  }
}
