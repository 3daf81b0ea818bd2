public import ArgumentParser
public import Captures

extension CaptureOptions.Direction: ExpressibleByArgument {}
