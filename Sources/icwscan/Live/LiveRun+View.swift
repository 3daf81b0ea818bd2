/// The table on the terminal, where one is wanted.
extension LiveRun {
  /// Gives the terminal to the table; lines are only written where they have a file.
  mutating func beginView(_ screen: Screen, _ interfaces: [String], _ reporter: inout Reporter) {
    reporter.output.isMuted = !writesData
    view = LiveView(screen, interfaces: interfaces)
  }

  /// Answers keys and draws, when it is time; false when the user wants the end.
  mutating func show(_ reporter: inout Reporter) -> Bool {
    guard view?.answerKeys() ?? true else { return false }
    if view?.isDue(packets: work.onPort) ?? false {
      let counters = work.counters(statistics())
      view?.draw(&work, &reporter, counters)
    }
    return true
  }

  /// Gives the terminal back.
  mutating func endView(_ reporter: inout Reporter) {
    view?.screen.leave()
    view = nil
    reporter.output.isMuted = false
  }
}
