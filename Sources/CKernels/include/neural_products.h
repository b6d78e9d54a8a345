#ifndef CKERNELS_NEURAL_PRODUCTS_H
#define CKERNELS_NEURAL_PRODUCTS_H

/// C[i, j] = start + sum over l < depth of A[i, l] * B[l, j], for i < m and j < n; rows `stride` apart.
///
/// `start` is 0, bias[j] (bias not NULL), or what C holds (accumulate != 0); with both, the bias is added to what C holds.
void lsmap_rows_product(
    long m, long n, long depth, const float *a, long a_stride, const float *b, long b_stride, const float *bias,
    int accumulate, float *c, long c_stride);

/// C[i, j] = start + sum over r < rows of A[r, i] * B[r, j], for i < m and j < n: the gradient of a weight. `start` is 0 or
/// what C holds (accumulate != 0).
void lsmap_outer_product(
    long m, long n, long rows, const float *a, long a_stride, const float *b, long b_stride, int accumulate, float *c,
    long c_stride);

/// out (columns, rows) = the transpose of a matrix whose rows are `stride` apart.
void lsmap_transpose(long rows, long columns, const float *matrix, long stride, float *out);

#endif
