#ifndef CKERNELS_NEURAL_ROWS_H
#define CKERNELS_NEURAL_ROWS_H

#include <stdint.h>

// Loops over the values or rows of a contiguous row-major matrix. Input and output may be the same memory where the
// comment says so; otherwise they must not overlap.

/// out = (x - mean) * rstd * weight + bias per row; `statistics` (NULL or 2 values a row) gets mean and rstd.
void lsmap_layer_norm(
    long rows, long columns, const float *x, const float *weight, const float *bias, float epsilon, float *out,
    float *statistics);

/// Adds to dweight and dbias, and to dx where accumulate != 0; else writes it.
void lsmap_layer_norm_gradient(
    long rows, long columns, const float *x, const float *weight, const float *statistics, const float *dout,
    int accumulate, float *dx, float *dweight, float *dbias);

/// Softmax of each row of scale * x, in place.
void lsmap_softmax(long rows, long columns, float scale, float *x);

/// Gradient before the softmax of scale * x from the gradient after it, in place of `gradient`; p are the shares.
void lsmap_softmax_gradient(long rows, long columns, float scale, const float *p, float *gradient);

/// out = x * Phi(x), Phi by the error function; may be in place.
void lsmap_gelu(long count, const float *x, float *out);

/// dx = dout * (Phi(x) + x phi(x)), added to what it holds where accumulate != 0.
void lsmap_gelu_gradient(long count, const float *x, const float *dout, int accumulate, float *dx);

/// x = max(x, 0) in place; NaN stays NaN, so that a spoilt weight shows in the loss.
void lsmap_rectify(long count, float *x);

/// gradient = 0 where the rectified value y is 0, in place.
void lsmap_rectify_gradient(long count, const float *y, float *gradient);

/// y += x.
void lsmap_add(long count, const float *x, float *y);

/// y = x * (bits < limit ? 0 : kept); may be in place.
void lsmap_drop_out(long count, const uint16_t *bits, uint16_t limit, float kept, const float *x, float *y);

/// y += scale * x.
void lsmap_add_scaled(long count, float scale, const float *x, float *y);

/// sum of x over the rows of a matrix, added to total (columns).
void lsmap_add_column_sums(long rows, long columns, const float *x, long stride, float *total);

/// One step of AdamW on `count` parameters; see AdamW.swift for the letters.
void lsmap_adamw(
    long count, float rate, float decay, float beta1, float beta2, float correction1, float correction2, float epsilon,
    float scale, const float *gradient, float *first, float *second, float *value);

#endif
