public import ArgumentParser
public import Packets

extension Prefix: ExpressibleByArgument {
  /// Reads `--icw-server`'s value.
  public init?(argument: String) {
    self.init(argument)
  }
}
