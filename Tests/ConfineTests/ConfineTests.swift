import Testing

@testable import Confine

@Suite struct ConfineTests {}
