#include "peak.h"

#define CHAINS 12
#define STEPS 1000

// CHAINS independent chains of multiply-adds in vectors of COUNT values.
#define PEAK(NAME, COUNT)                                                                                    \
  static float NAME(long rounds) {                                                                           \
    typedef float wide __attribute__((ext_vector_type(COUNT)));                                              \
    volatile float hidden = 0.999f;                                                                          \
    const wide x = (wide)(hidden);                                                                           \
    wide sum[CHAINS];                                                                                        \
    for (int i = 0; i < CHAINS; i++) sum[i] = (wide)((float)i);                                              \
    for (long step = 0; step < rounds * STEPS; step++) {                                                     \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < CHAINS; i++) sum[i] = sum[i] * x + x;           \
    }                                                                                                        \
    float total = 0;                                                                                         \
    for (int i = 0; i < CHAINS; i++) total += sum[i][0] + sum[i][COUNT - 1];                                 \
    return total;                                                                                            \
  }

PEAK(peak_plain, 8)

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
PEAK(peak_avx2, 8)
#pragma clang attribute pop
// The compiler splits vectors of 512 bits unless it is told that they are meant.
#pragma clang attribute push(__attribute__((target("avx512f,fma"), min_vector_width(512))), apply_to = function)
PEAK(peak_avx512, 16)
#pragma clang attribute pop
#endif

double lsmap_multiply_add_work(long rounds) {
  double values = 8;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) values = 16;
#endif
  return 2.0 * CHAINS * STEPS * values * (double)rounds;
}

float lsmap_multiply_add_peak(long rounds) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return peak_avx512(rounds);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return peak_avx2(rounds);
#endif
  return peak_plain(rounds);
}
