#include "peak.h"

#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))

typedef float wide __attribute__((vector_size(32), aligned(4)));

CLONES float lsmap_multiply_add_peak(long rounds) {
  wide sum[12];
  for (int i = 0; i < 12; i++) sum[i] = (wide){1, 2, 3, 4, 5, 6, 7, 8} * (float)i;
  volatile float hidden = 0.999f;
  const float x = hidden;
  const wide y = {hidden, hidden, hidden, hidden, hidden, hidden, hidden, hidden};
  for (long round = 0; round < rounds; round++) {
    for (long l = 0; l < 1000; l++) {
      _Pragma("clang loop unroll(full)") for (int i = 0; i < 12; i++) sum[i] = sum[i] * x + y;
    }
  }
  float total = 0;
  for (int i = 0; i < 12; i++) total += sum[i][0] + sum[i][7];
  return total;
}
