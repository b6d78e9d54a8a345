// The kernels of neural_products.h, compiled once for each instruction set: VARIANT(name) names the copy, WIDE is the
// number of values in a vector `wide`, MOST the vectors of a row in a tile, ROWS(COUNT) the rows of a tile so wide that its
// sums, a row of B and a value of A fill the registers.

#pragma clang fp contract(fast)

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define LOAD(type, p) (*(const type *)(p))
#define STORE(type, p, v) (*(type *)(p) = (v))

// The last of the COUNT vectors of a row begins at `last`: it may reach back over the one before, whose values it then
// works out once more.
#define AT(TYPE, COUNT, v, last) ((v) + 1 < (COUNT) ? (long)(sizeof(TYPE) / 4) * (v) : (last))

// Columns of B that many tiles pass over are put side by side first, half of the first cache at most.
#define PANEL 4096
#define PACKED 48

// `rows` rows of C by COUNT vectors; A's value for row i and term l is at i * across + l * along.
#define PRODUCT_TILE(NAME, TYPE, COUNT)                                                                                 \
  INLINE void VARIANT(tile_##NAME)(                                                                                     \
      const int rows, long terms, const float *a, long across, long along, const float *b, long b_stride, long b_last,  \
      const float *bias, int accumulate, float *c, long c_stride, long last) {                                          \
    TYPE sum[8][COUNT];                                                                                                 \
    UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < COUNT; v++) {                                      \
      TYPE start = {0};                                                                                                 \
      if (bias) start = LOAD(TYPE, bias + AT(TYPE, COUNT, v, last));                                                    \
      if (accumulate) start += LOAD(TYPE, c + i * c_stride + AT(TYPE, COUNT, v, last));                                 \
      sum[i][v] = start;                                                                                                \
    }                                                                                                                   \
    for (long l = 0; l < terms; l++, a += along, b += b_stride) {                                                       \
      TYPE row[COUNT];                                                                                                  \
      UNROLL for (int v = 0; v < COUNT; v++) row[v] = LOAD(TYPE, b + AT(TYPE, COUNT, v, b_last));                       \
      UNROLL for (int i = 0; i < rows; i++) {                                                                           \
        const float x = a[i * across];                                                                                  \
        UNROLL for (int v = 0; v < COUNT; v++) sum[i][v] += x * row[v];                                                 \
      }                                                                                                                 \
    }                                                                                                                   \
    UNROLL for (int i = 0; i < rows; i++) UNROLL for (int v = 0; v < COUNT; v++)                                        \
        STORE(TYPE, c + i * c_stride + AT(TYPE, COUNT, v, last), sum[i][v]);                                            \
  }                                                                                                                     \
  static void VARIANT(rows_block_##NAME)(                                                                               \
      long m, long depth, const float *a, long a_stride, const float *b, long b_stride, const float *bias,              \
      int accumulate, float *c, long c_stride, long last) {                                                             \
    EACH_ROWS(                                                                                                          \
        ROWS(COUNT), VARIANT(tile_##NAME), depth, a + i * a_stride, a_stride, 1, b, b_stride, last, bias, accumulate,   \
        c + i * c_stride, c_stride, last)                                                                               \
  }                                                                                                                     \
  static void VARIANT(outer_block_##NAME)(                                                                              \
      long m, long count, const float *a, long a_stride, const float *b, long b_stride, int accumulate, float *c,       \
      long c_stride, long last) {                                                                                       \
    float panel[PANEL];                                                                                                 \
    long b_last = last;                                                                                                 \
    if (m >= PACKED && count * COUNT * (long)(sizeof(TYPE) / 4) <= PANEL) {                                             \
      for (long r = 0; r < count; r++) UNROLL for (int v = 0; v < COUNT; v++)                                           \
          STORE(TYPE, panel + (r * COUNT + v) * (long)(sizeof(TYPE) / 4),                                               \
                LOAD(TYPE, b + r * b_stride + AT(TYPE, COUNT, v, last)));                                               \
      b = panel, b_stride = COUNT * (long)(sizeof(TYPE) / 4), b_last = b_stride - (long)(sizeof(TYPE) / 4);             \
    }                                                                                                                   \
    EACH_ROWS(                                                                                                          \
        ROWS(COUNT), VARIANT(tile_##NAME), count, a + i, 1, a_stride, b, b_stride, b_last, 0, accumulate,               \
        c + i * c_stride, c_stride, last)                                                                               \
  }

// m rows in tiles of known height: full ones, then 4, 2 and 1.
#define EACH_ROWS(FULL, CALL, ...)                          \
  long i = 0;                                               \
  for (; i + FULL <= m; i += FULL) CALL(FULL, __VA_ARGS__); \
  for (; i + 4 <= m; i += 4) CALL(4, __VA_ARGS__);          \
  for (; i + 2 <= m; i += 2) CALL(2, __VA_ARGS__);          \
  for (; i < m; i++) CALL(1, __VA_ARGS__);

PRODUCT_TILE(wide1, wide, 1)
PRODUCT_TILE(wide2, wide, 2)
#if MOST > 2
PRODUCT_TILE(wide3, wide, 3)
PRODUCT_TILE(wide4, wide, 4)
#endif
#if WIDE > 8
PRODUCT_TILE(eights, v8, 2)
#endif
PRODUCT_TILE(fours, v4, 2)
PRODUCT_TILE(ones, v1, 1)

// n columns in tiles: as few as there can be, all about as wide; `j` is where one begins. The last is the widest, so that it
// has more than one vector where there are more, and none reaches back into another tile, whose sums are stored already.
#if MOST > 2
#define CALL_WIDER(CALL, ...)                    \
  case 3: VARIANT(CALL##wide3)(__VA_ARGS__, last); break; \
  default: VARIANT(CALL##wide4)(__VA_ARGS__, last); break;
#else
#define CALL_WIDER(CALL, ...)
#endif
#if WIDE > 8
#define CALL_EIGHTS(CALL, ...)    \
  if (n >= 8) {                   \
    VARIANT(CALL##eights)(__VA_ARGS__, n - 8); \
    return;                       \
  }
#else
#define CALL_EIGHTS(CALL, ...)
#endif
#define EACH_COLUMNS(CALL, ...)                                                                \
  long j = 0;                                                                                  \
  if (n >= WIDE) {                                                                             \
    long vectors = (n + WIDE - 1) / WIDE, left = n;                                            \
    for (long tiles = (vectors + MOST - 1) / MOST; tiles > 0; tiles--) {                       \
      const long these = vectors / tiles;                                                      \
      const long last = (tiles > 1 ? these * WIDE : left) - WIDE;                              \
      switch (these) {                                                                         \
      case 1: VARIANT(CALL##wide1)(__VA_ARGS__, last); break;                                           \
      case 2: VARIANT(CALL##wide2)(__VA_ARGS__, last); break;                                           \
      CALL_WIDER(CALL, __VA_ARGS__)                                                            \
      }                                                                                        \
      vectors -= these, left -= these * WIDE, j += these * WIDE;                               \
    }                                                                                          \
    return;                                                                                    \
  }                                                                                            \
  CALL_EIGHTS(CALL, __VA_ARGS__)                                                               \
  if (n >= 4) {                                                                                \
    VARIANT(CALL##fours)(__VA_ARGS__, n - 4);                                                           \
    return;                                                                                    \
  }                                                                                            \
  for (; j < n; j++) VARIANT(CALL##ones)(__VA_ARGS__, 0);

static void VARIANT(rows_columns)(
    long m, long n, long depth, const float *a, long a_stride, const float *b, long b_stride, const float *bias,
    int accumulate, float *c, long c_stride) {
  EACH_COLUMNS(
      rows_block_, m, depth, a, a_stride, b + j, b_stride, bias ? bias + j : 0, accumulate, c + j, c_stride)
}

static void VARIANT(outer_columns)(
    long m, long n, long count, const float *a, long a_stride, const float *b, long b_stride, int accumulate, float *c,
    long c_stride) {
  EACH_COLUMNS(outer_block_, m, count, a, a_stride, b + j, b_stride, accumulate, c + j, c_stride)
}

// Blocks of rows stay in the first cache while the columns of B pass by.
static void VARIANT(rows_product)(
    long m, long n, long depth, const float *a, long a_stride, const float *b, long b_stride, const float *bias,
    int accumulate, float *c, long c_stride) {
  const long block = 96;
  for (long i = 0; i < m; i += block)
    VARIANT(rows_columns)(
        m - i < block ? m - i : block, n, depth, a + i * a_stride, a_stride, b, b_stride, bias, accumulate,
        c + i * c_stride, c_stride);
}

// Blocks of rows: what a tile reads of A and B stays in the caches while the tiles pass over it.
static void VARIANT(outer_product)(
    long m, long n, long rows, const float *a, long a_stride, const float *b, long b_stride, int accumulate, float *c,
    long c_stride) {
  const long block = 256;
  for (long r = 0; r < rows; r += block)
    VARIANT(outer_columns)(
        m, n, rows - r < block ? rows - r : block, a + r * a_stride, a_stride, b + r * b_stride, b_stride,
        accumulate || r > 0, c, c_stride);
}

// Eight columns of eight rows at a time: neighbours are interleaved in pairs, in fours, then in eights.
INLINE void VARIANT(transpose_square)(const float *from, long stride, float *to, long rows) {
  v8 a[8], b[8];
  UNROLL for (int i = 0; i < 8; i++) a[i] = LOAD(v8, from + i * stride);
  UNROLL for (int i = 0; i < 8; i += 2) {
    b[i] = __builtin_shufflevector(a[i], a[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    b[i + 1] = __builtin_shufflevector(a[i], a[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  UNROLL for (int i = 0; i < 8; i += 4) UNROLL for (int k = 0; k < 2; k++) {
    a[i + k] = __builtin_shufflevector(b[i + k], b[i + k + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    a[i + k + 2] = __builtin_shufflevector(b[i + k], b[i + k + 2], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  UNROLL for (int i = 0; i < 4; i++) {
    STORE(v8, to + i * rows, __builtin_shufflevector(a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11));
    STORE(v8, to + (i + 4) * rows, __builtin_shufflevector(a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15));
  }
}

static void VARIANT(transpose)(long rows, long columns, const float *matrix, long stride, float *out) {
  const long squares = rows / 8 * 8, across = columns / 8 * 8;
  for (long i = 0; i < squares; i += 8)
    for (long j = 0; j < across; j += 8)
      VARIANT(transpose_square)(matrix + i * stride + j, stride, out + j * rows + i, rows);
  for (long i = 0; i < rows; i++)
    for (long j = i < squares ? across : 0; j < columns; j++) out[j * rows + i] = matrix[i * stride + j];
}

#undef INLINE
#undef UNROLL
#undef LOAD
#undef STORE
#undef AT
#undef PANEL
#undef PACKED
#undef PRODUCT_TILE
#undef EACH_ROWS
#undef EACH_COLUMNS
#undef CALL_WIDER
#undef CALL_EIGHTS
