/// Frames that lie one behind the other in memory, lent for the time of a call: only where each begins and how long it
/// is, so that a million of them can be looked at before anything is made of one.
public struct FrameBatch: ~Escapable {
  /// Is shown a batch, and appends the indices of the frames to deliver, in rising order.
  public typealias Sieve = (borrowing FrameBatch, inout [Int]) -> Void

  /// A frame's place among the bytes of a batch.
  @usableFromInline struct Place: BitwiseCopyable {
    /// Where its bytes begin.
    @usableFromInline var start: UInt32
    /// How many were captured.
    @usableFromInline var captured: UInt32
    /// Its interface in the present section.
    @usableFromInline var interface: UInt32

    @usableFromInline init(start: UInt32, captured: UInt32, interface: UInt32) {
      self.start = start
      self.captured = captured
      self.interface = interface
    }
  }

  @usableFromInline let window: Span<UInt8>
  @usableFromInline let places: Span<Place>
  /// The link type of all frames; nil when their interfaces decide.
  @usableFromInline let common: Int32?
  @usableFromInline let linkTypes: Span<Int32>

  /// The frames at `places` of `window`.
  @_lifetime(copy window, copy places, copy linkTypes)
  init(
    window: Span<UInt8>, places: Span<Place>, common: Int32?, linkTypes: Span<Int32>
  ) {
    self.window = window
    self.places = places
    self.common = common
    self.linkTypes = linkTypes
  }

  /// How many frames there are.
  @inlinable public var count: Int { places.count }

  /// The captured bytes of a frame, the first being 0.
  @_lifetime(copy self)
  @inlinable public func bytes(_ index: Int) -> Span<UInt8> {
    let place = places[index]
    let start = Int(place.start)
    return window.extracting(start..<start + Int(place.captured))
  }

  /// libpcap's DLT number of a frame.
  @inlinable public func linkType(_ index: Int) -> Int32 {
    common ?? linkTypes[Int(places[index].interface)]
  }
}
