/// Pieces of a picture.
enum SVG {
  /// A picture with a title and a description for those who do not see it.
  static func picture(
    id: String, width: Int, height: Int, title: String, description: String, _ content: [Markup]
  ) -> Markup {
    .element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(width) \(height)",
        "width": "\(width)", "height": "\(height)", "role": "img",
        "aria-labelledby": "\(id)-title \(id)-description",
      ],
      [
        .element("title", ["id": "\(id)-title"], title),
        .element("desc", ["id": "\(id)-description"], description),
      ] + content)
  }

  /// A line of text; `anchor` is `start`, `middle` or `end`.
  static func text(
    _ x: Double, _ y: Double, _ text: String, anchor: String = "start", style: String = ""
  ) -> Markup {
    .element(
      "text", ["x": number(x), "y": number(y), "text-anchor": anchor, "class": style], text)
  }

  /// A straight line.
  static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String
  ) -> Markup {
    .element(
      "line",
      ["x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2), "class": style])
  }

  /// A box with a hint.
  static func box(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, style: String, hint: String
  ) -> Markup {
    .element(
      "rect",
      [
        "x": number(x), "y": number(y), "width": number(width), "height": number(height),
        "class": style,
      ], .element("title", hint))
  }

  /// One digit behind the point.
  static func number(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e6 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let rest = tenths.magnitude % 10
    return "\(sign)\(tenths.magnitude / 10)" + (rest == 0 ? "" : ".\(rest)")
  }
}
