// The mixture lab's numbers for expressions and tables.
#pragma once

#include <string>
#include <vector>

#include "core/mixture/mixture.h"
#include "core/run/metric.h"

namespace iem {

const std::vector<Metric>& mixture_metrics();

// The largest eigenvalue of Sigma^-1 S, where S is the covariance of the data: prototypes with this Sigma
// that all start at the mean of the data stay there at a higher temperature and separate at a lower one (Rose
// 1998). NaN where Sigma is not positive definite.
double critical_temperature(const Dataset& data, const MixtureComponent& component);

// One sentence why there is no single critical temperature of all components; empty where there is.
std::string critical_temperature_unavailable(const Dataset& data, const Mixture& model, const Theta& theta);

}  // namespace iem
