/// Storages of the three tanks, mm, or water that moves between them.
package struct TankStorage<Scalar: BinaryFloatingPoint & Sendable>: Hashable, Sendable {
  package var surface: Scalar
  package var middle: Scalar
  package var deep: Scalar

  @inline(__always)
  package init(surface: Scalar, middle: Scalar, deep: Scalar) {
    self.surface = surface
    self.middle = middle
    self.deep = deep
  }

  package static var empty: TankStorage { TankStorage(surface: 0, middle: 0, deep: 0) }

  /// The soil water index, mm.
  @inline(__always)
  package var total: Scalar { surface + middle + deep }
}

/// The parameters as numbers of the kind a loop computes with.
package struct TankCoefficients<Scalar: BinaryFloatingPoint & Sendable>: Hashable, Sendable {
  package struct Outlet: Hashable, Sendable {
    package let height: Scalar
    package let rate: Scalar

    /// `α(S − L)⁺`, mm/h. `NaN` stays `NaN`.
    @inline(__always)
    package func flow(from storage: Scalar) -> Scalar {
      let head = storage - height
      return rate * (head < 0 ? 0 : head)
    }
  }

  package let lower: Outlet
  package let upper: Outlet
  package let side: Outlet
  package let base: Outlet
  package let percolation: TankStorage<Scalar>

  package init(_ parameters: TankParameters) {
    func outlet(_ o: TankParameters.Outlet) -> Outlet { Outlet(height: Scalar(o.height), rate: Scalar(o.rate)) }
    lower = outlet(parameters.lower)
    upper = outlet(parameters.upper)
    side = outlet(parameters.side)
    base = outlet(parameters.base)
    percolation = TankStorage(
      surface: Scalar(parameters.percolation.surface), middle: Scalar(parameters.percolation.middle),
      deep: Scalar(parameters.percolation.deep))
  }
}

/// Advances the three tanks of one cell by one explicit (forward Euler) step.
///
/// With `x⁺ = max(x, 0)`, storages `S` and outlet heights `L` in mm, rates `α`, `β` in 1/h, `R` the rain of the step:
///
///     q₁ = α₁(S₁ − L₁)⁺ + α₂(S₁ − L₂)⁺     S₁′ = S₁ − (β₁S₁ + q₁)Δt + R
///     q₂ = α₃(S₂ − L₃)⁺                     S₂′ = S₂ − (β₂S₂ + q₂)Δt + β₁S₁Δt
///     q₃ = α₄(S₃ − L₄)⁺                     S₃′ = S₃ − (β₃S₃ + q₃)Δt + β₂S₂Δt
///
/// - Parameters:
///   - storage: Storages at the start of the step, mm.
///   - rain: Rain of the whole step, mm, not mm/h. `NaN` makes `surface` `NaN` from here on.
///   - step: Length of the step, h.
///   - tanks: Heights and rates of the outlets.
/// - Returns: Storages at the end of the step, mm.
/// - Precondition: `(α₁ + α₂ + β₁)Δt <= 1`; `TankParameters` sees to it.
/// - Source: METHOD.md 1.1.
@inline(__always)
package func advance<Scalar>(
  _ storage: TankStorage<Scalar>, rain: Scalar, hours step: Scalar, by tanks: TankCoefficients<Scalar>
) -> TankStorage<Scalar> {
  let runoff1 = tanks.lower.flow(from: storage.surface) + tanks.upper.flow(from: storage.surface)
  let runoff2 = tanks.side.flow(from: storage.middle)
  let runoff3 = tanks.base.flow(from: storage.deep)
  let down1 = tanks.percolation.surface * storage.surface
  let down2 = tanks.percolation.middle * storage.middle
  let down3 = tanks.percolation.deep * storage.deep
  return TankStorage(
    surface: storage.surface - (down1 + runoff1) * step + rain,
    middle: storage.middle - (down2 + runoff2) * step + down1 * step,
    deep: storage.deep - (down3 + runoff3) * step + down2 * step)
}

/// Advances one cell by an hour whose rain falls evenly.
///
/// - Parameters:
///   - storage: Storages at the start of the hour, mm.
///   - rain: Rain of the hour, mm.
///   - parameters: The model; its step says how many parts the hour has.
/// - Returns: Storages at the end of the hour, mm.
package func advanceHour<Scalar>(
  _ storage: TankStorage<Scalar>, rain: Scalar, by parameters: TankParameters
) -> TankStorage<Scalar> {
  let tanks = TankCoefficients<Scalar>(parameters)
  let step = Scalar(parameters.stepHours)
  // A product as in the loop over cells, so that both round alike.
  let part = rain * step
  var storage = storage
  for _ in 0..<parameters.stepsPerHour { storage = advance(storage, rain: part, hours: step, by: tanks) }
  return storage
}
