import Captures
import Glibc
import Report

extension ErrorRecord {
  /// The record of a capture's error.
  init(_ error: CaptureError) {
    let message: String?
    switch error.failure {
    case .io(let number), .writing(let number): message = unsafe String(cString: strerror(number))
    case .noLibrary(let name): message = name
    case .stalled: message = "its reader takes nothing"
    case .archiveInArchive: message = "an archive inside of an archive"
    case .tooManyLayers: message = "compressed more than \(CaptureContainer.mostLayers) times over"
    case .tooManyMembers: message = "more than \(CaptureContainer.mostMembers) members"
    case .expandsTooFar:
      message =
        "it unpacks to more than \(CaptureContainer.mostExpansion) times its size, as a bomb does"
    case .damaged(let damage): message = error.message ?? damage.words
    default: message = error.message
    }
    self.init(
      Self.kind(error.failure), source: RawPath.bytes(error.source), message: message,
      offset: error.offset.map { Int64(clamping: $0) }, member: error.member)
    isUnpacked = error.isUnpacked
    leftOut = error.leftOut.map {
      LeftOut(bytes: Int64(clamping: $0.bytes), places: $0.places)
    }
    size = error.size.map { Int64(clamping: $0) }
  }

  private static func kind(_ failure: CaptureError.Failure) -> Kind {
    switch failure {
    case .notFound: .notFound
    case .isDirectory: .isDirectory
    case .notPermitted(.file): .notPermitted
    case .notPermitted: .captureNotPermitted
    case .empty: .empty
    case .notACapture: .unknownFormat
    case .compressed: .compressed
    case .archiveInArchive, .tooManyLayers, .tooManyMembers, .expandsTooFar: .limit
    case .damaged: .damaged
    case .truncated: .truncated
    case .noSuchDevice: .noInterface
    case .deviceGone, .deviceDown: .interfaceDown
    case .deviceRefused: .captureFailed
    case .badFilter: .badFilter
    case .mixedLinkTypes: .mixedLinkTypes
    case .noLibrary: .missingLibrary
    case .noSuchInterface: .damaged
    case .outOfSpace: .outOfSpace
    case .brokenPipe, .stalled, .writing: .writeFailed
    case .io: .readFailed
    case .interrupted: .interrupted
    }
  }
}

extension CaptureError.Damage {
  /// What contradicts the format, as a noun phrase.
  fileprivate var words: String {
    switch self {
    case .header: "the file's header"
    case .zeros: "zeros where a record should begin"
    case .recordLength(let length): "a record of \(length) bytes"
    case .blockLength(let length): "a block of \(length) bytes"
    case .trailingLength(let length): "a block whose length is repeated as \(length)"
    case .byteOrder(let magic): "byte-order magic 0x\(String(magic, radix: 16))"
    case .version(let major, let minor): "version \(major).\(minor)"
    case .interface(let number): "a packet of interface \(number), which is not described"
    case .packetLength(let length): "a packet of \(length) bytes in a smaller block"
    case .tooManyInterfaces: "too many interfaces"
    case .packed: "its compressed bytes"
    case .trailingBytes: "something else behind the end of its compressed bytes"
    }
  }
}
