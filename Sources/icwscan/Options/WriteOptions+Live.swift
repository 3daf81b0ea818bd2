import ArgumentParser
import Captures
import Confine
import Report
import Roles

extension WriteOptions {
  /// The files of a live capture with the first of them, open; nil without `-w`, and when it is standard output. They
  /// belong to whoever called sudo.
  func files(_ rotation: Rotation) throws -> (files: OutputFiles, first: Int32)? {
    guard let file, file != "-" else { return nil }
    do throws(RoleFailure) {
      let files = try OutputFiles(
        path: RawPath.bytes(file), rotation: rotation, owner: Privileges.invokingUser)
      switch files.first() {
      case .descriptor(let descriptor): return (files, descriptor)
      case .refused(let number): throw RoleFailure(number: number)
      case .stands, .last: return nil
      }
    } catch {
      let error = CaptureError(source: file, code: error.number)
      throw ValidationError("-w: " + Words.line(ErrorRecord(error)))
    }
  }

  /// The writer of a live capture, into the first of its files.
  func writer(into first: Int32?) throws -> CaptureWriter? {
    guard let file, let first else { return try open() }
    return CaptureWriter(
      descriptor: first, path: file, application: Version.text, isPacketBuffered: packetBuffered)
  }
}
