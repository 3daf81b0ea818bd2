/// The kinds of facts, named as JSON carries them under `icwscan.facts`.
public enum Field: String, Hashable, Sendable, CaseIterable {
  /// Request method or command (HTTP, SIP, RTSP, SMTP, ...).
  case method
  /// Request target, path or URI.
  case path
  /// Host that the client asks for (HTTP Host, SIP request host, SOCKS destination).
  case host
  /// Client program as it calls itself.
  case userAgent = "user_agent"
  /// Server program as it calls itself.
  case server
  /// Status or reply code of the server's first answer.
  case status
  /// How often the server answered with which status, where it answered more than once: `12 x 200, 9 x 404`.
  case answers
  /// The first request, of several, that was not given what it asked for: `GET /a`.
  case refused
  /// Media type of the first answer.
  case contentType = "content_type"
  /// Where an upgrade leads (`websocket`, `h2c`).
  case upgrade
  /// Sub-protocol (WebSocket, MQTT, ALPN-less).
  case subprotocol
  /// TLS or QUIC server name.
  case serverName = "server_name"
  /// Application protocols that the client offers, in order, comma separated.
  case alpn
  /// The application protocol that the server chose.
  case alpnChosen = "alpn_chosen"
  /// Protocol version.
  case version
  /// Cipher suite or algorithm that the server chose.
  case cipher
  /// Subject of the server's certificate.
  case certificateSubject = "certificate_subject"
  /// Issuer of the server's certificate.
  case certificateIssuer = "certificate_issuer"
  /// `yes` where the server's certificate names the same as its subject and its issuer.
  case certificateSelfIssued = "certificate_self_issued"
  /// From when on the server's certificate holds (RFC 3339).
  case certificateNotBefore = "certificate_not_before"
  /// Until when the server's certificate holds (RFC 3339).
  case certificateNotAfter = "certificate_not_after"
  /// First line of the server.
  case serverBanner = "server_banner"
  /// First line of the client.
  case clientBanner = "client_banner"
  /// User or login name.
  case user
  /// Database name.
  case database
  /// Message, request or procedure name.
  case message
  /// Question (DNS name and type).
  case question
  /// Answer.
  case answer
  /// Product that a header field, a service's name or a certificate names (etcd, Consul, AnyDesk): a claim of the server's,
  /// below the application.
  case product
  /// Client identifier.
  case clientID = "client_id"
  /// Topic, channel, share or object name.
  case topic
  /// Negotiated dialect or capability.
  case dialect
  /// Cookie (RDP).
  case cookie
  /// Session, call or transaction identifier.
  case session
  /// Calling party or sender.
  case from
  /// Called party or recipient.
  case to
  /// Error that one side reports.
  case error
  /// Info hash, public key or another identifier of content.
  case hash
  /// Codec or payload type.
  case codec
  /// JA4 fingerprint of a TLS, DTLS or QUIC client.
  case ja4
  /// HASSH fingerprint of an SSH client's algorithms.
  case hassh
  /// HASSH fingerprint of an SSH server's algorithms.
  case hasshServer = "hassh_server"
}
