/// Evidence that is not there and would change or settle a verdict.
public enum Missing: String, Hashable, Sendable, CaseIterable {
  /// The capture began after the flow.
  case start = "flow-start"
  /// Nothing of the client was captured.
  case clientDirection = "client-direction"
  /// Nothing of the server was captured.
  case serverDirection = "server-direction"
  /// No payload was exchanged.
  case payload
  /// Frames were cut by the snapshot length.
  case wholeFrames = "whole-frames"
  /// The payload that was sent, where the capture has zeros for it.
  case sentPayload = "sent-payload"
  /// Segments are missing inside the first bytes.
  case lostSegments = "lost-segments"
  /// The answer to a request that an application answers.
  case answer
  /// Packets that the kernel or the interface dropped while the flow went on: some may have been the flow's.
  case droppedPackets = "dropped-packets"
  /// Right checksums: what came with a wrong one may not be what was sent, and its receiver discards it.
  case rightChecksums = "right-checksums"
  /// More messages would decide between the protocols that still fit.
  case moreMessages = "more-messages"
  /// The plain text below an encryption.
  case plaintext
  /// Packets of the two hosts beside the port (F6, F8).
  case otherTraffic = "other-traffic"
  /// Addresses that the operator knows were KPN's (`--icw-server`).
  case operatorProof = "operator-proof"
  /// A trustworthy capture time.
  case captureTime = "capture-time"
  /// Old TLS without names: ICW inside SSL (RFC 2995 section 5) can't be excluded.
  case insideTLS = "icw-inside-tls"
}
