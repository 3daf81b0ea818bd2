/// A JSON Schema validator that others wrote (python3-jsonschema).
enum Validator {
  /// The Python that has it.
  private static let python: String? = ["/usr/bin/python3", "python3"].first { python in
    let probe = try? Command.run([python, "-c", "from jsonschema import Draft202012Validator"])
    return probe?.status == 0
  }

  static let isInstalled = python != nil

  private static let program = """
    import json, sys
    from jsonschema import Draft202012Validator
    schema = json.load(open(sys.argv[1]))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for number, line in enumerate(open(sys.argv[2], encoding="utf-8"), 1):
      for error in validator.iter_errors(json.loads(line)):
        print(number, error.json_path, error.message[:200])
        break
    """

  /// What is wrong with records, a line each; none when all are valid.
  static func check(_ records: String) throws -> [String] {
    let folder = try TemporaryFolder()
    let schema = folder.file("schema.json", Array(try Command.icwscan("schema").output.utf8))
    let lines = folder.file("records.json", Array(records.utf8))
    let outcome = try Command.run([python ?? "python3", "-c", program, schema, lines])
    return outcome.status == 0 ? outcome.lines : [outcome.errors]
  }
}
