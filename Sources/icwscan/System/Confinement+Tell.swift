import Confine
import Glibc

extension Confinement {
  /// Gives up what is not needed, and says so when the kernel refused; what it lacks is `doctor`'s to tell.
  func applyAndTell() { apply().tell(what: "confinement") }
}

extension ConfinementReport {
  /// Says what does not hold: what the kernel refused, and with `tellsAbsent` also what it does not have.
  func tell(what: String, tellsAbsent: Bool = false) {
    for layer in Layer.allCases {
      switch outcomes[layer] {
      case .refused(ELIBACC):
        Diagnostics.say("\(what) (\(layer)): a library is missing: libseccomp")
      case .refused(let number):
        Diagnostics.say(
          "\(what) (\(layer)): the kernel refused: " + (unsafe String(cString: strerror(number))))
      case .notInKernel where tellsAbsent:
        Diagnostics.say("\(what) (\(layer)): this kernel has no such thing")
      case .notPermitted where tellsAbsent:
        Diagnostics.say("\(what) (\(layer)): this process may not become another user")
      default: break
      }
    }
  }
}
