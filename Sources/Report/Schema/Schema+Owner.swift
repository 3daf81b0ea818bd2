import Packets
import Sockets

extension Schema {
  /// Definitions of what is told of a port's holders.
  static var owners: JSONObject {
    ["provenance": provenance, "container": container, "unit": unit, "host": host]
  }

  private static var container: JSONValue {
    SchemaNode.closed(
      ["id": SchemaNode.string],
      optional: [
        "runtime": SchemaNode.one(of: ContainerDescription.Runtime.self),
        "name": SchemaNode.string, "image": SchemaNode.string, "pod": SchemaNode.string,
        "pod_namespace": SchemaNode.string,
      ])
  }

  /// ECS's `container`.
  static var ecsContainer: JSONValue {
    SchemaNode.closed(
      ["id": SchemaNode.string],
      optional: [
        "runtime": SchemaNode.one(of: ContainerDescription.Runtime.self),
        "name": SchemaNode.string, "image": SchemaNode.closed(["name": SchemaNode.string]),
      ])
  }

  /// ECS's `package`.
  static var package: JSONValue {
    SchemaNode.closed(
      ["name": SchemaNode.string, "type": SchemaNode.one(of: PackageAnswer.Manager.self)],
      optional: ["version": SchemaNode.string])
  }

  private static var provenance: JSONValue {
    let user = SchemaNode.closed(
      ["id": SchemaNode.string], optional: ["name": SchemaNode.string])
    let script = SchemaNode.closed(
      ["form": SchemaNode.one(of: InterpretedProgram.Form.self), "name": SchemaNode.string],
      optional: ["interpreter": SchemaNode.one(of: InterpretedProgram.Interpreter.self)])
    let answer = SchemaNode.closed(
      ["state": SchemaNode.oneOf(PackageAnswer.states)],
      optional: [
        "manager": SchemaNode.one(of: PackageAnswer.Manager.self), "name": SchemaNode.string,
        "version": SchemaNode.string,
      ])
    let origin = SchemaNode.closed(
      ["kind": SchemaNode.oneOf(ProcessOrigin.kinds)],
      optional: [
        "name": SchemaNode.string, "unit": SchemaNode.string, "client": SchemaNode.string,
      ])
    let forwarder = SchemaNode.closed(
      ["program": SchemaNode.one(of: PortForwarder.Program.self)],
      optional: [
        "address": SchemaNode.string, "port": SchemaNode.port,
        "namespace_path": SchemaNode.string, "container": SchemaNode.reference("container"),
      ])
    return SchemaNode.closed(
      [
        "ancestors": SchemaNode.list(SchemaNode.reference("process")),
        "executable_state": SchemaNode.one(of: Provenance.ExecutableState.self),
      ],
      optional: [
        "origin": origin, "script": script, "package": answer,
        "capabilities": .object(["type": "string", "pattern": "^0x[0-9a-f]+$"]),
        "seccomp": SchemaNode.one(of: Provenance.Seccomp.self),
        "no_new_privileges": SchemaNode.boolean, "login_user": user, "preload": SchemaNode.string,
        "system_preload": SchemaNode.string, "root": SchemaNode.string,
        "terminal": SchemaNode.string, "stopped": SchemaNode.boolean,
        "namespace_pid": SchemaNode.integer,
        "control_group": SchemaNode.string, "container": SchemaNode.reference("container"),
        "forwarder": forwarder,
      ])
  }

  private static var unit: JSONValue {
    SchemaNode.closed(
      [
        "unit": SchemaNode.string, "path": SchemaNode.string,
        "transport": SchemaNode.one(of: Transport.self), "service": SchemaNode.string,
        "accepts_each": SchemaNode.boolean, "enabled": SchemaNode.boolean,
        "user_unit": SchemaNode.boolean,
      ], optional: ["address": SchemaNode.string])
  }

  private static var host: JSONValue {
    return SchemaNode.closed(
      [
        "source": SchemaNode.one(of: PortSurvey.Source.self), "complete": SchemaNode.boolean,
        "sockets": SchemaNode.count, "unreadable_processes": SchemaNode.count,
        "namespaces_not_entered": SchemaNode.count,
        "namespaces_read_as_text": SchemaNode.count,
        "units": SchemaNode.list(SchemaNode.reference("unit")),
        "firewalls": SchemaNode.list(SchemaNode.reference("firewall")),
        "unit_conflicts": SchemaNode.list(SchemaNode.list(SchemaNode.string)),
      ],
      optional: [
        "not_entered": SchemaNode.list(SchemaNode.reference("namespace")),
        "unserved": SchemaNode.list(SchemaNode.string),
      ])
  }
}
