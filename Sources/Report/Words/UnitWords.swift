import Packets
import Sockets

/// Socket units in words.
enum UnitWords {
  /// `ListenStream=127.0.0.1:3699`.
  static func listen(_ claim: UnitClaim, port: UInt16) -> String {
    let setting = claim.transport == .tcp ? "ListenStream" : "ListenDatagram"
    guard let address = IPAddress(bytes: claim.address) else { return "\(setting)=\(port)" }
    return "\(setting)=\(Endpoint(address, port))"
  }

  /// `unit web.socket (/etc/systemd/system/web.socket) claims ListenStream=3699 for web.service, enabled`.
  static func of(_ claim: UnitClaim, port: UInt16, isActive: Bool) -> String {
    let state =
      (isActive ? "active" : "not active")
      + (claim.isEnabled ? ", enabled" : ", not enabled")
    return (claim.isUserUnit ? "user unit " : "unit ") + Escaped.text(claim.unit)
      + " (\(Escaped.text(claim.path))) claims \(listen(claim, port: port)) for \(service(claim)); "
      + state
  }

  /// Who will receive: `web.service`, or `web@.service, one a connection`.
  static func service(_ claim: UnitClaim) -> String {
    Escaped.text(claim.service) + (claim.acceptsEach ? ", one a connection" : "")
  }
}
