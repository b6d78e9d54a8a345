#include "neural_products.h"

// A register tile is 6 rows by 16 columns: 12 vectors of eight sums, which is what 16 vector registers hold beside two
// vectors of B and one value of A. Clones for wider machines are picked when the program is loaded.
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#define INLINE static inline __attribute__((always_inline))

typedef float wide __attribute__((vector_size(32), aligned(4)));
typedef float narrow __attribute__((vector_size(16), aligned(4)));

typedef float single;


INLINE long place(const int32_t *rows, long stride, long i) { return rows ? (long)rows[i] : i * stride; }

// MR rows by 16 columns of lsmap_rows_product.
#define ROWS_TILE(NAME, VECTOR, WIDTH, COUNT) \
  INLINE void NAME(const int MR, const float *const *a, long segments, long run, long segment_stride, const float *b, \
                   long b_stride, const float *bias, int accumulate, float *const *c) { \
    VECTOR sum[6][COUNT]; \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < MR; i++) \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < COUNT; v++) { \
      VECTOR start = {0}; \
      if (bias) start = *(const VECTOR *)(bias + WIDTH * v); \
      if (accumulate) start += *(const VECTOR *)(c[i] + WIDTH * v); \
      sum[i][v] = start; \
    } \
    for (long s = 0; s < segments; s++) { \
      for (long l = 0; l < run; l++) { \
        VECTOR row[COUNT]; \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < COUNT; v++) row[v] = *(const VECTOR *)(b + WIDTH * v); \
        _Pragma("clang loop unroll(full)") for (int i = 0; i < MR; i++) { \
          const float x = a[i][s * segment_stride + l]; \
          _Pragma("clang loop unroll(full)") for (int v = 0; v < COUNT; v++) sum[i][v] += x * row[v]; \
        } \
        b += b_stride; \
      } \
    } \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < MR; i++) \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < COUNT; v++) *(VECTOR *)(c[i] + WIDTH * v) = sum[i][v]; \
  }

ROWS_TILE(rows_tile16, wide, 8, 2)
ROWS_TILE(rows_tile8, wide, 8, 1)
ROWS_TILE(rows_tile4, narrow, 4, 1)
ROWS_TILE(rows_tile1, single, 1, 1)

// The tile with its number of rows known to the compiler.
#define WITH_ROWS(CALL, MR, ...) \
  switch (MR) { \
    case 6: CALL(6, __VA_ARGS__); break; \
    case 5: CALL(5, __VA_ARGS__); break; \
    case 4: CALL(4, __VA_ARGS__); break; \
    case 3: CALL(3, __VA_ARGS__); break; \
    case 2: CALL(2, __VA_ARGS__); break; \
    default: CALL(1, __VA_ARGS__); break; \
  }

CLONES void lsmap_rows_product(
    long m, long n, long segments, long run, long segment_stride, const float *a, long a_stride, const int32_t *a_rows,
    const float *b, long b_stride, const float *bias, int accumulate, float *c, long c_stride, const int32_t *c_rows) {
  // Blocks of rows stay in the first cache while the columns of B pass by.
  const long block = 96;
  for (long begin = 0; begin < m; begin += block) {
    const long end = begin + block < m ? begin + block : m;
    long j = 0;
    while (j < n) {
      const long left = n - j;
      const long width = left >= 16 ? 16 : left >= 8 ? 8 : left >= 4 ? 4 : 1;
      const float *columns = b + j;
      const float *begins = bias ? bias + j : 0;
      for (long i = begin; i < end; i += 6) {
        const int count = end - i < 6 ? (int)(end - i) : 6;
        const float *from[6];
        float *to[6];
        for (int r = 0; r < count; r++) {
          from[r] = a + place(a_rows, a_stride, i + r);
          to[r] = c + place(c_rows, c_stride, i + r) + j;
        }
        if (width == 16) {
          WITH_ROWS(rows_tile16, count, from, segments, run, segment_stride, columns, b_stride, begins, accumulate, to)
        } else if (width == 8) {
          WITH_ROWS(rows_tile8, count, from, segments, run, segment_stride, columns, b_stride, begins, accumulate, to)
        } else if (width == 4) {
          WITH_ROWS(rows_tile4, count, from, segments, run, segment_stride, columns, b_stride, begins, accumulate, to)
        } else {
          WITH_ROWS(rows_tile1, count, from, segments, run, segment_stride, columns, b_stride, begins, accumulate, to)
        }
      }
      j += width;
    }
  }
}

#define OUTER_TILE(NAME, VECTOR, WIDTH, COUNT) \
  INLINE void NAME(const int MR, long begin, long end, const float *a, long a_stride, const int32_t *a_rows, \
                   const float *b, long b_stride, const int32_t *b_rows, float *c, long c_stride) { \
    VECTOR sum[6][COUNT]; \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < MR; i++) \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < COUNT; v++) sum[i][v] = \
            *(const VECTOR *)(c + i * c_stride + WIDTH * v); \
    for (long r = begin; r < end; r++) { \
      const float *left = a + place(a_rows, a_stride, r); \
      const float *right = b + place(b_rows, b_stride, r); \
      VECTOR row[COUNT]; \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < COUNT; v++) row[v] = *(const VECTOR *)(right + WIDTH * v); \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < MR; i++) { \
        const float x = left[i]; \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < COUNT; v++) sum[i][v] += x * row[v]; \
      } \
    } \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < MR; i++) \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < COUNT; v++) \
            *(VECTOR *)(c + i * c_stride + WIDTH * v) = sum[i][v]; \
  }

OUTER_TILE(outer_tile16, wide, 8, 2)
OUTER_TILE(outer_tile8, wide, 8, 1)
OUTER_TILE(outer_tile4, narrow, 4, 1)
OUTER_TILE(outer_tile1, single, 1, 1)

CLONES void lsmap_outer_product(
    long m, long n, long rows, const float *a, long a_stride, const int32_t *a_rows, const float *b, long b_stride,
    const int32_t *b_rows, float *c, long c_stride) {
  // Blocks of rows: what a tile reads of A and B stays in the caches while the tiles pass over it.
  const long block = 256;
  for (long begin = 0; begin < rows; begin += block) {
    const long end = begin + block < rows ? begin + block : rows;
    long j = 0;
    while (j < n) {
      const long left = n - j;
      const long width = left >= 16 ? 16 : left >= 8 ? 8 : left >= 4 ? 4 : 1;
      for (long i = 0; i < m; i += 6) {
        const int count = m - i < 6 ? (int)(m - i) : 6;
        float *to = c + i * c_stride + j;
        if (width == 16) {
          WITH_ROWS(outer_tile16, count, begin, end, a + i, a_stride, a_rows, b + j, b_stride, b_rows, to, c_stride)
        } else if (width == 8) {
          WITH_ROWS(outer_tile8, count, begin, end, a + i, a_stride, a_rows, b + j, b_stride, b_rows, to, c_stride)
        } else if (width == 4) {
          WITH_ROWS(outer_tile4, count, begin, end, a + i, a_stride, a_rows, b + j, b_stride, b_rows, to, c_stride)
        } else {
          WITH_ROWS(outer_tile1, count, begin, end, a + i, a_stride, a_rows, b + j, b_stride, b_rows, to, c_stride)
        }
      }
      j += width;
    }
  }
}
