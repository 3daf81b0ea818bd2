import Glibc
import Report
import Testing
import Verdicts

@Suite struct ManualTests {
  private static let path =
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/man/icwscan.1"

  @Test func `the manual has every class, record and section`() throws {
    let shell = try #require(Command.path("cat"))
    let (page, status) = Command.run(shell, [Self.path])
    try #require(status == 0)
    for verdictClass in VerdictClass.allCases {
      #expect(page.contains(".It Sy \(verdictClass.rawValue)\n"))
    }
    for kind in RecordKind.allCases { #expect(page.contains(".Sq \(kind.rawValue)")) }
    for section in [
      "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "OUTPUT", "EXIT STATUS", "SIGNALS",
      "ENVIRONMENT", "FILES",
      "CAPABILITIES", "SECURITY", "EXAMPLES", "BUGS", "SEE ALSO",
    ] {
      #expect(page.contains(".Sh \(section)\n"))
    }
  }

  @Test func `mandoc has nothing to warn of`() throws {
    guard let mandoc = Command.path("mandoc") else {
      print("SKIPPED: mandoc is not installed; the manual is not linted")
      return
    }
    #expect(Command.run(mandoc, ["-T", "lint", "-W", "warning", Self.path]).output == "")
  }
}
