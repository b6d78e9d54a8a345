#ifndef CKERNELS_NEURAL_PRODUCTS_H
#define CKERNELS_NEURAL_PRODUCTS_H

#include <stdint.h>

/// C[i, j] = start + sum over s < segments, l < run of A(i)[s * segment_stride + l] * B[(s * run + l) * b_stride + j].
///
/// Row i of A begins at a + (a_rows ? a_rows[i] : i * a_stride), row i of C at c + (c_rows ? c_rows[i] : i * c_stride).
/// Rows of A may overlap, which makes a valid convolution over channels-last maps one call without a copy: a segment is
/// one row of the 3 x 3 window. `start` is 0, bias[j] (bias not NULL), or what C holds (accumulate != 0); with both, the
/// bias is added to what C holds. Rows of C must not overlap within a call.
void lsmap_rows_product(
    long m, long n, long segments, long run, long segment_stride, const float *a, long a_stride, const int32_t *a_rows,
    const float *b, long b_stride, const float *bias, int accumulate, float *c, long c_stride, const int32_t *c_rows);

/// C[i * c_stride + j] += sum over r < rows of A(r)[i] * B(r)[j], for i < m and j < n: the gradient of a weight.
void lsmap_outer_product(
    long m, long n, long rows, const float *a, long a_stride, const int32_t *a_rows, const float *b, long b_stride,
    const int32_t *b_rows, float *c, long c_stride);

#endif
