import Packets
import Sockets

extension Provenance {
  /// What lies under a holder's `provenance`.
  var json: JSONObject {
    [
      "ancestors": .array(ancestors.map { .object(ECS.process($0)) }),
      "origin": origin.map { .object($0.json) },
      "executable_state": .string(executableState.rawValue),
      "script": script.map {
        .object([
          "form": .string($0.form.rawValue), "name": .bytes($0.name),
          "interpreter": $0.interpreter.map { .string($0.rawValue) },
        ])
      },
      "package": package.json.map(JSONValue.object),
      "capabilities": capabilities.map { .string("0x" + String($0, radix: 16)) },
      "seccomp": seccomp.map { .string($0.rawValue) },
      "no_new_privileges": hasNoNewPrivileges.map(JSONValue.bool),
      "login_user": loginUser.map {
        .object(["id": .string(String($0)), "name": loginUserName.map(JSONValue.string)])
      },
      "preload": preload.map(JSONValue.bytes), "system_preload": systemPreload.map(JSONValue.bytes),
      "root": root.map(JSONValue.bytes), "terminal": terminal.map(JSONValue.string),
      "stopped": isStopped ? true : nil,
      "namespace_pid": namespacePID.map { .int(Int($0)) },
      "control_group": controlGroup.map(JSONValue.bytes),
      "container": container.map { .object($0.json) },
      "forwarder": forwarder.map { .object($0.json) },
    ]
  }
}

extension ProcessOrigin {
  /// The kinds, for the schema.
  static let kinds = ["ssh", "terminal", "cron", "at", "timer", "unit", "container"]

  /// `kind` and what is known of it.
  var json: JSONObject {
    switch self {
    case .ssh(let client): ["kind": "ssh", "client": client.map(JSONValue.bytes)]
    case .terminal(let name): ["kind": "terminal", "name": .string(name)]
    case .cron(let name): ["kind": "cron", "name": .bytes(name)]
    case .at: ["kind": "at"]
    case .timer(let unit, let timer):
      ["kind": "timer", "name": .bytes(timer), "unit": .bytes(unit)]
    case .unit(let unit): ["kind": "unit", "name": .bytes(unit)]
    case .container: ["kind": "container"]
    }
  }
}

extension PackageAnswer {
  /// The states, for the schema.
  static let states = ["owned", "unowned", "not-read", "no-database"]

  /// The answer; nil when nobody looked.
  var json: JSONObject? {
    switch self {
    case .notLookedFor: nil
    case .package(let manager, let name, let version):
      [
        "state": "owned", "manager": .string(manager.rawValue), "name": .bytes(name),
        "version": version.map(JSONValue.bytes),
      ]
    case .unowned(let manager): ["state": "unowned", "manager": .string(manager.rawValue)]
    case .notRead(let manager): ["state": "not-read", "manager": .string(manager.rawValue)]
    case .noDatabase: ["state": "no-database"]
    }
  }

  /// ECS's `package`; nil when the file belongs to none.
  var ecs: JSONObject? {
    guard case .package(let manager, let name, let version) = self else { return nil }
    return [
      "name": .bytes(name), "version": version.map(JSONValue.bytes),
      "type": .string(manager.rawValue),
    ]
  }
}

extension ContainerDescription {
  /// A container with what ECS has no name for.
  var json: JSONObject {
    [
      "id": .bytes(identity), "runtime": runtime.map { .string($0.rawValue) },
      "name": name.map(JSONValue.bytes), "image": image.map(JSONValue.bytes),
      "pod": pod.map(JSONValue.bytes), "pod_namespace": podNamespace.map(JSONValue.bytes),
    ]
  }

  /// ECS's `container`.
  var ecs: JSONObject {
    [
      "id": .bytes(identity), "runtime": runtime.map { .string($0.rawValue) },
      "name": name.map(JSONValue.bytes),
      "image": image.map { .object(["name": .bytes($0)]) },
    ]
  }
}

extension PortForwarder {
  /// A forwarder.
  var json: JSONObject {
    [
      "program": .string(program.rawValue), "address": address.map(JSONValue.bytes),
      "port": port.map { .int(Int($0)) },
      "namespace_path": namespacePath.map(JSONValue.bytes),
      "container": container.map { .object($0.json) },
    ]
  }
}
