// The keys that labs share: seeds, schedule and view. (Those of [data] are in core/data/source.h.)
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/config.h"
#include "core/config/parameter.h"

namespace iem {

std::vector<Parameter> seed_parameters();
std::vector<Parameter> schedule_parameters();
// model.temperature; a lab whose tau is another has words of its own for it.
Parameter temperature_parameter();
// comparison.*: what several runs are measured by.
std::vector<Parameter> comparison_parameters();
// On J - J*, of a run that has settled: comparison.settled, or its default where a lab has no such key.
double settled_tolerance(const Config& config);
// J* as comparison.best gives it; nothing: it is not given.
std::optional<double> given_best(const Config& config);
// view.*, for labs whose stage is the plane.
std::vector<Parameter> stage_parameters();

// Switches a key off in more configurations: also where `reason`, which looks at the keys `by`, says why.
void also_unless(Parameter& parameter, std::function<std::string(const Config&)> reason,
                 std::vector<std::string> by);

// A key that others than its lab describe, switched off as the lab says.
Parameter unless(Parameter parameter, std::function<std::string(const Config&)> reason,
                 std::vector<std::string> by);

// The seed of a stream ("data", "init", "batch"): seeds.STREAM where it is given, else derived from `seed`.
std::uint64_t stream_seed(const Config& config, std::string_view stream);
// Another `seed`, from which all streams are derived again.
void replace_seed(Config& config, std::int64_t seed, const SourcePosition& where = {});

}  // namespace iem
