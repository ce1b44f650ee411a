// A fair learning rate: the best of a few.
#pragma once

#include <cstdint>
#include <vector>

#include "core/run/run.h"

namespace iem {

// 13 rates from 10^-4 to 10^2 by halves of a decade, the smallest first.
const std::vector<double>& rates_to_try();

// That of rates_to_try() whose J is lowest after `steps` steps of the scene; the smallest of several. The
// runs are worked on several at a time; any number of threads gives the same. Throws InputError where the
// rule has no rate, or none of them keeps the run finite.
double find_best_rate(const Scene& scene, std::int64_t steps, ThreadPool& pool);

// So many when nobody asks for another number: the scene's stop_steps, else 100.
std::int64_t steps_to_try(const Config& config);

}  // namespace iem
