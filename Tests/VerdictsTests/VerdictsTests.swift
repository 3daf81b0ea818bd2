import Testing

@testable import Verdicts

@Suite struct VerdictsTests {}
