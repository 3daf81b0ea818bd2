import Testing

@testable import Identify

@Suite struct IdentifyTests {}
