/// OCI bundles: config.json with the annotations of the runtime above.
enum BundleState {
  /// containerd 1.4 to 2.x, also inside k3s: one folder for each containerd namespace and container.
  static func completeContainerd(
    _ container: inout ContainerDescription, in root: borrowing RootDirectory
  ) {
    for folder in [
      "/run/containerd/io.containerd.runtime.v2.task",
      "/run/k3s/containerd/io.containerd.runtime.v2.task",
    ] {
      for namespace in root.names(in: folder, limit: 64) {
        guard let annotations = annotations(of: container.identity, in: folder, namespace, root)
        else { continue }
        container.name =
          annotations["io.kubernetes.cri.container-name"]?.text
          ?? annotations["nerdctl/name"]?.text
        container.pod = annotations["io.kubernetes.cri.sandbox-name"]?.text
        container.podNamespace = annotations["io.kubernetes.cri.sandbox-namespace"]?.text
        container.image = annotations["io.kubernetes.cri.image-name"]?.text
        container.runtime = container.runtime ?? .containerd
        return
      }
    }
  }

  private static func annotations(
    of identity: [UInt8], in folder: String, _ namespace: [UInt8], _ root: borrowing RootDirectory
  ) -> JSONDocument? {
    guard ControlGroup.isIdentity(identity) else { return nil }
    let slash = [UInt8(ascii: "/")]
    let path =
      Array(folder.utf8) + slash + namespace + slash + identity + Array("/config.json".utf8)
    return root.contents(of: path, limit: ContainerSearch.fileLimit)
      .flatMap { JSONDocument($0) }?["annotations"]
  }

  /// CRI-O 1.20 to 1.32, which keeps its bundles in containers/storage.
  static func completeCRIO(
    _ container: inout ContainerDescription, in root: borrowing RootDirectory
  ) {
    guard ControlGroup.isIdentity(container.identity) else { return }
    let identity = String(decoding: container.identity, as: UTF8.self)
    let path = "/run/containers/storage/overlay-containers/\(identity)/userdata/config.json"
    guard let text = root.contents(of: path, limit: ContainerSearch.fileLimit),
      let annotations = JSONDocument(text)?["annotations"],
      annotations["io.kubernetes.pod.name"] != nil
    else { return }
    container.name = annotations["io.kubernetes.container.name"]?.text
    container.pod = annotations["io.kubernetes.pod.name"]?.text
    container.podNamespace = annotations["io.kubernetes.pod.namespace"]?.text
    container.image = annotations["io.kubernetes.cri-o.ImageName"]?.text
    container.runtime = .crio
  }
}
