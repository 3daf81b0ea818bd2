import ArgumentParser

@testable import Captures
@testable import Report
@testable import icwscan

extension FuzzTarget {
  /// Command lines, words with zeros between them: parsing them ends in a command or in a message that is fit to be shown.
  /// Nothing is run.
  static let words = FuzzTarget(name: "words", longest: 512) {
    [
      "-nvvXi eth0", "analyze -r a.pcap -w b.pcapng --json", "live -i lo --port 70000",
      "owner --watch --json", "merge a b", "analyze --group-by server --top 3 a",
      "analyze --since 2003-05-01 --until x a", "analyze --host 10.0.0.0/33 a", "-D", "help live",
      "analyze --verdict scan,x --flow 1:AAAA a", "-C 1 -G 2 -W 3 -w x", "--color sometimes",
      "analyze --icw-server ::/129 -f \"port 3\" a", "rules check a", "--version", "-c -1", "-Q up",
    ].map { Array($0.utf8).map { $0 == 0x20 ? 0 : $0 } }
  } run: { bytes in
    let words = bytes.split(separator: 0).prefix(24).map { RawPath.text(Array($0)) }
    let prepared = CommandWords.prepare(words)
    do {
      _ = try Root.parseAsRoot(prepared)
    } catch {
      guard Root.exitCode(for: error) != .success else { return }
      demandShowable([Root.line(about: error)])
    }
  }
}
