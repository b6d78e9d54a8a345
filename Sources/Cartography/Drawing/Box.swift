/// A rectangle of a drawing, pixels from the upper left corner.
struct Box: Hashable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }
  var centre: SIMD2<Double> { [x + width / 2, y + height / 2] }
}
