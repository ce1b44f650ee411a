// A learning rate for fair comparisons of rules: the best of a grid.
#pragma once

#include <cstdint>
#include <vector>

#include "core/run/run.h"

namespace iem {

// 13 rates from 10^-4 to 10^2, half a decade apart, the smallest first.
const std::vector<double>& rates_to_try();

// The rate of rates_to_try() with the lowest J after `steps` steps of the scene, the smallest of several
// equal ones. Several runs are computed at a time, with the same result for any number of threads. Throws
// InputError where the rule has no rate, no rate keeps the run finite, or `goes_on` ended the steps; any
// thread may ask that.
double find_best_rate(const Scene& scene, std::int64_t steps, ThreadPool& pool, const GoesOn& goes_on = {});

// The number of steps where the caller has no other: the scene's stop_steps, else 100.
std::int64_t steps_to_try(const Config& config);

}  // namespace iem
