// The kernels of neural_dense.h, compiled once for each instruction set: VARIANT(name) names the copy.
// Vectors never pass by value between functions that are not inlined, so that no copy changes the calling convention.

#pragma clang fp contract(fast)

#define INLINE static inline __attribute__((always_inline))

INLINE void VARIANT(exponential)(v8 *x) {
  // 2^n 2^r with n = round(x log2 e); minimax polynomial of 2^r on [-1/2, 1/2], relative error 8e-8.
  const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to a whole number
  v8 t = __builtin_elementwise_max(*x, (v8)(-87.0f)) * 1.4426950408889634f;
  v8 shifted = t + magic;
  v8 r = t - (shifted - magic);
  v8 p = r * 1.327647215e-03f + 9.675541662e-03f;
  p = p * r + 5.550713276e-02f;
  p = p * r + 2.402211972e-01f;
  p = p * r + 6.931469671e-01f;
  p = p * r + 1.0f;
  *x = (v8)(((i8)shifted << 23) + (i8)p);
}

INLINE void VARIANT(gelu)(v8 *x) {
  // x Phi(x), Phi(x) = 1/2 + x P(x^2) / Q(x^2): minimax on [-5.5, 5.5], absolute error 7e-9 before rounding.
  v8 c = __builtin_elementwise_min(__builtin_elementwise_max(*x, (v8)(-5.5f)), (v8)(5.5f));
  v8 u = c * c;
  v8 p = u * 2.274948976e-08f + 6.352082251e-06f;
  v8 q = u * 1.197504978e-06f + 7.364654401e-05f;
  p = p * u + 1.688229620e-04f;
  q = q * u + 1.884429582e-03f;
  p = p * u + 4.677243990e-03f;
  q = q * u + 2.864572548e-02f;
  p = p * u + 3.385239771e-02f;
  q = q * u + 2.515212960e-01f;
  p = p * u + 3.989422347e-01f;
  q = q * u + 1.0f;
  *x = *x * (c * (p / q) + 0.5f);
}

#define LOAD(p) (*(const v8 *)(p))
#define STORE(p, v) (*(v8 *)(p) = (v))

// Sums of 4 outputs x 24 lanes: s[r][l] += w[r * row_step + k * k_step] * x[k][l], k ascending.
#define SUMS_DECLARE                                                                                   \
  v8 s00, s01, s02, s10, s11, s12, s20, s21, s22, s30, s31, s32;

#define SUMS_START(b0, b1, b2, b3)                                                                     \
  s00 = s01 = s02 = (v8)(b0);                                                                          \
  s10 = s11 = s12 = (v8)(b1);                                                                          \
  s20 = s21 = s22 = (v8)(b2);                                                                          \
  s30 = s31 = s32 = (v8)(b3);

#define SUMS_ADD(w, row_step, x)                                                                       \
  {                                                                                                    \
    const v8 x0 = LOAD(x), x1 = LOAD((x) + 8), x2 = LOAD((x) + 16);                                    \
    v8 a = (v8)((w)[0]);                                                                               \
    s00 += a * x0, s01 += a * x1, s02 += a * x2; PIN(s00, s01, s02)                                    \
    a = (v8)((w)[row_step]);                                                                           \
    s10 += a * x0, s11 += a * x1, s12 += a * x2; PIN(s10, s11, s12)                                    \
    a = (v8)((w)[2 * (row_step)]);                                                                     \
    s20 += a * x0, s21 += a * x1, s22 += a * x2; PIN(s20, s21, s22)                                    \
    a = (v8)((w)[3 * (row_step)]);                                                                     \
    s30 += a * x0, s31 += a * x1, s32 += a * x2; PIN(s30, s31, s32)                                    \
  }

#define SUMS_EACH(apply)                                                                               \
  apply(0, 0, s00) apply(0, 1, s01) apply(0, 2, s02) apply(1, 0, s10) apply(1, 1, s11) apply(1, 2, s12)\
  apply(2, 0, s20) apply(2, 1, s21) apply(2, 2, s22) apply(3, 0, s30) apply(3, 1, s31) apply(3, 2, s32)

