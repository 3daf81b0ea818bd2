import Packets
import Report
import Sockets

/// The owner report, by itself (`owner`) and at the start of a live capture.
enum OwnerReport {
  /// What is looked at; with `tellsStories` also where the holders come from and which units name the port.
  static func options(hashes: Bool, tellsStories: Bool) -> SurveyOptions {
    var options = SurveyOptions()
    options.readsProvenance = tellsStories
    options.readsConfiguration = tellsStories
    options.hashesExecutables = hashes
    return options
  }

  /// Surveys the port and writes what was found.
  ///
  /// - Parameter isAlone: Whether nothing follows it, so that it says what to do next.
  /// - Returns: The survey (nil when the kernel told nothing) and the exit status that it means.
  static func write(
    port: UInt16, hashes: Bool = false, isBrief: Bool = false, isAlone: Bool = false,
    to reporter: inout Reporter
  ) throws(Output.Failure) -> (survey: PortSurvey?, status: ExitStatus) {
    // The table alone shows nothing of the stories.
    let tellsStories = !isBrief || reporter.isJSON
    var options = options(hashes: hashes, tellsStories: tellsStories)
    options.readsFirewall = tellsStories
    // Lines of text name the parents; records and pages show all of each.
    options.namesParentsOnly = !reporter.isJSON && reporter.findings == nil
    let survey: PortSurvey
    do {
      survey = try PortSurvey.take(port: port, options: options)
    } catch {
      try reporter.error(ErrorRecord(.socketsUnknown, message: "\(error)"))
      return (nil, .partial)
    }
    try reporter.owners(survey, port: port, time: Clock.now, isBrief: isBrief, tellsNext: isAlone)
    // A port that rules send on is not free, though nothing listens.
    if survey.sockets.isEmpty {
      return (survey, survey.publications.isEmpty ? .nothing : .found)
    }
    return (survey, survey.lacksRights ? .notPermitted : .found)
  }
}
