// iemlab sweep: the same scene with many seeds and settings; a table with one row a run, and a summary per
// setting.
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>

#include "app/cli/commands.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "app/cli/tables.h"
#include "app/export/atomic_file.h"
#include "core/scene/session.h"

namespace iem::cli {
namespace {

// One --set: a key and the texts of its values.
struct Axis {
  std::string key;
  std::vector<std::string> values;
};

// A choice of one value per axis.
using Setting = std::vector<std::string>;

// Splits at commas outside brackets and quotes.
std::vector<std::string> split_values(const std::string& text) {
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
      throw InputError("--set " + text + ": must be key.path=VALUE,VALUE,...");
    out.push_back({text.substr(0, at), split_values(text.substr(at + 1))});
  }
  return out;
}

// All combinations; the last axis runs fastest.
std::vector<Setting> all_settings(const std::vector<Axis>& axes) {
  std::vector<Setting> out = {{}};
  for (const Axis& axis : axes) {
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

struct Seeds {
  std::int64_t first = 0, last = 0;
  bool own = true;  // the scene's own: one run a setting
};

Seeds parse_seeds(const std::string& text) {
  if (text.empty()) return {};
  Seeds seeds{0, 0, false};
  const char *begin = text.data(), *end = begin + text.size();
  const auto first = std::from_chars(begin, end, seeds.first);
  const std::size_t dots = static_cast<std::size_t>(first.ptr - begin);
  const bool range = first.ec == std::errc() && text.compare(dots, 2, "..") == 0;
  const auto last = range ? std::from_chars(begin + dots + 2, end, seeds.last) : first;
  if (!range || last.ec != std::errc() || last.ptr != end || seeds.first < 0 || seeds.last < seeds.first)
    throw InputError("--seeds " + text + ": must be A..B with 0 <= A <= B");
  return seeds;
}

// RFC 4180.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

struct Outcome {
  std::int64_t seed = 0, steps = 0;
  std::vector<double> numbers;  // loss, then the metrics
  std::string exit;
};

class Sweep {
 public:
  explicit Sweep(const SweepOptions& options)
      : options_(options),
        axes_(parse_axes(options.set)),
        settings_(all_settings(axes_)),
        seeds_(parse_seeds(options.seeds)) {}

  // Opens every setting once, so that a wrong value is said before the first run.
  void rehearse() {
    for (const Setting& setting : settings_) {
      const Run run = open(setting, seeds_.first);
      if (names_.empty()) {
        names_ = {"loss"};
        for (const std::string& id : run.setup().model->metric_ids()) names_.push_back(id);
      }
    }
    for (const Axis& axis : axes_) table_ += cell(axis.key) + ",";
    table_ += "seed,steps";
    for (const std::string& name : names_) table_ += "," + name;
    table_ += ",exit\n";
  }

  void run_all() {
    Progress progress(!options_.quiet);
    const std::int64_t per_setting = seeds_.last - seeds_.first + 1;
    const std::int64_t total = per_setting * static_cast<std::int64_t>(settings_.size());
    std::int64_t done = 0;
    for (const Setting& setting : settings_) {
      std::vector<Outcome> outcomes;
      for (std::int64_t seed = seeds_.first; seed <= seeds_.last && !interrupted(); ++seed) {
        outcomes.push_back(run_one(setting, seed));
        add_row(setting, outcomes.back());
        progress.say("run " + std::to_string(++done) + " of " + std::to_string(total));
      }
      add_summary(setting, outcomes);
    }
  }

  const std::string& table() const { return table_; }
  const std::string& summary() const { return summary_; }

 private:
  Run open(const Setting& setting, std::int64_t seed) const {
    SceneOptions one = options_;
    one.set.clear();
    for (std::size_t i = 0; i < axes_.size(); ++i) one.set.push_back(axes_[i].key + "=" + setting[i]);
    if (!seeds_.own) one.seed = seed;
    return open_run(one);
  }

  Outcome run_one(const Setting& setting, std::int64_t seed) const {
    Run run = open(setting, seed);
    const std::int64_t first = run.state().step;
    Outcome out;
    out.seed = seeds_.own ? run.setup().config().integer("seed") : seed;
    Stepping stepping;
    stepping.last = target_step(options_.steps, run);
    out.exit = step_through(run, stepping);
    out.steps = run.state().step - first;
    out.numbers = {run.evaluation().loss};
    for (const double metric : run.evaluation().metrics) out.numbers.push_back(metric);
    return out;
  }

  void add_row(const Setting& setting, const Outcome& outcome) {
    for (const std::string& value : setting) table_ += cell(value) + ",";
    table_ += std::to_string(outcome.seed) + "," + std::to_string(outcome.steps);
    for (const double number : outcome.numbers) table_ += "," + exact(number);
    table_ += "," + outcome.exit + "\n";
  }

  void add_summary(const Setting& setting, const std::vector<Outcome>& outcomes) {
    std::string line;
    for (std::size_t i = 0; i < axes_.size(); ++i)
      line += (i ? ", " : "") + axes_[i].key + " = " + setting[i];
    std::vector<const Outcome*> finite;
    for (const Outcome& outcome : outcomes)
      if (outcome.exit != "non_finite") finite.push_back(&outcome);
    summary_ +=
        (line.empty() ? "as the scene says" : line) + "\n  " + std::to_string(outcomes.size()) + " runs";
    if (finite.size() < outcomes.size())
      summary_ += ", " + std::to_string(outcomes.size() - finite.size()) +
                  " of them became non-finite and are not counted below";
    summary_ += "\n";
    if (finite.empty()) return;
    std::vector<double> steps;
    for (const Outcome* outcome : finite) steps.push_back(static_cast<double>(outcome->steps));
    add_line("steps", steps);
    for (std::size_t column = 0; column < names_.size(); ++column) {
      std::vector<double> values;
      for (const Outcome* outcome : finite) values.push_back(outcome->numbers[column]);
      add_line(names_[column], values);
    }
  }

  // Mean and sample standard deviation.
  void add_line(const std::string& name, const std::vector<double>& values) {
    double mean = 0, squares = 0;
    for (const double v : values) mean += v / static_cast<double>(values.size());
    for (const double v : values) squares += (v - mean) * (v - mean);
    char line[128];
    std::snprintf(line, sizeof line, "  %-20s %12.6g +- %.3g\n", name.c_str(), mean,
                  values.size() > 1 ? std::sqrt(squares / static_cast<double>(values.size() - 1)) : 0.0);
    summary_ += line;
  }

  const SweepOptions& options_;
  std::vector<Axis> axes_;
  std::vector<Setting> settings_;
  Seeds seeds_;
  std::vector<std::string> names_;
  std::string table_, summary_;
};

}  // namespace

int sweep_command(const SweepOptions& options) {
  if (is_replay(options.scene))
    throw InputError("sweep " + options.scene + ": needs a scene, not a saved run");
  if (!options.table.empty()) require_writable(options.table);
  Sweep sweep(options);
  sweep.rehearse();
  catch_interrupts();
  sweep.run_all();
  if (!options.table.empty()) write_file_atomically(options.table, sweep.table());
  if (!options.quiet) std::fputs(sweep.summary().c_str(), stdout);
  return interrupted() ? 130 : 0;
}

}  // namespace iem::cli
