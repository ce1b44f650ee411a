// iemlab sweep: the same scene with many seeds and settings, several runs at a time; a table with one row a
// run, and a summary per setting. Both are the same whatever the number of threads.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <limits>
#include <mutex>
#include <span>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/input_files.h"
#include "app/cli/interrupt.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "app/cli/sweep_plan.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/export/atomic_file.h"
#include "app/export/escape.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/lab/divergence.h"
#include "core/scene/session.h"

namespace iem::cli {
namespace {

struct Outcome {
  bool begun = false;
  std::int64_t seed = 0, steps = 0;
  std::vector<double> numbers;  // loss, then the metrics, then with --reach the step that reached it
  std::string exit;
  std::string lost;  // how it became non-finite
};

class Sweep {
 public:
  explicit Sweep(const SweepOptions& options)
      : options_(options),
        axes_(parse_axes(options.set)),
        settings_(all_settings(axes_)),
        seeds_(parse_seeds(options.seeds)) {
    constexpr std::size_t kMost = 1'000'000;
    const auto per_setting = static_cast<std::size_t>(seeds_.count());
    if (per_setting > kMost / settings_.size())
      throw InputError("sweep: there may be at most " + std::to_string(kMost) +
                       " runs, settings times seeds");
    outcomes_.resize(settings_.size() * per_setting);
  }

  // Opens every setting once, so that a wrong value is said before the first run.
  void rehearse() {
    for (const Setting& setting : settings_) {
      SceneOptions one = of(setting, seeds_.first);
      one.isa = options_.isa;
      const Run run = open_run(one);
      say_notes(run);
      if (!options_.table.empty())
        check_inputs_are_kept({{"--table", options_.table}}, input_files(options_.scene, run));
      if (!names_.empty()) continue;
      names_ = {"loss"};
      for (const std::string& id : run.setup().model->metric_ids()) names_.push_back(id);
      if (options_.reach) names_.emplace_back("reached");
    }
  }

  // Workers take run after run; this thread says how far they are.
  void run_all() {
    const int threads = options_.threads > 0
                            ? options_.threads
                            : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    const int workers =
        std::min<int>(threads, static_cast<int>(std::min<std::size_t>(outcomes_.size(), 1024)));
    std::vector<std::thread> crew = hire(workers, threads / workers);
    if (crew.empty()) {
      most_ = working_ = 1;
      work(0, 1);
    } else {
      watch();
    }
    for (std::thread& worker : crew) worker.join();
    if (failure_) std::rethrow_exception(failure_);
  }

  // A row for every run that was begun, in the order of settings and seeds.
  std::string table() const {
    std::string out;
    for (const Axis& axis : axes_) out += csv_field(axis.key) + ",";
    out += "seed,steps";
    for (const std::string& name : names_) out += "," + name;
    out += ",exit\n";
    for (std::size_t i = 0; i < outcomes_.size(); ++i)
      if (outcomes_[i].begun) out += row(setting_of(i), outcomes_[i]);
    return out;
  }

  // Not one of the runs that were begun stayed finite: the first of them says why. Empty: one did.
  std::string all_lost() const {
    const Outcome* first = nullptr;
    for (const Outcome& outcome : outcomes_) {
      if (outcome.begun && outcome.exit != "non_finite") return "";
      if (outcome.begun && !first) first = &outcome;
    }
    return first ? "no run stayed finite: of the first, " + first->lost : "";
  }

  std::string summary() const {
    std::string out;
    const auto per_setting = static_cast<std::size_t>(seeds_.count());
    for (std::size_t i = 0; i < settings_.size(); ++i)
      out += summary_of(settings_[i], {outcomes_.data() + i * per_setting, per_setting});
    return out;
  }

 private:
  const Setting& setting_of(std::size_t run) const {
    return settings_[run / static_cast<std::size_t>(seeds_.count())];
  }

  SceneOptions of(const Setting& setting, std::int64_t seed) const {
    SceneOptions one;
    one.scene = options_.scene;
    one.threads = 1;
    for (std::size_t i = 0; i < axes_.size(); ++i) one.set.push_back(axes_[i].key + "=" + setting[i]);
    if (!seeds_.own) one.seed = seed;
    return one;
  }

  // As many workers as the machine lets be made: any number does the same runs. Where it lets no more be made
  // half of them stop at once, for the runs need memory too.
  std::vector<std::thread> hire(int workers, int threads) {
    std::vector<std::thread> crew;
    try {
      crew.reserve(static_cast<std::size_t>(workers));
      for (int i = 0; i < workers; ++i) {
        std::lock_guard lock(mutex_);
        crew.emplace_back([this, i, threads] { work(i, threads); });
        ++working_;
      }
    } catch (const std::exception&) {  // std::system_error, std::bad_alloc
      most_ = static_cast<int>(crew.size() + 1) / 2;
    }
    return crew;
  }

  // A worker: `threads` are its own for stepping.
  void work(int worker, int threads) {
    while (worker < most_ && !interrupted()) {
      const std::size_t i = next_++;
      if (i >= outcomes_.size()) break;
      try {
        run_one(i, threads);
      } catch (...) {
        std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
        next_ = outcomes_.size();
      }
      ++done_;
    }
    std::lock_guard lock(mutex_);
    --working_;
    ended_.notify_one();
  }

  void watch() {
    Progress progress(!options_.quiet);
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, std::chrono::milliseconds(100), [this] { return working_ == 0; }))
      progress.say(std::to_string(done_) + " of " + std::to_string(outcomes_.size()) + " runs done");
  }