#define SUM_STORE(row, lane, sum) STORE(to + (row) * stride + 8 * (lane), sum);
#define SUM_RECTIFY(row, lane, sum) STORE(to + (row) * stride + 8 * (lane), __builtin_elementwise_max(sum, (v8)(0.0f)));
#define SUM_ADD(row, lane, sum) STORE(to + (row) * stride + 8 * (lane), LOAD(to + (row) * stride + 8 * (lane)) + sum);
#define SUM_SCALE(row, lane, sum) STORE(to + (row) * stride + 8 * (lane), sum * scale##lane);

static void VARIANT(linear)(
    const float *panels, const float *bias, long outputs, long inputs, const float *x, long x_stride, float *y,
    long y_stride, enum lsmap_linear_mode mode) {
  const long stride = y_stride;
  for (long n = 0; n < outputs; n += 4) {
    SUMS_DECLARE
    SUMS_START(bias[n], bias[n + 1], bias[n + 2], bias[n + 3])
    const float *w = panels + n * inputs;
    const float *from = x;
    for (long k = 0; k < inputs; k++, w += 4, from += x_stride) SUMS_ADD(w, 1, from)
    float *to = y + n * stride;
    if (mode == LSMAP_STORE) {
      SUMS_EACH(SUM_STORE)
    } else if (mode == LSMAP_RECTIFY) {
      SUMS_EACH(SUM_RECTIFY)
    } else {
      SUMS_EACH(SUM_ADD)
    }
  }
}

static void VARIANT(convolution)(
    const float *panels, const float *bias, long outputs, long inputs, const float *map, long row, long plane,
    float *out, long out_row, long out_plane, long width, long height) {
  const long stride = out_plane;
  for (long n = 0; n < outputs; n += 4)
    for (long y = 0; y < height; y++)
      for (long x = 0; x < width; x += LSMAP_LANES) {
        SUMS_DECLARE
        SUMS_START(bias[n], bias[n + 1], bias[n + 2], bias[n + 3])
        const float *w = panels + n * inputs * 9;
        for (long i = 0; i < inputs; i++)
          for (long dy = 0; dy < 3; dy++) {
            const float *from = map + i * plane + (y + dy) * row + x;
            for (long dx = 0; dx < 3; dx++, w += 4) SUMS_ADD(w, 1, from + dx)
          }
        float *to = out + n * out_plane + y * out_row + x;
        SUMS_EACH(SUM_RECTIFY)
      }
}

// Sum of `count` values `step` apart, count odd: pairs in ascending order, then the odd one.
INLINE float VARIANT(sum)(const float *from, long step, long count) {
  if (count == 1) return from[0];
  float total = from[0] + from[step];
  for (long i = 2; i + 1 < count; i += 2) total += from[i * step] + from[(i + 1) * step];
  return total + from[(count - 1) * step];
}

INLINE void VARIANT(summarise_square)(
    const float *map, long row, long plane, long channels, long width, long height, float *centre, float *mean,
    long out_plane, float *line, long edge) {
  const long half = edge / 2;
  const float share = 1.0f / (float)(edge * edge);
  for (long c = 0; c < channels; c++) {
    for (long y = 0; y < height + edge - 1; y++) {
      const float *from = map + c * plane + y * row;
      float *to = line + y * width;
      for (long x = 0; x < width; x++) to[x] = VARIANT(sum)(from + x, 1, edge);
    }
    for (long y = 0; y < height; y++) {
      const float *from = line + y * width, *middle = map + c * plane + (y + half) * row + half;
      float *to = mean + c * out_plane + y * width, *copy = centre + c * out_plane + y * width;
      for (long x = 0; x < width; x++) {
        to[x] = VARIANT(sum)(from + x, width, edge) * share;
        copy[x] = middle[x];
      }
    }
  }
}

// The inner sums are unrolled only where the compiler knows their length: a copy for each edge that a patch can leave.
static void VARIANT(summarise)(
    const float *map, long row, long plane, long channels, long width, long height, float *centre, float *mean,
    long out_plane, float *line, long edge) {
#define SUMMARISE(known) \
  VARIANT(summarise_square)(map, row, plane, channels, width, height, centre, mean, out_plane, line, known)
  switch (edge) {
  case 1: SUMMARISE(1); break;
  case 3: SUMMARISE(3); break;
  case 5: SUMMARISE(5); break;
  case 7: SUMMARISE(7); break;
  case 9: SUMMARISE(9); break;
  case 11: SUMMARISE(11); break;
  default: SUMMARISE(edge);
  }
#undef SUMMARISE
}

