// The encoder of neural_dense.h; a part of neural_dense_kernels.h, whose macros it uses, once for each instruction set.

// Layer normalisation of each lane over the features; four partial sums, combined in fixed order.
static void VARIANT(normalise)(const float *x, const float *weight, const float *bias, long width, float *y) {
  for (long lane = 0; lane < LSMAP_LANES; lane += 8) {
    v8 a = (v8)(0.0f), b = a, c = a, d = a;
    for (long i = 0; i < width; i += 4) {
      const float *from = x + i * LSMAP_LANES + lane;
      a += LOAD(from), b += LOAD(from + LSMAP_LANES);
      c += LOAD(from + 2 * LSMAP_LANES), d += LOAD(from + 3 * LSMAP_LANES);
    }
    const v8 mean = ((a + b) + (c + d)) / (float)width;
    a = b = c = d = (v8)(0.0f);
    for (long i = 0; i < width; i += 4) {
      const float *from = x + i * LSMAP_LANES + lane;
      const v8 p = LOAD(from) - mean, q = LOAD(from + LSMAP_LANES) - mean;
      const v8 r = LOAD(from + 2 * LSMAP_LANES) - mean, s = LOAD(from + 3 * LSMAP_LANES) - mean;
      a += p * p, b += q * q, c += r * r, d += s * s;
    }
    const v8 variance = ((a + b) + (c + d)) / (float)width + 1e-5f;
    const v8 scale = 1.0f / __builtin_elementwise_sqrt(variance);
    for (long i = 0; i < width; i++) {
      const long at = i * LSMAP_LANES + lane;
      STORE(y + at, (LOAD(x + at) - mean) * scale * weight[i] + bias[i]);
    }
  }
}

// One head: out (d, 24) = V softmax(K^T Q) with q, k, v (d, 24); scores (tokens, 24 queries) is scratch. Keys are the
// first `tokens` lanes, a multiple of 4; the queries behind them are computed like any other and never read.
INLINE void VARIANT(attend_tokens)(
    const float *q, const float *k, const float *v, long d, float *scores, float *out, long tokens) {
  {
    const long stride = LSMAP_LANES;
    for (long key = 0; key < tokens; key += 4) {
      SUMS_DECLARE
      SUMS_START(0.0f, 0.0f, 0.0f, 0.0f)
      for (long i = 0; i < d; i++) SUMS_ADD(k + i * LSMAP_LANES + key, 1, q + i * LSMAP_LANES)
      float *to = scores + key * stride;
      SUMS_EACH(SUM_STORE)
    }
  }
  v8 scale0, scale1, scale2;
  for (long lane = 0; lane < LSMAP_LANES; lane += 8) {
    float *column = scores + lane;
    v8 a = LOAD(column), b = LOAD(column + LSMAP_LANES);
    for (long key = 2; key < tokens; key += 2) {
      a = __builtin_elementwise_max(a, LOAD(column + key * LSMAP_LANES));
      b = __builtin_elementwise_max(b, LOAD(column + (key + 1) * LSMAP_LANES));
    }
    const v8 largest = __builtin_elementwise_max(a, b);
    v8 sum0 = (v8)(0.0f), sum1 = sum0;
    for (long key = 0; key < tokens; key += 2) {
      v8 e = LOAD(column + key * LSMAP_LANES) - largest, f = LOAD(column + (key + 1) * LSMAP_LANES) - largest;
      VARIANT(exponential)(&e);
      VARIANT(exponential)(&f);
      STORE(column + key * LSMAP_LANES, e);
      STORE(column + (key + 1) * LSMAP_LANES, f);
      sum0 += e, sum1 += f;
    }
    const v8 scale = 1.0f / (sum0 + sum1);
    if (lane == 0) scale0 = scale;
    if (lane == 8) scale1 = scale;
    if (lane == 16) scale2 = scale;
  }
  const long stride = LSMAP_LANES;
  for (long i = 0; i < d; i += 4) {
    SUMS_DECLARE
    SUMS_START(0.0f, 0.0f, 0.0f, 0.0f)
    const float *w = v + i * LSMAP_LANES;
    for (long key = 0; key < tokens; key++) SUMS_ADD(w + key, LSMAP_LANES, scores + key * LSMAP_LANES)
    float *to = out + i * LSMAP_LANES;
    SUMS_EACH(SUM_SCALE)
  }
}

