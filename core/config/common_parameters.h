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

inline constexpr std::int64_t kLargestSeed = std::int64_t{1} << 53;  // exact in every number format it meets

std::vector<Parameter> seed_parameters();
std::vector<Parameter> schedule_parameters();
// model.temperature; a lab in which tau means something else replaces the label and help.
Parameter temperature_parameter();
// comparison.*: the keys by which several runs are judged side by side.
std::vector<Parameter> comparison_parameters();
// view.show, view.controls and view.lock: what of the window is there, and what of it reacts.
std::vector<Parameter> reduced_view_parameters();
// A run counts as settled when J - J* is below this: comparison.settled, or its default where a lab has no
// such key.
double settled_tolerance(const Config& config);
// J* as comparison.best gives it, or nothing where it is not given.
std::optional<double> given_best(const Config& config);
// Parameter::misfit of a range, two numbers; a list without numbers is a range that is not given. The length
// must be finite, as what is drawn in it is placed by its share of it.
std::string range_misfit(const Value& value);
// view.*, for labs whose stage is the plane.
std::vector<Parameter> stage_parameters();

// Switches a key off in further configurations: those where `reason`, which looks at the keys `by`, returns a
// sentence that says why.
void also_unless(Parameter& parameter, std::function<std::string(const Config&)> reason,
                 std::vector<std::string> by);

// The same for a key that the lab takes over from a shared description.
Parameter unless(Parameter parameter, std::function<std::string(const Config&)> reason,
                 std::vector<std::string> by);

// The seed of a stream ("data", "init", "batch"): seeds.STREAM where it is given, else derived from `seed`.
std::uint64_t stream_seed(const Config& config, std::string_view stream);
// Another `seed`, from which all streams are derived again.
void replace_seed(Config& config, std::int64_t seed, const SourcePosition& where = {});

}  // namespace iem
