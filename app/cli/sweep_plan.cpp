#include "app/cli/sweep_plan.h"

#include <algorithm>
#include <charconv>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/config/common_parameters.h"
#include "core/data/source.h"
#include "core/run/problem.h"

namespace iem::cli {
namespace {

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::vector<std::string> split_at_commas(const std::string& text) {
  std::vector<std::string> out = {""};
  int depth = 0;
  char quote = 0;
  for (const char c : text) {
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (c == ',' && depth == 0) {
      out.emplace_back();
      continue;
    }
    out.back() += c;
  }
  return out;
}

std::vector<Axis> parse_axes(const std::vector<std::string>& texts) {
  std::vector<Axis> out;
  for (const std::string& text : texts) {
    const std::size_t at = text.find('=');
    if (at == std::string::npos || at == 0)
      throw InputError("--set " + printable(text) + ": must be key.path=VALUE,VALUE,...");
    const std::string key = trimmed(text.substr(0, at));
    for (const Axis& axis : out)
      if (axis.key == key)
        throw InputError("--set " + printable(text) + ": " + printable(key) +
                         " is given twice; one --set takes all its values");
    out.push_back({key, split_at_commas(text.substr(at + 1))});
  }
  return out;
}

bool is_axis(const std::vector<Axis>& axes, std::string_view key) {
  return std::ranges::find(axes, key, &Axis::key) != axes.end();
}

void refuse_seeds_twice(const std::vector<Axis>& axes, const std::string& seeds,
                        const std::string& start_seeds) {
  const auto refuse = [&](const char* key, const char* option, const std::string& given,
                          const std::string& remedy) {
    if (given.empty() || !is_axis(axes, key)) return;
    throw InputError("--set " + std::string(key) + " and " + option + ": both say the seed" + remedy);
  };
  refuse("seed", "--seeds", seeds, "; give one of them");
  refuse("seeds.init", "--seed-init", start_seeds, " of the start; give one of them");
}

InputError too_many_runs() {
  return InputError("sweep: there may be at most " + std::to_string(kMostRuns) +
                    " runs, settings times seeds");
}

std::vector<Setting> all_settings(const std::vector<Axis>& axes) {
  std::vector<Setting> out = {{}};
  for (const Axis& axis : axes) {
    if (axis.values.size() > kMostRuns / out.size()) throw too_many_runs();
    std::vector<Setting> longer;
    for (const Setting& setting : out) {
      for (const std::string& value : axis.values) {
        longer.push_back(setting);
        longer.back().push_back(value);
      }
    }
    out = std::move(longer);
  }
  return out;
}

Seeds parse_seeds(const std::string& text) {
  if (text.empty()) return {};
  Seeds seeds{0, 0, false};
  const char *begin = text.data(), *end = begin + text.size();
  const auto first = std::from_chars(begin, end, seeds.first);
  const std::size_t dots = static_cast<std::size_t>(first.ptr - begin);
  const bool range = first.ec == std::errc() && text.compare(dots, 2, "..") == 0;
  const auto last = range ? std::from_chars(begin + dots + 2, end, seeds.last) : first;
  if (!range || last.ec != std::errc() || last.ptr != end || seeds.first < 0 || seeds.last < seeds.first ||
      seeds.last > kLargestSeed)
    throw InputError("--seeds " + printable(text) + ": must be A..B with 0 <= A <= B <= 2^53");
  return seeds;
}

Seeds parse_start_seeds(const std::string& text) {
  const bool one = !text.empty() && text.find("..") == std::string::npos;
  try {
    return parse_seeds(one ? text + ".." + text : text);
  } catch (const InputError&) {
    throw InputError("--seed-init " + printable(text) + ": must be S or A..B with 0 <= A <= B <= 2^53");
  }
}

std::string what_is_given(const Run& run) {
  const Config& config = run.setup().config();
  const DataSource& source = data_source(config);
  const bool given = source.is_given || source.id == "none";
  const bool held_out = config.table().find("data.held_out") && config.real("data.held_out") > 0;
  if (!given || held_out || !run.setup().problem().start_is_given(config)) return "";
  return "the data are given, and so is the start";
}

}  // namespace iem::cli
