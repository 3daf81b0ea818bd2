import Report

extension PacketOptions {
  /// tcpdump's switches for the printer.
  var layout: PacketText.Options {
    var layout = PacketText.Options()
    layout.times = min(time, 5)
    layout.link = link
    layout.quiet = quick
    layout.verbosity = verbose
    layout.hexadecimal = min(hex, 2)
    layout.hexadecimalAndText = min(hexText, 2)
    layout.text = text
    return layout
  }
}
