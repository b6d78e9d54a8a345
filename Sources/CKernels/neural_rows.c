#include "neural_rows.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

// -ffast-math would break the rounding inside the exponential; allowing only the order of a sum to change is what lets
// the reductions use vectors.
#pragma clang fp reassociate(on)

#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#define INLINE static inline __attribute__((always_inline))

typedef float four __attribute__((ext_vector_type(4), aligned(4)));
typedef float eight __attribute__((ext_vector_type(8), aligned(4)));

// As an instruction: sqrtf may set errno, which keeps a loop from using vectors.
INLINE float root(float x) { return __builtin_elementwise_sqrt(x); }

// exp(x) for x <= 0, relative error below 2e-7; 0 towards x = -87. Argument reduced by ln 2 in two parts, polynomial of
// degree 6 on |r| <= ln 2 / 2 (Taylor; the first term left out is 1.2e-7 * r).
INLINE float exponential(float x) {
  x = x < -87.0f ? -87.0f : x;
  const int32_t n = (int32_t)(x * 1.44269504f - 0.5f);
  const float whole = (float)n;
  const float r = (x - whole * 0.693359375f) - whole * -2.12194440e-4f;
  float p = 1.0f / 5040;
  p = p * r + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  const int32_t bits = (n + 127) << 23;
  float power;
  memcpy(&power, &bits, 4);
  return p * power;
}

// Phi(x) of the normal distribution from density = exp(-x^2 / 2): Abramowitz & Stegun 7.1.26, error of erf <= 1.5e-7.
INLINE float cumulative(float x, float density) {
  const float z = fabsf(x) * 0.70710678f;
  const float t = 1.0f / (1.0f + 0.3275911f * z);
  const float p =
      ((((1.061405429f * t - 1.453152027f) * t + 1.421413741f) * t - 0.284496736f) * t + 0.254829592f) * t;
  const float tail = 0.5f * p * density;
  return x < 0 ? tail : 1.0f - tail;
}

CLONES void lsmap_layer_norm(
    long rows, long columns, const float *x, const float *weight, const float *bias, float epsilon, float *out,
    float *statistics) {
  for (long i = 0; i < rows; i++, x += columns, out += columns) {
    float total = 0;
    for (long j = 0; j < columns; j++) total += x[j];
    const float mean = total / (float)columns;
    float squares = 0;
    for (long j = 0; j < columns; j++) squares += (x[j] - mean) * (x[j] - mean);
    const float rstd = 1.0f / root(squares / (float)columns + epsilon);
    for (long j = 0; j < columns; j++) out[j] = (x[j] - mean) * rstd * weight[j] + bias[j];
    if (statistics) {
      statistics[2 * i] = mean;
      statistics[2 * i + 1] = rstd;
    }
  }
}

CLONES void lsmap_layer_norm_gradient(
    long rows, long columns, const float *x, const float *weight, const float *statistics, const float *dout,
    int accumulate, float *dx, float *dweight, float *dbias) {
  for (long i = 0; i < rows; i++, x += columns, dout += columns, dx += columns) {
    const float mean = statistics[2 * i], rstd = statistics[2 * i + 1];
    float sum = 0, product = 0;
    for (long j = 0; j < columns; j++) {
      const float g = dout[j] * weight[j];
      sum += g;
      product += g * (x[j] - mean);
    }
    sum /= (float)columns;
    product *= rstd * rstd / (float)columns;
    for (long j = 0; j < columns; j++) {
      const float slope = rstd * (dout[j] * weight[j] - sum - (x[j] - mean) * product);
      dx[j] = accumulate ? dx[j] + slope : slope;
      dweight[j] += dout[j] * (x[j] - mean) * rstd;
      dbias[j] += dout[j];
    }
  }
}

// A row of attention is a few vectors long: in the compiler's own choice, four vectors at a time, it would be a remainder.
#define SHORT_ROW _Pragma("clang loop vectorize_width(8) interleave_count(1)")

// Eight at a time by hand: the compiler leaves a search for the largest to one chain.
INLINE float larger(float a, float b) { return a > b ? a : b; }

