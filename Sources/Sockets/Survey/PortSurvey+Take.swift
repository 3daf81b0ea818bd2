import Glibc

extension PortSurvey {
  /// Reads every socket that has `port` on either side, and who holds each.
  ///
  /// - Throws: `SurveyError.noSocketTable` when neither sock_diag nor /proc/net can be read.
  public static func take(
    port: UInt16, options: SurveyOptions = SurveyOptions()
  ) throws(SurveyError) -> PortSurvey {
    var work = try SurveyWork(port: port, options: options)
    if options.looksIntoOtherNamespaces { work.readOtherNamespaces() }
    if options.findsHolders { work.findHolders() }
    if options.readsConfiguration || options.readsProvenance { work.complete() }
    if options.readsFirewall { work.readFirewalls() }
    return work.survey
  }
}
