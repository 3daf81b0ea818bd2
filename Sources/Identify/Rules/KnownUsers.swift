/// Programs that are known to use port 3699 and have no recogniser, as rules. A path alone is none: anybody may have one of that
/// name.
public enum KnownUsers {
  /// The rules.
  public static let rules = RuleFile(Array(text.utf8)).rules

  /// The same as a file.
  public static let text = """
    # Known users of port 3699, in icwscan's rule grammar.

    # A discovery exercise of universities: magic, version 1.0, opcode 1 to 4, serial.
    application srvc-discovery
      transport udp
      client at 0 text "SRVC"
      client at 4 hex 10 00
      client at 6 hex 00 00 mask ff f8
      client length 12

    # Dairy collection machines: lines of text, every answer ends in an exclamation mark.
    application sct-dairy
      transport tcp
      client at 0 text "#SCTSTART"
      server in 512 text "!"

    # Open-Dex: the companion on a phone.
    application open-dex
      transport tcp
      over websocket
      client at 0 text "GET /companion"
      client in 2048 text "X-Open-Dex-Token"

    # A WAMP router on a WebSocket.
    application wamp
      transport tcp
      over websocket
      client in 2048 text "wamp.2."
      server in 2048 text "wamp.2."

    """
}