INLINE float largest(long count, const float *x) {
  float top = x[0];
  if (count < 8) {
    for (long j = 1; j < count; j++) top = larger(top, x[j]);
    return top;
  }
  eight part = *(const eight *)x;
  for (long j = 8; j < count; j += 8) {
    const eight next = *(const eight *)(x + (j + 8 <= count ? j : count - 8));
    part = next > part ? next : part;
  }
  const four half = part.lo > part.hi ? part.lo : part.hi;
  return larger(larger(half[0], half[1]), larger(half[2], half[3]));
}

CLONES void lsmap_softmax(long rows, long columns, float scale, float *x) {
  for (long i = 0; i < rows; i++, x += columns) {
    const float top = largest(columns, x);
    float total = 0;
    SHORT_ROW for (long j = 0; j < columns; j++) {
      x[j] = exponential((x[j] - top) * scale);
      total += x[j];
    }
    const float share = 1.0f / total;
    SHORT_ROW for (long j = 0; j < columns; j++) x[j] *= share;
  }
}

CLONES void lsmap_softmax_gradient(long rows, long columns, float scale, const float *p, float *gradient) {
  for (long i = 0; i < rows; i++, p += columns, gradient += columns) {
    float total = 0;
    SHORT_ROW for (long j = 0; j < columns; j++) total += p[j] * gradient[j];
    SHORT_ROW for (long j = 0; j < columns; j++) gradient[j] = scale * p[j] * (gradient[j] - total);
  }
}

CLONES void lsmap_gelu(long count, const float *x, float *out) {
  for (long i = 0; i < count; i++) out[i] = x[i] * cumulative(x[i], exponential(-0.5f * x[i] * x[i]));
}

CLONES void lsmap_gelu_gradient(long count, const float *x, const float *dout, int accumulate, float *dx) {
  for (long i = 0; i < count; i++) {
    const float density = exponential(-0.5f * x[i] * x[i]);
    const float slope = dout[i] * (cumulative(x[i], density) + x[i] * 0.39894228f * density);
    dx[i] = accumulate ? dx[i] + slope : slope;
  }
}

CLONES void lsmap_rectify(long count, float *x) {
  for (long i = 0; i < count; i++) x[i] = x[i] < 0 ? 0 : x[i];
}

CLONES void lsmap_rectify_gradient(long count, const float *y, float *gradient) {
  for (long i = 0; i < count; i++) gradient[i] = y[i] > 0 ? gradient[i] : 0;
}

CLONES void lsmap_add(long count, const float *x, float *y) {
  for (long i = 0; i < count; i++) y[i] += x[i];
}

CLONES void lsmap_drop_out(long count, const uint16_t *bits, uint16_t limit, float kept, const float *x, float *y) {
  // y may be x, which the compiler would else take for a reason to go value by value.
#pragma clang loop vectorize(assume_safety)
  for (long i = 0; i < count; i++) y[i] = x[i] * (bits[i] < limit ? 0.0f : kept);
}

CLONES void lsmap_add_scaled(long count, float scale, const float *x, float *y) {
  for (long i = 0; i < count; i++) y[i] += scale * x[i];
}

CLONES void lsmap_add_column_sums(long rows, long columns, const float *x, long stride, float *total) {
  for (long i = 0; i < rows; i++, x += stride) {
    for (long j = 0; j < columns; j++) total[j] += x[j];
  }
}

CLONES void lsmap_adamw(
    long count, float rate, float decay, float beta1, float beta2, float correction1, float correction2, float epsilon,
    float scale, const float *gradient, float *first, float *second, float *value) {
  for (long i = 0; i < count; i++) {
    const float g = gradient[i] * scale;
    first[i] = beta1 * first[i] + (1 - beta1) * g;
    second[i] = beta2 * second[i] + (1 - beta2) * g * g;
    const float kept = value[i] * (1 - rate * decay);
    value[i] = kept - rate * (first[i] / correction1) / (root(second[i] / correction2) + epsilon);
  }
}
