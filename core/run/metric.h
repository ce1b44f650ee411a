// A number, or a list of numbers, that is computed from a run at its present step on request: by an
// expression (core/expression/), for a table or for a state. A cheap number that belongs into every row of
// the history is a metric of the model instead (Model::metric_ids).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/value.h"
#include "core/run/run.h"

namespace iem {

struct Metric {
  std::string id, help;
  std::string unit = {};                    // "nats"; empty: none
  std::vector<std::string> arguments = {};  // their names: activation(z)
  // Whether it is a column of traces: a single number without arguments that has a meaning at every step.
  bool in_tables = false;
  // Whether it stands beside the last state and in no row before: a single number that looks back over the
  // whole run.
  bool at_end = false;
  // One sentence why a run has no such number; null or empty where it has.
  std::function<std::string(const Run&)> unavailable = nullptr;
  // Called where it is available, with as many arguments as it names.
  std::function<Tensor(const Run&, std::span<const double>)> value = nullptr;
};

// The lab's metrics that tables show for a run like this one, in the lab's order.
std::vector<const Metric*> table_metrics(const Run& run);
std::vector<std::string> table_metric_ids(const Run& run);
// The same for those that only the last state has.
std::vector<const Metric*> end_metrics(const Run& run);
// The model's own numbers of these ids (Model::metric_ids) at the run's state; nan where it counts none of a
// name.
std::vector<double> model_numbers(const Run& run, std::span<const std::string> ids);
// A single number; nan where it is not available.
double metric_number(const Metric& metric, const Run& run);
// The same of the lab's metric of this id; nan where it has none.
double metric_number(std::string_view id, const Run& run);

}  // namespace iem
