// Training of a branch of 3 x 3 convolutions: forward and backward over a bundle of square maps side by side in lanes.
//
// A bundle holds `lanes` maps, 8 or 16, as (channels, edge, edge, lanes): the values of all maps at a pixel are
// neighbours, a row of pixels is one run of values, and the next pixel of a row lies `lanes` values further. So vectors
// are full whatever the number of channels, and no window is copied. Memory is followed by 16 values that are 0.
//
// A gradient stands in rows with two pixels of 0 on each side, (channels, edge, edge + 4, lanes): the gradient of the
// input is then a convolution like the forward one, with the weights turned round.
#ifndef CKERNELS_NEURAL_MAPS_H
#define CKERNELS_NEURAL_MAPS_H

/// A place in a bundle: its values, and how far apart its rows and channels lie, and the same places of two bundles.
struct lsmap_maps {
  float *values;
  long row, plane, bundle;
};

/// How many of `maps` maps stand side by side in a bundle: as many as a vector of this machine is wide, but 8 where more
/// would leave half of it empty.
long lsmap_maps_lanes(long maps);

/// Sums of products that one value of a weight's gradient is kept in until all bundles are through.
#define LSMAP_MAP_SUMS 16

/// out (outputs, height) = W x (inputs, rows) + b, then max(_, 0): a valid 3 x 3 convolution, `width` values a row.
///
/// `panels` are W in groups of 4 outputs, (outputs / 4, inputs, 3, 3, 4); `width` is a multiple of 8.
void lsmap_maps_convolution(
    const float *panels, const float *bias, long outputs, long inputs, struct lsmap_maps x, long lanes,
    struct lsmap_maps out, long width, long height);

/// The same over a gradient of `rows` rows, each padded by two pixels and all by two rows of 0 that are not there; what
/// comes out is 0 where `gate`, which the rectifier gave, is not above 0.
void lsmap_maps_convolution_gradient(
    const float *panels, long outputs, long inputs, struct lsmap_maps gradient, long lanes, struct lsmap_maps out,
    struct lsmap_maps gate, long width, long rows);

/// sums (outputs, inputs, 3, 3, LSMAP_MAP_SUMS) += products of a gradient's `height` rows of `width` values and the
/// input x under each place of the window, in `bundles` bundles; bias_sums (outputs, LSMAP_MAP_SUMS) += the gradient. What
/// they hold before counts where accumulate != 0.
void lsmap_maps_weight_gradient(
    long outputs, long inputs, struct lsmap_maps gradient, struct lsmap_maps x, long bundles, long lanes, long width,
    long height, int accumulate, float *sums, float *bias_sums);

/// total[i] += the sum of sums[i], for a multiple of 4; fixed order.
void lsmap_maps_add_sums(long count, const float *sums, float *total);

/// For each of the first `maps` maps of a bundle the centre of each channel, then the mean: features[map * 2 channels].
void lsmap_maps_pool(struct lsmap_maps x, long channels, long edge, long lanes, long maps, float *features);

/// The gradient of lsmap_maps_pool, 0 for maps that are not there and where `gate` is not above 0.
void lsmap_maps_pool_gradient(
    const float *features, struct lsmap_maps gate, long channels, long edge, long lanes, long maps,
    struct lsmap_maps gradient);

#endif
