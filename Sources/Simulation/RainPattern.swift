import Foundation
import Statistics

/// How a storm's rain is spread over the land: a smooth Gaussian field that the wind carries along.
///
///     factor(x, t) = exp(a Z(x - v t) - a²/2)
///
/// `Z` is the sum of 24 random cosines of wavelengths 6 ... 40 km with variance 1; the wind blows at about 10 m/s. With
/// `a = 0.4` the factor has mean 1 (METHOD 9.2).
struct RainPattern: Sendable {
  static let waves = 24

  /// Wave numbers eastwards and northwards, radians a km.
  private let east: [Double]
  private let north: [Double]
  private let phase: [Double]
  /// Change of phase in an hour.
  private let drift: [Double]

  init(_ stream: inout RandomStream) {
    let speed = 36 * exp(stream.normal(deviation: 0.25))  // km/h
    let heading = stream.uniform(0...(2 * .pi))
    var (east, north, phase) = ([Double](), [Double](), [Double]())
    for _ in 0..<Self.waves {
      let length = exp(stream.uniform(log(6)...log(40)))
      let direction = stream.uniform(0...(2 * .pi))
      east.append(2 * .pi / length * cos(direction))
      north.append(2 * .pi / length * sin(direction))
      phase.append(stream.uniform(0...(2 * .pi)))
    }
    (self.east, self.north, self.phase) = (east, north, phase)
    drift = zip(east, north).map { -($0 * cos(heading) + $1 * sin(heading)) * speed }
  }

  /// `Z` at every crossing of rows and columns, for one hour after another.
  ///
  /// The value at a place is the same to the last bit whatever other rows and columns are asked for.
  ///
  /// - Parameters:
  ///   - columns: Distances east of the origin, km.
  ///   - rows: Distances north of it, km.
  ///   - hours: How many.
  ///   - body: Gets the number of the hour and `Z`, row-major.
  func forEachHour(columns: [Double], rows: [Double], hours: Int, _ body: (Int, [Double]) -> Void) {
    let (width, height) = (columns.count, rows.count)
    // cos(k x + l y + p) = cos(k x) cos(l y + p) - sin(k x) sin(l y + p)
    var (cosines, sines) = ([Double](), [Double]())
    for wave in 0..<Self.waves {
      for x in columns {
        cosines.append(cos(east[wave] * x))
        sines.append(sin(east[wave] * x))
      }
    }
    let amplitude = (2 / Double(Self.waves)).squareRoot()
    var field = [Double](repeating: 0, count: width * height)
    for hour in 0..<hours {
      cosines.withUnsafeBufferPointer { cosines in
        sines.withUnsafeBufferPointer { sines in
          field.withUnsafeMutableBufferPointer { field in
            for row in 0..<height {
              let line = row * width
              for x in 0..<width { field[line + x] = 0 }
              for wave in 0..<Self.waves {
                let angle = north[wave] * rows[row] + phase[wave] + drift[wave] * Double(hour)
                let (c, s) = (amplitude * cos(angle), amplitude * sin(angle))
                let place = wave * width
                for x in 0..<width { field[line + x] += c * cosines[place + x] - s * sines[place + x] }
              }
            }
          }
        }
      }
      body(hour, field)
    }
  }
}
