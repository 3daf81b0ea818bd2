import Glibc

extension PortSurvey {
  /// Reads every socket that has `port` on either side, and who holds each.
  ///
  /// - Throws: `SurveyError.noSocketTable` when neither sock_diag nor /proc/net can be read.
  public static func take(
    port: UInt16, options: SurveyOptions = SurveyOptions()
  ) throws(SurveyError) -> PortSurvey {
    let isConfigured = options.readsConfiguration || options.readsFirewall
    // Another thread reads that: it takes as long as to find the holders.
    let meanwhile: Meanwhile<HostConfiguration>? =
      isConfigured ? Meanwhile { HostConfiguration.read(port: port, options: options) } : nil
    var work = try SurveyWork(port: port, options: options, meanwhile: meanwhile)
    if options.looksIntoOtherNamespaces { work.readOtherNamespaces() }
    if options.findsHolders { work.findHolders() }
    if options.readsConfiguration || options.readsProvenance { work.complete() }
    if options.readsFirewall { work.readFirewalls() }
    return work.survey
  }
}
