// Picks the copy of the kernels that fits the processor: AVX2 with fused multiply-add, else what every machine has.
#include "include/neural_dense.h"

typedef float v8 __attribute__((ext_vector_type(8), aligned(4)));
typedef int i8 __attribute__((ext_vector_type(8), aligned(4)));

#define PIN(a, b, c)
#define VARIANT(name) name##_plain
#include "neural_dense_kernels.h"
#undef VARIANT
#undef PIN

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
// 12 sums, 3 vectors of inputs and 1 weight fill the 16 registers exactly; without the pin the compiler fetches the next
// weight early, spills a sum in the inner loop and halves the speed.
#define PIN(a, b, c) __asm__ volatile("" : "+x"(a), "+x"(b), "+x"(c));
#define VARIANT(name) name##_avx2
#include "neural_dense_kernels.h"
#undef VARIANT
#pragma clang attribute pop

#define DISPATCH(call_plain, call_avx2)                                            \
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) { call_avx2; } \
  else { call_plain; }
#else
#define DISPATCH(call_plain, call_avx2) call_plain;
#endif

void lsmap_lanes_linear(
    const float *panels, const float *bias, long outputs, long inputs, const float *x, long x_stride, float *y,
    long y_stride, enum lsmap_linear_mode mode) {
  DISPATCH(
      linear_plain(panels, bias, outputs, inputs, x, x_stride, y, y_stride, mode),
      linear_avx2(panels, bias, outputs, inputs, x, x_stride, y, y_stride, mode))
}

int lsmap_log_one_plus(const float *x, long count, float scale, float *y) {
  int any;
  DISPATCH(any = log_one_plus_plain(x, count, scale, y), any = log_one_plus_avx2(x, count, scale, y))
  return any;
}

void lsmap_lanes_convolution(
    const float *panels, const float *bias, long outputs, long inputs, const float *map, long row, long plane,
    float *out, long out_row, long out_plane, long width, long height) {
  DISPATCH(
      convolution_plain(panels, bias, outputs, inputs, map, row, plane, out, out_row, out_plane, width, height),
      convolution_avx2(panels, bias, outputs, inputs, map, row, plane, out, out_row, out_plane, width, height))
}

void lsmap_lanes_summarise(
    const float *map, long row, long plane, long channels, long width, long height, float *centre, float *mean,
    long out_plane, float *line, long edge) {
  DISPATCH(
      summarise_plain(map, row, plane, channels, width, height, centre, mean, out_plane, line, edge),
      summarise_avx2(map, row, plane, channels, width, height, centre, mean, out_plane, line, edge))
}

void lsmap_lanes_encode(
    const struct lsmap_encoder_layer *layers, struct lsmap_encoder_sizes sizes, float *x, float *scratch,
    float *pooled, long pooled_stride) {
  DISPATCH(
      encode_plain(layers, sizes, x, scratch, pooled, pooled_stride),
      encode_avx2(layers, sizes, x, scratch, pooled, pooled_stride))
}

void lsmap_lanes_gather(
    const float *z, long token_stride, long feature_stride, long features, long cells, float *x, long cell_stride,
    long tokens) {
  DISPATCH(
      gather_plain(z, token_stride, feature_stride, features, cells, x, cell_stride, tokens),
      gather_avx2(z, token_stride, feature_stride, features, cells, x, cell_stride, tokens))
}
