// Picks the copy of the kernels that fits the processor: AVX-512, AVX2 with fused multiply-add, else what every machine has.
#include "neural_products.h"

typedef float v1;
typedef float v4 __attribute__((ext_vector_type(4), aligned(4)));
typedef float v8 __attribute__((ext_vector_type(8), aligned(4)));
typedef float v16 __attribute__((ext_vector_type(16), aligned(4)));

#define wide v8
#define WIDE 8
#define MOST 2
#define ROWS(COUNT) 6
#define VARIANT(name) name##_plain
#include "neural_products_kernels.h"
#undef VARIANT

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define VARIANT(name) name##_avx2
#include "neural_products_kernels.h"
#undef VARIANT
#pragma clang attribute pop
#undef wide
#undef WIDE
#undef MOST
#undef ROWS

// The compiler splits vectors of 512 bits unless it is told that they are meant.
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,fma"), min_vector_width(512))), apply_to = function)
#define wide v16
#define WIDE 16
#define MOST 4
#define ROWS(COUNT) ((COUNT) == 4 ? 6 : 8)
#define VARIANT(name) name##_avx512
#include "neural_products_kernels.h"
#undef VARIANT
#pragma clang attribute pop

#define DISPATCH(name, ...)                                                                                    \
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) { name##_avx512(__VA_ARGS__); } \
  else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) { name##_avx2(__VA_ARGS__); }      \
  else { name##_plain(__VA_ARGS__); }
#else
#define DISPATCH(name, ...) name##_plain(__VA_ARGS__);
#endif

void lsmap_rows_product(
    long m, long n, long depth, const float *a, long a_stride, const float *b, long b_stride, const float *bias,
    int accumulate, float *c, long c_stride) {
  DISPATCH(rows_product, m, n, depth, a, a_stride, b, b_stride, bias, accumulate, c, c_stride)
}

void lsmap_outer_product(
    long m, long n, long rows, const float *a, long a_stride, const float *b, long b_stride, int accumulate, float *c,
    long c_stride) {
  DISPATCH(outer_product, m, n, rows, a, a_stride, b, b_stride, accumulate, c, c_stride)
}

void lsmap_transpose(long rows, long columns, const float *matrix, long stride, float *out) {
  DISPATCH(transpose, rows, columns, matrix, stride, out)
}
