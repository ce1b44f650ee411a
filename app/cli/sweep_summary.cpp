#include "app/cli/sweep_summary.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/math/deviation.h"

namespace iem::cli {
namespace {

std::string summary_line(const std::string& name, const std::vector<double>& values) {
  const Deviation d = deviation_of(values);
  char text[128];
  std::snprintf(text, sizeof text, "  %-20s %12.6g", name.c_str(), d.mean);
  std::string out = text;
  if (d.deviation) {
    std::snprintf(text, sizeof text, " +- %.3g", *d.deviation);
    out += text;
  }
  return out + "\n";
}

// The line on the step that reached the loss; runs that did not reach it are counted separately.
std::string reached_line(std::vector<double> values) {
  const std::size_t all = values.size();
  std::erase_if(values, [](double step) { return std::isnan(step); });
  std::string out = values.empty() ? "  reached\n" : summary_line("reached", values);
  out.pop_back();
  return out + " (" + std::to_string(values.size()) + " of " + std::to_string(all) + " runs)\n";
}

bool ended_by_itself(const SweepOutcome& outcome) { return outcome.begun && outcome.exit != "interrupted"; }

bool same_numbers(const SweepOutcome& a, const SweepOutcome& b) {
  const auto bits = [](double x) { return std::bit_cast<std::uint64_t>(x); };
  return a.state == b.state && a.exit == b.exit && a.steps == b.steps &&
         std::ranges::equal(a.numbers, b.numbers, {}, bits, bits);
}

std::string counts_line(std::span<const SweepOutcome> outcomes) {
  const auto count = [&](const char* exit) {
    return std::ranges::count_if(outcomes, [=](const SweepOutcome& o) { return o.begun && o.exit == exit; });
  };
  const auto begun = std::ranges::count_if(outcomes, &SweepOutcome::begun);
  std::string out = "  " + std::to_string(begun) + (begun == 1 ? " run" : " runs");
  if (const auto lost = count("non_finite"); lost > 0)
    out += ", " + std::to_string(lost) + " of them became non-finite and are not counted below";
  if (const auto cut = count("interrupted"); cut > 0)
    out += ", " + std::to_string(cut) + " of them were interrupted and are not counted below";
  if (seeds_change_nothing(outcomes)) {
    const std::string& given = outcomes.front().given;
    out += ", the same whatever the seed" + (given.empty() ? "" : ": " + given);
  }
  return out + "\n";
}

}  // namespace

std::uint64_t hash_of_parameters(const Theta& theta) {
  Hash hash;
  hash.add(std::span<const double>(theta.data(), static_cast<std::size_t>(theta.size())));
  return hash.value();
}

bool seeds_change_nothing(std::span<const SweepOutcome> outcomes) {
  const SweepOutcome* first = nullptr;
  bool several = false;
  for (const SweepOutcome& outcome : outcomes) {
    if (!ended_by_itself(outcome)) continue;
    if (!first) {
      first = &outcome;
      continue;
    }
    if (!same_numbers(*first, outcome)) return false;
    several |= outcome.seed != first->seed || outcome.seed_init != first->seed_init;
  }
  return several;
}

std::string sweep_summary(std::string setting, const std::vector<std::string>& names,
                          std::span<const SweepOutcome> outcomes) {
  // A value may hold a line end, which would begin a line of its own.
  std::string out = setting.empty() ? "as the scene says" : terminal_text(setting);
  out += "\n" + counts_line(outcomes);
  std::vector<const SweepOutcome*> counted;
  for (const SweepOutcome& outcome : outcomes)
    if (ended_by_itself(outcome) && outcome.exit != "non_finite") counted.push_back(&outcome);
  if (counted.empty()) return out;
  std::vector<double> steps;
  for (const SweepOutcome* outcome : counted) steps.push_back(static_cast<double>(outcome->steps));
  out += summary_line("steps", steps);
  for (std::size_t column = 0; column < names.size(); ++column) {
    std::vector<double> values;
    for (const SweepOutcome* outcome : counted) values.push_back(outcome->numbers[column]);
    // None of these runs has such a number: without responsibilities nothing agrees with labels.
    if (column > 0 && names[column] != "reached" &&
        std::ranges::all_of(values, [](double v) { return std::isnan(v); }))
      continue;
    out += names[column] == "reached" ? reached_line(values) : summary_line(names[column], values);
  }
  return out;
}

}  // namespace iem::cli
