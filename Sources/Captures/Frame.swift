/// One captured frame, lent for the time of a call: its bytes are not copied and die with the call.
public struct Frame: ~Escapable {
  /// The bytes that were captured, at most `length` of them.
  public let bytes: Span<UInt8>
  /// How many bytes the frame had on the wire, never less than were captured.
  public let length: Int
  /// Nanoseconds since 1970-01-01T00:00:00Z, clamped to what fits; nil when the file has no time
  /// for it (a pcapng Simple Packet Block).
  public let nanoseconds: Int64?
  /// The frame's number in its file or on its device, from 1, counting all interfaces.
  public let number: Int
  /// libpcap's DLT number.
  public let linkType: Int32
  /// The interface's number in the file, from 0: pcapng's sections each describe their own, counted
  /// on.
  public let interface: Int
  /// The pcapng options of the frame; empty for other sources.
  let options: OptionList
  /// What its section describes; nil for other sources.
  let register: SectionRegister?

  /// A frame of these values.
  @_lifetime(copy bytes, copy options)
  init(
    bytes: Span<UInt8>, length: Int, nanoseconds: Int64?, number: Int, linkType: Int32,
    interface: Int, options: OptionList, register: SectionRegister?
  ) {
    self.bytes = bytes
    self.length = max(length, bytes.count)
    self.nanoseconds = nanoseconds
    self.number = number
    self.linkType = linkType
    self.interface = interface
    self.options = options
    self.register = register
  }

  /// A frame of a source without options.
  @_lifetime(copy bytes)
  init(bytes: Span<UInt8>, length: Int, nanoseconds: Int64?, number: Int, linkType: Int32) {
    self.bytes = bytes
    self.length = max(length, bytes.count)
    self.nanoseconds = nanoseconds
    self.number = number
    self.linkType = linkType
    self.interface = 0
    self.options = OptionList()
    self.register = nil
  }
}
