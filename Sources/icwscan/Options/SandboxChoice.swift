import ArgumentParser

/// `--sandbox`: what becomes of a capture whose rights can't all be given up.
enum SandboxChoice: String, ExpressibleByArgument, CaseIterable {
  /// It goes on with what the kernel can.
  case auto
  /// It does not begin.
  case strict
}
