// Picks the copy of the kernels that fits the processor: AVX-512, AVX2 with fused multiply-add, else what every machine has.
#include "include/neural_maps.h"

typedef float v4 __attribute__((ext_vector_type(4), aligned(4)));
typedef float v8 __attribute__((ext_vector_type(8), aligned(4)));
typedef float v16 __attribute__((ext_vector_type(16), aligned(4)));

#define wide v8
#define WIDE 8
#define MOST 3
#define TALL 4
#define PIN(sum)
#define VARIANT(name) name##_plain
#include "neural_maps_kernels.h"
#undef VARIANT
#undef PIN

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
// Sums, values and one weight fill the 16 registers exactly: pinned, else a sum is spilled in the inner loop.
#define PIN(sum) __asm__ volatile("" : "+x"(sum));
#define VARIANT(name) name##_avx2
#include "neural_maps_kernels.h"
#undef VARIANT
#undef PIN
#pragma clang attribute pop
#undef wide
#undef WIDE
#undef MOST
#undef TALL

// The compiler splits vectors of 512 bits unless it is told that they are meant.
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,fma"), min_vector_width(512))), apply_to = function)
#define wide v16
#define WIDE 16
#define MOST 5
#define TALL 8
#define PIN(sum)
#define VARIANT(name) name##_avx512
#include "neural_maps_kernels.h"
#undef VARIANT
#pragma clang attribute pop

#define HAS_WIDE (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl"))
#define DISPATCH(name, ...)                                                                                    \
  if (HAS_WIDE) { name##_avx512(__VA_ARGS__); }                                                                \
  else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) { name##_avx2(__VA_ARGS__); }      \
  else { name##_plain(__VA_ARGS__); }
#else
#define HAS_WIDE 0
#define DISPATCH(name, ...) name##_plain(__VA_ARGS__);
#endif

long lsmap_maps_lanes(long maps) { return HAS_WIDE && maps > 8 ? 16 : 8; }

void lsmap_maps_convolution(
    const float *panels, const float *bias, long outputs, long inputs, struct lsmap_maps x, long lanes,
    struct lsmap_maps out, long width, long height) {
  DISPATCH(convolution, panels, bias, outputs, inputs, x, lanes, out, width, height)
}

void lsmap_maps_convolution_gradient(
    const float *panels, long outputs, long inputs, struct lsmap_maps gradient, long lanes, struct lsmap_maps out,
    struct lsmap_maps gate, long width, long rows) {
  DISPATCH(convolution_gradient, panels, outputs, inputs, gradient, lanes, out, gate, width, rows)
}

void lsmap_maps_weight_gradient(
    long outputs, long inputs, struct lsmap_maps gradient, struct lsmap_maps x, long bundles, long lanes, long width,
    long height, int accumulate, float *sums, float *bias_sums) {
  DISPATCH(weight_gradient, outputs, inputs, gradient, x, bundles, lanes, width, height, accumulate, sums, bias_sums)
}

void lsmap_maps_add_sums(long count, const float *sums, float *total) { DISPATCH(add_sums, count, sums, total) }

void lsmap_maps_pool(struct lsmap_maps x, long channels, long edge, long lanes, long maps, float *features) {
  DISPATCH(pool, x, channels, edge, lanes, maps, features)
}

void lsmap_maps_pool_gradient(
    const float *features, struct lsmap_maps gate, long channels, long edge, long lanes, long maps,
    struct lsmap_maps gradient) {
  DISPATCH(pool_gradient, features, gate, channels, edge, lanes, maps, gradient)
}
