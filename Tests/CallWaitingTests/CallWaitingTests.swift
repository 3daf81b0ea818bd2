import Testing

@testable import CallWaiting

@Suite struct CallWaitingTests {}
