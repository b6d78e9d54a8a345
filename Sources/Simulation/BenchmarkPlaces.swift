import Mesh

/// A place that lends a region of the benchmark its name and its cell; everything else about the region is made up.
struct BenchmarkPlace: Sendable {
  let name: String
  let latitude: Double
  let longitude: Double

  /// Hill country of Japan, each place in a first mesh of its own.
  static let all: [BenchmarkPlace] = [
    BenchmarkPlace(name: "Asakita", latitude: 34.52, longitude: 132.50),
    BenchmarkPlace(name: "Izusan", latitude: 35.1186, longitude: 139.079),
    BenchmarkPlace(name: "Minamata", latitude: 32.21, longitude: 130.45),
    BenchmarkPlace(name: "Aso", latitude: 32.95, longitude: 131.10),
    BenchmarkPlace(name: "Asakura", latitude: 33.42, longitude: 130.80),
    BenchmarkPlace(name: "Nagasaki", latitude: 32.80, longitude: 129.90),
    BenchmarkPlace(name: "Tarumizu", latitude: 31.50, longitude: 130.75),
    BenchmarkPlace(name: "Nichinan", latitude: 31.65, longitude: 131.30),
    BenchmarkPlace(name: "Monobe", latitude: 33.70, longitude: 133.90),
    BenchmarkPlace(name: "Naka", latitude: 33.85, longitude: 134.35),
    BenchmarkPlace(name: "Totsukawa", latitude: 33.98, longitude: 135.79),
    BenchmarkPlace(name: "Mabi", latitude: 34.65, longitude: 133.70),
    BenchmarkPlace(name: "Hamada", latitude: 34.82, longitude: 132.20),
    BenchmarkPlace(name: "Chizu", latitude: 35.26, longitude: 134.23),
    BenchmarkPlace(name: "Maizuru", latitude: 35.40, longitude: 135.40),
    BenchmarkPlace(name: "Gujo", latitude: 35.80, longitude: 136.95),
    BenchmarkPlace(name: "Nagiso", latitude: 35.60, longitude: 137.65),
    BenchmarkPlace(name: "Okaya", latitude: 36.05, longitude: 138.05),
    BenchmarkPlace(name: "Itoigawa", latitude: 36.95, longitude: 137.95),
    BenchmarkPlace(name: "Murakami", latitude: 38.20, longitude: 139.60),
    BenchmarkPlace(name: "Marumori", latitude: 37.85, longitude: 140.75),
    BenchmarkPlace(name: "Iwaizumi", latitude: 39.85, longitude: 141.75),
  ]

  /// The cell in whose middle the region lies.
  var anchor: Mesh3Code {
    Mesh3Code(
      row: Int((latitude * 120).rounded(.down)), column: Int(((longitude - 100) * 80).rounded(.down)))
  }
}
