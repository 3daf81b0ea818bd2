import Confine
import Glibc

extension Confinement {
  /// Gives up what is not needed, and says so when the kernel refused; what it lacks is `doctor`'s to tell.
  func applyAndTell() {
    let report = apply()
    for layer in ConfinementReport.Layer.allCases {
      guard case .refused(let number) = report.outcomes[layer] else { continue }
      Diagnostics.say(
        "confinement (\(layer)): the kernel refused: " + (unsafe String(cString: strerror(number))))
    }
  }
}
