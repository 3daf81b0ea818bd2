import Testing

@testable import Flows

@Suite struct FlowsTests {}
