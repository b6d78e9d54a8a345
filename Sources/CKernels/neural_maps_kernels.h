// The kernels of neural_maps.h, compiled once for each instruction set: VARIANT(name) names the copy, WIDE is the number
// of values in a vector `wide`, MOST the vectors of a row that 4 outputs can keep in registers, TALL the outputs whose
// sums a gradient of weights keeps there.

#pragma clang fp contract(fast)

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define LOAD(type, p) (*(const type *)(p))
#define STORE(type, p, v) (*(type *)(p) = (v))

// 4 outputs by COUNT vectors of a row, over the rows `first` to `end` of the window. The last vector begins at `last`: it
// may reach back over the one before, whose values it then works out once more. Where a vector is a pixel, the products with
// the pixels of 0 beyond the `left` or `right` end of a row are left out.
#define CONVOLUTION_TILE(NAME, TYPE, VALUES, COUNT)                                                                     \
  INLINE void VARIANT(NAME)(                                                                                            \
      const int left, const int right, const float *w, const float *bias, long inputs, const float *from, long row,     \
      long plane, long lanes, long first, long end, float *to, long out_plane, const float *gate, long gate_plane,      \
      long last) {                                                                                                      \
    TYPE sum[4][COUNT];                                                                                                 \
    UNROLL for (int r = 0; r < 4; r++) UNROLL for (int v = 0; v < COUNT; v++) sum[r][v] = (TYPE)(bias ? bias[r] : 0.0f);\
    for (long i = 0; i < inputs; i++, w += 36)                                                                          \
      for (long y = first; y < end; y++) {                                                                              \
        const float *x = from + i * plane + y * row, *weight = w + 12 * y;                                              \
        UNROLL for (int dx = 0; dx < 3; dx++, x += lanes, weight += 4) {                                                \
          TYPE value[COUNT];                                                                                            \
          UNROLL for (int v = 0; v < COUNT; v++) value[v] = LOAD(TYPE, x + (v + 1 < COUNT ? VALUES * v : last));        \
          UNROLL for (int r = 0; r < 4; r++) {                                                                          \
            const TYPE a = (TYPE)(weight[r]);                                                                           \
            UNROLL for (int v = 0; v < COUNT; v++) {                                                                    \
              if ((left && dx < 2 - v) || (right && dx > COUNT - 1 - v)) continue;                                      \
              sum[r][v] += a * value[v];                                                                                \
              PIN(sum[r][v])                                                                                            \
            }                                                                                                           \
          }                                                                                                             \
        }                                                                                                               \
      }                                                                                                                 \
    UNROLL for (int r = 0; r < 4; r++) UNROLL for (int v = 0; v < COUNT; v++) {                                         \
      const TYPE s = sum[r][v];                                                                                         \
      const long at = v + 1 < COUNT ? VALUES * v : last;                                                                \
      const TYPE kept = gate ? (LOAD(TYPE, gate + r * gate_plane + at) > 0.0f ? s : (TYPE)(0.0f))                       \
                             : (s < 0.0f ? (TYPE)(0.0f) : s);                                                           \
      STORE(TYPE, to + r * out_plane + at, kept);                                                                       \
    }                                                                                                                   \
  }

CONVOLUTION_TILE(tile1, wide, WIDE, 1)
CONVOLUTION_TILE(tile2, wide, WIDE, 2)
CONVOLUTION_TILE(tile3, wide, WIDE, 3)
#if MOST > 3
CONVOLUTION_TILE(tile4, wide, WIDE, 4)
CONVOLUTION_TILE(tile5, wide, WIDE, 5)
#endif
#if WIDE > 8
CONVOLUTION_TILE(tile_half, v8, 8, 1)
#endif

// A row of outputs in as few tiles as there can be, all about as wide; `ends` says that pixels of 0 lie beyond both ends.
static void VARIANT(convolution_row)(
    const float *w, const float *bias, long inputs, const float *from, long row, long plane, long lanes, long first,
    long end, float *to, long out_plane, const float *gate, long gate_plane, long width, int ends) {
#define TILE(name, left, right, last) \
  VARIANT(name)(left, right, w, bias, inputs, from, row, plane, lanes, first, end, to, out_plane, gate, gate_plane, last)
#define TILES(left, right)                       \
  switch (count) {                               \
  case 1: TILE(tile1, left, right, last); break; \
  case 2: TILE(tile2, left, right, last); break; \
  case 3: TILE(tile3, left, right, last); break; \
  WIDER_TILES(left, right)                       \
  }
#if MOST > 3
#define WIDER_TILES(left, right)                 \
  case 4: TILE(tile4, left, right, last); break; \
  default: TILE(tile5, left, right, last); break;
#else
#define WIDER_TILES(left, right)
#endif
#if WIDE > 8
  if (width < WIDE) {
    TILE(tile_half, 0, 0, 0);
    return;
  }
#endif
  long vectors = (width + WIDE - 1) / WIDE;
  const long all = (vectors + MOST - 1) / MOST;
  for (long tiles = all; tiles > 0; tiles--) {
    const long count = (vectors + tiles - 1) / tiles;
    const long last = (tiles > 1 ? count * WIDE : width) - WIDE;
    if (ends && tiles == all && tiles == 1) {
      TILES(1, 1)
    } else if (ends && tiles == all) {
      TILES(1, 0)
    } else if (ends && tiles == 1) {
      TILES(0, 1)
    } else {
      TILES(0, 0)
    }
    vectors -= count, width -= count * WIDE;
    from += count * WIDE, to += count * WIDE;
    if (gate) gate += count * WIDE;
  }
#undef TILE
#undef TILES
#undef WIDER_TILES
}

