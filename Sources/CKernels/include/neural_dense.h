// Inference of the hybrid network, 24 values side by side: the rain tokens of a cell, at most 24, or 24 cells of a row.
//
// Every array of activations is feature-major, (features, 24). Each output value is one chain of multiply-adds over the
// inputs in ascending order, started from the bias, whatever its lane: a value's bits depend on its own inputs only,
// never on its neighbours, the tile or the thread.
#ifndef NEURAL_DENSE_H
#define NEURAL_DENSE_H

#define LSMAP_LANES 24

/// What happens to the sums of a linear map.
enum lsmap_linear_mode { LSMAP_STORE = 0, LSMAP_RECTIFY = 1, LSMAP_ADD = 2 };

/// One encoder layer; matrices in panels of 4 outputs, (outputs / 4, inputs, 4), biases padded alike.
/// The 1 / sqrt(head width) of the attention is folded into the query rows of `attention_in`.
struct lsmap_encoder_layer {
  const float *norm1_weight, *norm1_bias;
  const float *attention_in, *attention_in_bias;
  const float *attention_out, *attention_out_bias;
  const float *norm2_weight, *norm2_bias;
  const float *feed1, *feed1_bias;
  const float *feed2, *feed2_bias;
};

/// Sizes of the encoder: multiples of 4, head width a multiple of 4; tokens a multiple of 4, at most 24.
struct lsmap_encoder_sizes {
  long width, heads, feed, layers, tokens;
};

/// y (outputs, 24) = W x (inputs, 24) + b, stored, rectified, or added to y. `outputs` is a multiple of 4; the features
/// of x and y are `x_stride` and `y_stride` apart.
void lsmap_lanes_linear(
    const float *panels, const float *bias, long outputs, long inputs, const float *x, long x_stride, float *y,
    long y_stride, enum lsmap_linear_mode mode);

/// y = ln(1 + scale x) of `count` values, within 2e-7; 0 where x is 0, below 0 or NaN. Returns whether any was above 0.
int lsmap_log_one_plus(const float *x, long count, float scale, float *y);

/// Valid 3 x 3 convolution with ReLU of planes (inputs, rows, row) into planes (outputs, height, out_row).
/// Writes `width` rounded up to 24 values a row, so rows of both maps need that slack.
void lsmap_lanes_convolution(
    const float *panels, const float *bias, long outputs, long inputs, const float *map, long row, long plane,
    float *out, long out_row, long out_plane, long width, long height);

/// What a branch hands on for each cell: its value in the convolved planes (channels, height + edge - 1, row), edge / 2
/// rows and columns inwards, and the mean of the edge x edge values around it, edge odd; to centre and mean, (channels,
/// height * width), planes `out_plane` apart. `line` holds (height + edge - 1) * width values.
void lsmap_lanes_summarise(
    const float *map, long row, long plane, long channels, long width, long height, float *centre, float *mean,
    long out_plane, float *line, long edge);

/// Runs all layers over the tokens `x` (width, 24), which is overwritten, and gives the means over the tokens of what
/// the last layer's second feed-forward matrix would take in (`feed` values) and of the residual stream (`width`
/// values), to `pooled[i * pooled_stride]`. The last matrix is linear, so it can be applied to the mean. Lanes behind the
/// last token may hold anything: no result reads them. `scratch` holds (5 width + feed + 24) x 24 values.
void lsmap_lanes_encode(
    const struct lsmap_encoder_layer *layers, struct lsmap_encoder_sizes sizes, float *x, float *scratch,
    float *pooled, long pooled_stride);

/// Tokens of `cells` neighbouring cells: x[cell] (features, 24 lanes) from z (tokens, features, cells); lanes behind the
/// last token become 0.
void lsmap_lanes_gather(
    const float *z, long token_stride, long feature_stride, long features, long cells, float *x, long cell_stride,
    long tokens);

#endif