  void run_one(std::size_t index, int threads) {
    SceneOptions one =
        of(setting_of(index), seeds_.first + static_cast<std::int64_t>(index) % seeds_.count());
    one.threads = threads;
    Run run = open_run(one);
    const std::int64_t first = run.state().step;
    double reached = std::numeric_limits<double>::quiet_NaN();
    Stepping stepping;
    stepping.last = target_step(options_.steps, run);
    if (options_.reach)
      stepping.on_state = [&] {
        if (std::isnan(reached) && run.evaluation().loss <= *options_.reach)
          reached = static_cast<double>(run.state().step);
      };
    Outcome& out = outcomes_[index];
    out.begun = true;
    out.seed = seeds_.own ? run.setup().config().integer("seed") : *one.seed;
    out.exit = step_through(run, stepping);
    if (out.exit == "non_finite") out.lost = divergence_line(run);
    out.steps = run.state().step - first;
    out.numbers = {run.evaluation().loss};
    for (const double metric : run.evaluation().metrics) out.numbers.push_back(metric);
    if (options_.reach) out.numbers.push_back(reached);
  }

  static std::string row(const Setting& setting, const Outcome& outcome) {
    std::string out;
    for (const std::string& value : setting) out += csv_field(value) + ",";
    out += std::to_string(outcome.seed) + "," + std::to_string(outcome.steps);
    for (const double number : outcome.numbers) out += "," + exact(number);
    return out + "," + outcome.exit + "\n";
  }

  std::string summary_of(const Setting& setting, std::span<const Outcome> outcomes) const {
    std::string out;
    for (std::size_t i = 0; i < axes_.size(); ++i) out += (i ? ", " : "") + axes_[i].key + " = " + setting[i];
    out = terminal_text(out);  // a value may hold a line end, which would begin a line of its own
    if (out.empty()) out = "as the scene says";
    std::vector<const Outcome*> counted;
    std::size_t begun = 0, cut = 0, lost = 0;
    for (const Outcome& outcome : outcomes) {
      begun += outcome.begun;
      cut += outcome.exit == "interrupted";
      lost += outcome.exit == "non_finite";
      if (outcome.begun && outcome.exit != "interrupted" && outcome.exit != "non_finite")
        counted.push_back(&outcome);
    }
    out += "\n  " + std::to_string(begun) + " runs";
    if (lost > 0) out += ", " + std::to_string(lost) + " of them became non-finite and are not counted below";
    if (cut > 0) out += ", " + std::to_string(cut) + " of them were interrupted and are not counted below";
    out += "\n";
    if (counted.empty()) return out;
    std::vector<double> steps;
    for (const Outcome* outcome : counted) steps.push_back(static_cast<double>(outcome->steps));
    out += line("steps", steps);
    for (std::size_t column = 0; column < names_.size(); ++column) {
      std::vector<double> values;
      for (const Outcome* outcome : counted) values.push_back(outcome->numbers[column]);
      out += names_[column] == "reached" ? reached_line(values) : line(names_[column], values);
    }
    return out;
  }

  // Runs that never got there have no step to count.
  static std::string reached_line(std::vector<double> values) {
    const std::size_t all = values.size();
    std::erase_if(values, [](double step) { return std::isnan(step); });
    std::string out = values.empty() ? "  reached\n" : line("reached", values);
    out.pop_back();
    return out + " (" + std::to_string(values.size()) + " of " + std::to_string(all) + " runs)\n";
  }

  // Mean and sample standard deviation. What rounding leaves of equal numbers is no deviation.
  static std::string line(const std::string& name, const std::vector<double>& values) {
    double mean = 0, squares = 0;
    for (const double v : values) mean += v / static_cast<double>(values.size());
    for (const double v : values) squares += (v - mean) * (v - mean);
    constexpr double kRounding = 1e-12;  // relative
    double deviation = values.size() > 1 ? std::sqrt(squares / static_cast<double>(values.size() - 1)) : 0.0;
    if (deviation <= kRounding * std::abs(mean)) deviation = 0;
    char text[128];
    std::snprintf(text, sizeof text, "  %-20s %12.6g +- %.3g\n", name.c_str(), mean, deviation);
    return text;
  }

  const SweepOptions& options_;
  std::vector<Axis> axes_;
  std::vector<Setting> settings_;
  Seeds seeds_;
  std::vector<std::string> names_;
  std::vector<Outcome> outcomes_;  // by setting, then by seed; each written by one worker

  std::atomic<std::size_t> next_ = 0, done_ = 0;
  std::mutex mutex_;
  std::condition_variable ended_;
  int working_ = 0;
  std::atomic<int> most_ = std::numeric_limits<int>::max();  // workers of a higher number stop
  std::exception_ptr failure_;
};

}  // namespace

int sweep_command(const SweepOptions& options) {
  if (is_replay(options.scene))
    throw InputError("sweep " + printable(options.scene) + ": needs a scene, not a saved run");
  if (!options.table.empty()) require_writable(options.table);
  Sweep sweep(options);
  end_on_interrupt();
  sweep.rehearse();
  note_interrupts();
  sweep.run_all();
  int failed = 0;
  try {
    if (!options.table.empty()) write_file_atomically(options.table, sweep.table());
  } catch (...) {
    failed = say_caught();
  }
  if (!options.quiet) print_lines(sweep.summary());
  if (failed != 0) return failed;
  if (interrupted()) return kInterrupted;
  const std::string lost = sweep.all_lost();
  if (lost.empty()) return 0;
  say_error(lost);
  return static_cast<int>(ErrorKind::non_finite);
}

}  // namespace iem::cli
