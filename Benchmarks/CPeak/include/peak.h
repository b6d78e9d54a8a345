#ifndef CPEAK_PEAK_H
#define CPEAK_PEAK_H

/// Runs independent chains of multiply-adds, in the widest vectors of the machine, for so many rounds.
float lsmap_multiply_add_peak(long rounds);

/// Operations of `lsmap_multiply_add_peak`, two a multiply-add.
double lsmap_multiply_add_work(long rounds);

#endif