static void VARIANT(convolution)(
    const float *panels, const float *bias, long outputs, long inputs, struct lsmap_maps x, long lanes,
    struct lsmap_maps out, long width, long height) {
  for (long n = 0; n < outputs; n += 4)
    for (long y = 0; y < height; y++)
      VARIANT(convolution_row)(
          panels + n * inputs * 9, bias + n, inputs, x.values + y * x.row, x.row, x.plane, lanes, 0, 3,
          out.values + n * out.plane + y * out.row, out.plane, 0, 0, width, 0);
}

static void VARIANT(convolution_gradient)(
    const float *panels, long outputs, long inputs, struct lsmap_maps gradient, long lanes, struct lsmap_maps out,
    struct lsmap_maps gate, long width, long rows) {
  for (long n = 0; n < outputs; n += 4)
    for (long y = 0; y < rows + 2; y++) {
      const long first = y < 2 ? 2 - y : 0, end = y < rows ? 3 : rows + 2 - y;
      VARIANT(convolution_row)(
          panels + n * inputs * 9, 0, inputs, gradient.values + (y - 2) * gradient.row, gradient.row, gradient.plane,
          lanes, first, end, out.values + n * out.plane + y * out.row, out.plane,
          gate.values + n * gate.plane + y * gate.row, gate.plane, width, lanes == WIDE);
    }
}

// `ROWS` outputs by the three places of a row of the window, for one input, over `bundles`.
#define WEIGHT_TILE(NAME, ROWS)                                                                                         \
  INLINE void VARIANT(NAME)(                                                                                            \
      const float *d, long d_row, long d_plane, long d_bundle, const float *x, long x_row, long x_bundle, long bundles, \
      long lanes, long width, long height, int accumulate, float *sums, long sums_stride) {                             \
    wide sum[ROWS][3];                                                                                                  \
    UNROLL for (int r = 0; r < ROWS; r++) UNROLL for (int k = 0; k < 3; k++)                                            \
        sum[r][k] = accumulate ? LOAD(wide, sums + r * sums_stride + k * LSMAP_MAP_SUMS) : (wide)(0.0f);                \
    for (long b = 0; b < bundles; b++, d += d_bundle, x += x_bundle) for (long y = 0; y < height; y++)                  \
      for (long i = 0; i < width; i += WIDE) {                                                                          \
        const float *at = x + y * x_row + i, *slope = d + y * d_row + i;                                                \
        const wide x0 = LOAD(wide, at), x1 = LOAD(wide, at + lanes), x2 = LOAD(wide, at + 2 * lanes);                   \
        UNROLL for (int r = 0; r < ROWS; r++) {                                                                         \
          const wide a = LOAD(wide, slope + r * d_plane);                                                               \
          sum[r][0] += a * x0, sum[r][1] += a * x1, sum[r][2] += a * x2;                                                \
          PIN(sum[r][0]) PIN(sum[r][1]) PIN(sum[r][2])                                                                  \
        }                                                                                                               \
      }                                                                                                                 \
    UNROLL for (int r = 0; r < ROWS; r++) UNROLL for (int k = 0; k < 3; k++)                                            \
        STORE(wide, sums + r * sums_stride + k * LSMAP_MAP_SUMS, sum[r][k]);                                            \
  }

WEIGHT_TILE(weights4, 4)
#if TALL > 4
WEIGHT_TILE(weights8, 8)
#endif