static void VARIANT(attend)(const float *q, const float *k, const float *v, long d, float *scores, float *out) {
  VARIANT(attend_tokens)(q, k, v, d, scores, out, LSMAP_LANES);
}

static void VARIANT(attend_few)(
    const float *q, const float *k, const float *v, long d, float *scores, float *out, long tokens) {
  VARIANT(attend_tokens)(q, k, v, d, scores, out, tokens);
}

// Mean over the 24 lanes of each row.
static void VARIANT(pool)(const float *x, long rows, float *mean, long stride) {
  for (long i = 0; i < rows; i++) {
    const float *from = x + i * LSMAP_LANES;
    const v8 s = (LOAD(from) + LOAD(from + 8)) + LOAD(from + 16);
    mean[i * stride] = (((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))) / (float)LSMAP_LANES;
  }
}

// Mean over the first `tokens` lanes of each row, a multiple of 4.
static void VARIANT(pool_few)(const float *x, long rows, float *mean, long stride, long tokens) {
  for (long i = 0; i < rows; i++) {
    const float *from = x + i * LSMAP_LANES;
    float a = from[0], b = from[1], c = from[2], d = from[3];
    for (long t = 4; t < tokens; t += 4) a += from[t], b += from[t + 1], c += from[t + 2], d += from[t + 3];
    mean[i * stride] = ((a + b) + (c + d)) / (float)tokens;
  }
}

static void VARIANT(encode)(
    const struct lsmap_encoder_layer *layers, struct lsmap_encoder_sizes sizes, float *x, float *scratch,
    float *pooled, long pooled_stride) {
  const long width = sizes.width, feed = sizes.feed, d = sizes.width / sizes.heads, L = LSMAP_LANES;
  const long tokens = sizes.tokens;
  float *normal = scratch;
  float *mixed = normal + width * LSMAP_LANES;  // queries, keys, values
  float *attended = mixed + 3 * width * LSMAP_LANES;
  float *hidden = attended + width * LSMAP_LANES;
  float *scores = hidden + feed * LSMAP_LANES;
  for (long l = 0; l < sizes.layers; l++) {
    const struct lsmap_encoder_layer *layer = layers + l;
    VARIANT(normalise)(x, layer->norm1_weight, layer->norm1_bias, width, normal);
    VARIANT(linear)(layer->attention_in, layer->attention_in_bias, 3 * width, width, normal, L, mixed, L, LSMAP_STORE);
    for (long head = 0; head < sizes.heads; head++) {
      const float *q = mixed + head * d * LSMAP_LANES, *k = q + width * LSMAP_LANES, *v = k + width * LSMAP_LANES;
      float *out = attended + head * d * LSMAP_LANES;
      if (tokens == LSMAP_LANES) {
        VARIANT(attend)(q, k, v, d, scores, out);
      } else {
        VARIANT(attend_few)(q, k, v, d, scores, out, tokens);
      }
    }
    VARIANT(linear)(layer->attention_out, layer->attention_out_bias, width, width, attended, L, x, L, LSMAP_ADD);
    VARIANT(normalise)(x, layer->norm2_weight, layer->norm2_bias, width, normal);
    VARIANT(linear)(layer->feed1, layer->feed1_bias, feed, width, normal, L, hidden, L, LSMAP_STORE);
    for (long i = 0; i < feed * LSMAP_LANES; i += 8) {
      v8 value = LOAD(hidden + i);
      VARIANT(gelu)(&value);
      STORE(hidden + i, value);
    }
    if (l + 1 < sizes.layers)
      VARIANT(linear)(layer->feed2, layer->feed2_bias, width, feed, hidden, L, x, L, LSMAP_ADD);
  }
  float *stream = pooled + feed * pooled_stride;
  if (tokens == LSMAP_LANES) {
    VARIANT(pool)(hidden, feed, pooled, pooled_stride);
    VARIANT(pool)(x, width, stream, pooled_stride);
  } else {
    VARIANT(pool_few)(hidden, feed, pooled, pooled_stride, tokens);
    VARIANT(pool_few)(x, width, stream, pooled_stride, tokens);
  }
}
