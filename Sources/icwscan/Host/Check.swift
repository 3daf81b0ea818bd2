/// One thing that `doctor` looks at.
struct Check {
  /// Whether it is there.
  enum State: String {
    case yes, no, unknown
  }

  /// What is looked at.
  let name: String
  /// Whether it is there.
  let state: State
  /// What was found, in words.
  let detail: String
  /// What can't be done without it.
  let loss: String
  /// The command that mends it; nil where there is none.
  let remedy: String?

  init(_ name: String, _ state: State, _ detail: String = "", loss: String, remedy: String? = nil) {
    self.name = name
    self.state = state
    self.detail = detail
    self.loss = loss
    self.remedy = remedy
  }
}