static void VARIANT(weight_gradient)(
    long outputs, long inputs, struct lsmap_maps gradient, struct lsmap_maps x, long bundles, long lanes, long width,
    long height, int accumulate, float *sums, float *bias_sums) {
  for (long n = 0; n < outputs; n++) {
    wide sum = accumulate ? LOAD(wide, bias_sums + n * LSMAP_MAP_SUMS) : (wide)(0.0f);
    const float *d = gradient.values + n * gradient.plane;
    for (long b = 0; b < bundles; b++, d += gradient.bundle)
      for (long y = 0; y < height; y++)
        for (long i = 0; i < width; i += WIDE) sum += LOAD(wide, d + y * gradient.row + i);
    STORE(wide, bias_sums + n * LSMAP_MAP_SUMS, sum);
  }
  const long stride = inputs * 9 * LSMAP_MAP_SUMS;
  for (long n = 0; n < outputs;) {
    const long rows = outputs - n >= TALL ? TALL : 4;
    const float *d = gradient.values + n * gradient.plane;
    for (long i = 0; i < inputs; i++)
      for (long dy = 0; dy < 3; dy++) {
        const float *from = x.values + i * x.plane + dy * x.row;
        float *to = sums + n * stride + (i * 9 + dy * 3) * LSMAP_MAP_SUMS;
#define WEIGHTS(name)                                                                                                   \
  VARIANT(name)(d, gradient.row, gradient.plane, gradient.bundle, from, x.row, x.bundle, bundles, lanes, width, height, \
                accumulate, to, stride)
#if TALL > 4
        if (rows == 8) {
          WEIGHTS(weights8);
          continue;
        }
#endif
        WEIGHTS(weights4);
#undef WEIGHTS
      }
    n += rows;
  }
}

// The parts of a sum by halves; a narrow copy has filled the first eight.
INLINE v4 VARIANT(quarter)(const float *sum) {
#if WIDE > 8
  const v8 half = LOAD(v8, sum) + LOAD(v8, sum + 8);
#else
  const v8 half = LOAD(v8, sum);
#endif
  return half.lo + half.hi;
}

static void VARIANT(add_sums)(long count, const float *sums, float *total) {
  for (long i = 0; i < count; i += 4, sums += 4 * LSMAP_MAP_SUMS) {
    v4 part[4];
    UNROLL for (int k = 0; k < 4; k++) part[k] = VARIANT(quarter)(sums + k * LSMAP_MAP_SUMS);
    const v4 a =
        __builtin_shufflevector(part[0], part[1], 0, 4, 1, 5) + __builtin_shufflevector(part[0], part[1], 2, 6, 3, 7);
    const v4 b =
        __builtin_shufflevector(part[2], part[3], 0, 4, 1, 5) + __builtin_shufflevector(part[2], part[3], 2, 6, 3, 7);
    const v4 sum = __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
    STORE(v4, total + i, LOAD(v4, total + i) + sum);
  }
}

static void VARIANT(pool)(struct lsmap_maps x, long channels, long edge, long lanes, long maps, float *features) {
  const float share = 1.0f / (float)(edge * edge);
  for (long c = 0; c < channels; c++) {
    const float *plane = x.values + c * x.plane;
    const float *centre = plane + edge / 2 * (x.row + lanes);
    float *to = features + c;
    for (long lane = 0; lane < lanes; lane += 8) {
      v8 sum = (v8)(0.0f);
      for (long y = 0; y < edge; y++)
        for (long i = 0; i < edge; i++) sum += LOAD(v8, plane + y * x.row + i * lanes + lane);
      sum *= share;
      for (long k = 0; k < 8 && lane + k < maps; k++) {
        to[(lane + k) * 2 * channels] = centre[lane + k];
        to[(lane + k) * 2 * channels + channels] = sum[k];
      }
    }
  }
}

static void VARIANT(pool_gradient)(
    const float *features, struct lsmap_maps gate, long channels, long edge, long lanes, long maps,
    struct lsmap_maps gradient) {
  const float share = 1.0f / (float)(edge * edge);
  for (long c = 0; c < channels; c++) {
    const float *open = gate.values + c * gate.plane;
    float *to = gradient.values + c * gradient.plane;
    for (long lane = 0; lane < lanes; lane += 8) {
      v8 centre = (v8)(0.0f), mean = (v8)(0.0f);
      for (long k = 0; k < 8 && lane + k < maps; k++) {
        centre[k] = features[(lane + k) * 2 * channels + c];
        mean[k] = features[(lane + k) * 2 * channels + channels + c] * share;
      }
      for (long y = 0; y < edge; y++)
        for (long i = 0; i < edge; i++) {
          const v8 slope = y == edge / 2 && i == y ? mean + centre : mean;
          const v8 value = LOAD(v8, open + y * gate.row + i * lanes + lane) > 0.0f ? slope : (v8)(0.0f);
          STORE(v8, to + y * gradient.row + i * lanes + lane, value);
        }
    }
  }
}

#undef INLINE
#undef UNROLL
#undef LOAD
#undef STORE
#undef CONVOLUTION_TILE
#undef WEIGHT_TILE
