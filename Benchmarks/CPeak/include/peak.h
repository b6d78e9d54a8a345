#ifndef CPEAK_PEAK_H
#define CPEAK_PEAK_H

/// Runs `rounds` times 12 independent chains of 1,000 eight-wide multiply-adds: 192,000 flop a round at the peak rate.
float lsmap_multiply_add_peak(long rounds);

#endif
