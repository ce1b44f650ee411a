// A number, or a list of numbers, that is read off a run at its present step when somebody asks: by an
// expression (core/expression/), for a table, for a state. What costs little and belongs into every row of
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
  std::vector<std::string> arguments = {};  // their names: activation(z)
  // A single number without arguments that means something at every step: a column of traces.
  bool in_tables = false;
  // Why there is none here, in one sentence; null or empty: there is.
  std::function<std::string(const Run&)> unavailable = nullptr;
  // Called where it is available, with as many arguments as it names.
  std::function<Tensor(const Run&, std::span<const double>)> value = nullptr;
};

// Those of the lab that tables show of a run like this one, in the lab's order.
std::vector<const Metric*> table_metrics(const Run& run);
std::vector<std::string> table_metric_ids(const Run& run);
// The model's own numbers of these ids (Model::metric_ids) at the run's state; nan where it counts none of a
// name.
std::vector<double> model_numbers(const Run& run, std::span<const std::string> ids);
// A single number; nan where it is not available.
double metric_number(const Metric& metric, const Run& run);
// The same of the lab's metric of this id; nan where it has none.
double metric_number(std::string_view id, const Run& run);

}  // namespace iem