#include "neural_dense_encoder.h"

// Eight rows of eight, transposed in place.
INLINE void VARIANT(transpose8)(v8 r[8]) {
  v8 s[8], t[8];
  for (int i = 0; i < 8; i += 2) {
    s[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    s[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int i = 0; i < 8; i += 4)
    for (int j = 0; j < 2; j++) {
      t[i + 2 * j] = __builtin_shufflevector(s[i + j], s[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      t[i + 2 * j + 1] = __builtin_shufflevector(s[i + j], s[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int i = 0; i < 4; i++) {
    r[i] = __builtin_shufflevector(t[i], t[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    r[i + 4] = __builtin_shufflevector(t[i], t[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

// Lanes from `tokens` on become 0.
INLINE void VARIANT(gather_tokens)(
    const float *z, long token_stride, long feature_stride, long features, long cells, float *x, long cell_stride,
    long tokens) {
  for (long f = 0; f < features; f++) {
    long cell = 0;
    for (; cell + 8 <= cells; cell += 8)
      for (long t = 0; t < LSMAP_LANES; t += 8) {
        v8 r[8];
        for (int i = 0; i < 8; i++)
          r[i] = t + i < tokens ? LOAD(z + (t + i) * token_stride + f * feature_stride + cell) : (v8)(0.0f);
        VARIANT(transpose8)(r);
        for (int i = 0; i < 8; i++) STORE(x + (cell + i) * cell_stride + f * LSMAP_LANES + t, r[i]);
      }
    for (; cell < cells; cell++)
      for (long t = 0; t < LSMAP_LANES; t++)
        x[cell * cell_stride + f * LSMAP_LANES + t] =
            t < tokens ? z[t * token_stride + f * feature_stride + cell] : 0.0f;
  }
}

static void VARIANT(gather)(
    const float *z, long token_stride, long feature_stride, long features, long cells, float *x, long cell_stride,
    long tokens) {
  if (tokens == LSMAP_LANES) {
    VARIANT(gather_tokens)(z, token_stride, feature_stride, features, cells, x, cell_stride, LSMAP_LANES);
  } else {
    VARIANT(gather_tokens)(z, token_stride, feature_stride, features, cells, x, cell_stride, tokens);
  }
}

INLINE void VARIANT(log_one_plus_eight)(v8 *x, float scale, i8 *above) {
  // y = 1 + scale x = 2^e m with m in [sqrt(1/2), sqrt(2)), ln m by a minimax polynomial in m - 1, relative error 3e-8.
  const i8 positive = *x > (v8)(0.0f);
  *above |= positive;
  const v8 y = (v8)((i8)(*x * scale) & positive) + 1.0f;
  const i8 bits = (i8)y;
  const i8 e = (bits - 0x3F3504F3) >> 23;
  const v8 r = (v8)(bits - (e << 23)) - 1.0f;
  v8 p = r * 8.700438883e-02f - 1.426749177e-01f;
  p = p * r + 1.491476899e-01f;
  p = p * r - 1.657758417e-01f;
  p = p * r + 1.996306366e-01f;
  p = p * r - 2.500133705e-01f;
  p = p * r + 3.333391074e-01f;
  *x = __builtin_convertvector(e, v8) * 0.6931471805599453f + (r + r * r * (p * r - 0.5f));
}

static int VARIANT(log_one_plus)(const float *values, long count, float scale, float *results) {
  i8 above = (i8)(0);
  long i = 0;
  for (; i + 8 <= count; i += 8) {
    v8 x = LOAD(values + i);
    VARIANT(log_one_plus_eight)(&x, scale, &above);
    STORE(results + i, x);
  }
  v8 rest = (v8)(0.0f);
  for (long j = i; j < count; j++) rest[j - i] = values[j];
  VARIANT(log_one_plus_eight)(&rest, scale, &above);
  for (long j = i; j < count; j++) results[j] = rest[j - i];
  int any = 0;
  for (int lane = 0; lane < 8; lane++) any |= above[lane] != 0;
  return any;
}

#undef INLINE
#undef LOAD
#undef STORE
#undef SUMS_DECLARE
#undef SUMS_START
#undef SUMS_ADD
#undef SUMS_EACH
#undef SUM_STORE
#undef SUM_RECTIFY
#undef SUM_ADD
#undef SUM_SCALE
