import Captures
import Report

extension RunOptions {
  /// The options of a command that was typed.
  init(filter: String? = nil, _ verdicts: VerdictOptions, _ selection: SelectionOptions? = nil) {
    self.init()
    surroundings = verdicts.typed
    if let filter, !filter.isEmpty { self.filter = RawPath.bytes(filter) }
    flows = selection?.typed ?? []
    classes = selection?.typedClasses ?? []
  }
}

extension RunOptions.Option {
  /// An option with a value that was typed.
  init(_ name: String, typed value: String, placeholder: String? = nil) {
    self.init(name, RawPath.bytes(value), placeholder: placeholder)
  }
}
