// iemlab sweep: the same scene with many seeds and settings, several runs at a time; a table with one row a
// run, and a summary per setting. Both are the same whatever the number of threads.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <iterator>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <nlohmann/json.hpp>
#include <span>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/input_files.h"
#include "app/cli/interrupt.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "app/cli/sweep_plan.h"
#include "app/cli/sweep_summary.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/export/escape.h"
#include "app/export/table_file.h"
#include "core/base/atomic_file.h"
#include "core/base/executor.h"
#include "core/base/hash.h"
#include "core/base/utf8.h"
#include "core/config/idle_keys.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/divergence.h"
#include "core/session/run_record.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"

namespace iem::cli {
namespace {

class Sweep {
 public:
  explicit Sweep(const SweepOptions& options)
      : options_(options),
        axes_(parse_axes(options.set)),
        settings_(all_settings(axes_)),
        seeds_(parse_seeds(options.seeds)),
        starts_(parse_start_seeds(options.start_seeds)),
        seed_is_axis_(is_axis(axes_, "seed")) {
    refuse_seeds_twice(axes_, options.seeds, options.start_seeds);
    const auto seeds = static_cast<std::size_t>(seeds_.count()),
               starts = static_cast<std::size_t>(starts_.count());
    if (seeds > kMostRuns / settings_.size() || starts > kMostRuns / (settings_.size() * seeds))
      throw too_many_runs();
    outcomes_.resize(settings_.size() * per_setting());
  }

  // Opens every setting once, so that a wrong value is said before the first run.
  void rehearse() {
    std::vector<Config> configs;
    for (std::size_t i = 0; i < settings_.size(); ++i) {
      SceneOptions one = of(i * per_setting());
      one.isa = options_.isa;
      if (i == 0 && is_replay(options_.scene)) replay(one);
      const Run run = opened(one);
      say_notes(run);
      configs.push_back(run.setup().config());
      if (!options_.table.empty()) check_inputs_are_kept(files(), input_files(options_.scene, run));
      require_table_name(options_.table);
      add_missing_ids(run.setup().model->metric_ids(), own_);
      add_missing_ids(table_metric_ids(run), measured_);
      std::vector<std::string> last;
      for (const Metric* metric : end_metrics(run)) last.push_back(metric->id);
      add_missing_ids(last, at_end_);
      if (!setup_) setup_ = std::make_unique<Setup>(run.setup());
    }
    scene_ = saved_ ? record_of_start(*saved_, saved_->setup().config())
                    : scene_record(load_scene(options_.scene), !axes_.empty());
    names_ = {"loss"};
    names_.insert(names_.end(), own_.begin(), own_.end());
    if (options_.reach) names_.emplace_back("reached");
    names_.insert(names_.end(), measured_.begin(), measured_.end());
    refuse_idle_axes(configs);
    require_some_drawn_start(configs);
  }

  // Workers take run after run; this thread says how far they are.
  void run_all() {
    const int threads = options_.threads > 0
                            ? options_.threads
                            : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    const int workers =
        std::min<int>(threads, static_cast<int>(std::min<std::size_t>(outcomes_.size(), 1024)));
    {
      const Crew crew{*this, hire(workers, threads / workers)};
      if (crew.threads.empty()) {
        most_ = working_ = 1;
        work(0, 1);
      } else {
        watch();
      }
    }
    if (failure_) std::rethrow_exception(failure_);
  }

  // A row for every run that was begun, in the order of settings and seeds; beside it what made them.
  void write_table() const {
    TableFile file(options_.table, columns());
    for (std::size_t i = 0; i < outcomes_.size(); ++i)
      if (outcomes_[i].begun) file.write(row(setting_of(i), outcomes_[i]));
    nlohmann::ordered_json about = scene_;
    about["table"] = "sweep";
    about["set"] = nlohmann::ordered_json::object();
    for (const Axis& axis : axes_) about["set"][axis.key] = axis.values;
    if (!seeds_.own) about["seeds"] = {seeds_.first, seeds_.last};
    if (!starts_.own) about["seed_init"] = {starts_.first, starts_.last};
    if (options_.steps) about["steps"] = *options_.steps;
    if (options_.reach) about["reach"] = *options_.reach;
    file.commit(std::move(about));
  }

  // The message of the first run where none of the runs stayed finite; empty where at least one did.
  std::string all_lost() const {
    const SweepOutcome* first = nullptr;
    for (const SweepOutcome& outcome : outcomes_) {
      if (outcome.begun && outcome.exit != "non_finite") return "";
      if (outcome.begun && !first) first = &outcome;
    }
    return first ? "no run stayed finite: of the first, " + first->lost : "";
  }

  std::string summary() const {
    std::string out;
    for (std::size_t i = 0; i < settings_.size(); ++i)
      out += sweep_summary(words_of(settings_[i]), names_, outcomes_of(i));
    return out;
  }

  // A note for settings in which all seeds gave the same result; it goes to standard error too, where no
  // summary is printed.
  std::string idle_seeds() const {
    std::size_t same = 0;
    std::string given;
    for (std::size_t i = 0; i < settings_.size(); ++i) {
      if (!seeds_change_nothing(outcomes_of(i))) continue;
      ++same;
      given = outcomes_of(i).front().given;
    }
    if (same == 0) return "";
    std::string out = "the seeds change nothing";
    if (same < settings_.size())
      out += " in " + std::to_string(same) + " of " + std::to_string(settings_.size()) + " settings";
    return out + (given.empty() ? "" : ": " + given);
  }

 private:
  std::vector<NamedFile> files() const {
    std::vector<NamedFile> out = {{"--table", options_.table}};
    add_description("--table", options_.table, out);
    return out;
  }

  std::size_t per_setting() const { return static_cast<std::size_t>(seeds_.count() * starts_.count()); }
  const Setting& setting_of(std::size_t run) const { return settings_[run / per_setting()]; }
  std::span<const SweepOutcome> outcomes_of(std::size_t setting) const {
    return {outcomes_.data() + setting * per_setting(), per_setting()};
  }

  std::string words_of(const Setting& setting) const {
    std::string out;
    for (std::size_t i = 0; i < axes_.size(); ++i) out += (i ? ", " : "") + axes_[i].key + " = " + setting[i];
    return out;
  }

  // A saved run is replayed once, before its settings are said.
  void replay(SceneOptions one) {
    one.set.clear();
    saved_ = std::make_unique<const Run>(open_run(one, !options_.quiet));
  }
  // By several workers at a time.
  Run opened(const SceneOptions& one) const {
    if (!saved_) return open_run(one);
    Run run = *saved_;
    run.work_on(std::make_shared<ThreadPool>(one.threads));
    apply_said(run, one);
    return run;
  }

  // The run of this number: by setting, then by seed, then by the start's seed.
  SceneOptions of(std::size_t run) const {
    SceneOptions one;
    one.scene = options_.scene;
    one.threads = 1;
    one.refuse_idle = false;
    const Setting& setting = setting_of(run);
    for (std::size_t i = 0; i < axes_.size(); ++i) one.set.push_back(axes_[i].key + "=" + setting[i]);
    const auto draw = static_cast<std::int64_t>(run % per_setting());
    if (!seeds_.own) one.seed = seeds_.first + draw / starts_.count();
    if (!starts_.own) one.seed_init = starts_.first + draw % starts_.count();
    return one;
  }

  // However the watching ends, nobody stays at work: words of progress, too, may find no memory.
  struct Crew {
    Sweep& sweep;
    std::vector<std::thread> threads;
    ~Crew() {
      sweep.next_ = sweep.outcomes_.size();
      for (std::thread& worker : threads) worker.join();
    }
  };

  // Starts as many workers as the machine allows; any number computes the same runs. Where it allows no more,
  // half of them stop at once, because the runs need memory too.
  std::vector<std::thread> hire(int workers, int threads) {
    std::vector<std::thread> crew;
    try {
      crew.reserve(static_cast<std::size_t>(workers));
      while (crew.size() < static_cast<std::size_t>(workers)) {
        std::lock_guard lock(mutex_);
        std::thread worker =
            executor().begin([this, i = static_cast<int>(crew.size()), threads] { work(i, threads); });
        if (!worker.joinable()) break;
        crew.push_back(std::move(worker));
        ++working_;
      }
    } catch (const std::bad_alloc&) {}
    if (crew.size() < static_cast<std::size_t>(workers)) most_ = static_cast<int>(crew.size() + 1) / 2;
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
    SceneOptions one = of(index);
    one.threads = threads;
    Run run = opened(one);
    const std::int64_t first = run.state().step;
    double reached = std::numeric_limits<double>::quiet_NaN();
    Stepping stepping;
    stepping.last = target_step(options_.steps, run);
    if (options_.reach)
      stepping.on_state = [&] {
        if (std::isnan(reached) && run.evaluation().loss <= *options_.reach)
          reached = static_cast<double>(run.state().step);
      };
    SweepOutcome& out = outcomes_[index];
    out.begun = true;
    out.seed = run.setup().config().integer("seed");
    out.seed_init = one.seed_init.value_or(0);
    out.given = what_is_given(run);
    out.exit = step_through(run, stepping);
    if (out.exit == "non_finite") out.lost = divergence_line(run);
    out.steps = run.state().step - first;
    out.state = hash_of_parameters(run.state().theta);
    out.numbers = {run.evaluation().loss};
    const std::vector<double> own = model_numbers(run, own_);
    out.numbers.insert(out.numbers.end(), own.begin(), own.end());
    if (options_.reach) out.numbers.push_back(reached);
    for (const std::string& id : measured_) out.numbers.push_back(metric_number(id, run));
    for (const std::string& id : at_end_) out.ended.push_back(metric_number(id, run));
    out.hash = hex(run.state().hash());
  }

  std::vector<TableColumn> columns() const {
    std::vector<TableColumn> out;
    for (const Axis& axis : axes_) out.push_back(setting_column(setup_->config().table(), axis.key));
    if (!seed_is_axis_) out.push_back({.id = "seed", .label = "seed"});
    if (!starts_.own) out.push_back({.id = "seed_init", .label = "seed of the start"});
    out.push_back({.id = "steps", .label = "steps taken", .unit = "steps"});
    for (TableColumn& column : loss_columns(*setup_))
      if (column.id == "loss") out.push_back(std::move(column));
    const auto add = [&](const std::vector<std::string>& ids) {
      std::ranges::move(metric_columns(*setup_, ids), std::back_inserter(out));
    };
    add(own_);
    if (options_.reach)
      out.push_back({.id = "reached",
                     .label = "steps to the loss asked for",
                     .unit = "steps",
                     .help = "The first step with a loss no greater than --reach."});
    add(measured_);
    out.push_back({.id = "exit", .label = "why it ended"});
    add(at_end_);
    out.push_back({.id = "hash", .label = "hash of the last state"});
    return out;
  }

  std::string row(const Setting& setting, const SweepOutcome& outcome) const {
    std::string out;
    for (const std::string& value : setting) out += csv_field(value) + ",";
    if (!seed_is_axis_) out += std::to_string(outcome.seed) + ",";
    if (!starts_.own) out += std::to_string(outcome.seed_init) + ",";
    out += std::to_string(outcome.steps);
    for (const double number : outcome.numbers) out += "," + exact(number);
    out += "," + outcome.exit;
    for (const double number : outcome.ended) out += "," + exact(number);
    return out + "," + outcome.hash + "\n";
  }

  // Refuses keys that have no effect in any setting, and notes those that have none in some settings.
  void refuse_idle_axes(const std::vector<Config>& configs) const {
    for (const Axis& axis : axes_) {
      if (!configs.front().table().find(axis.key)) continue;  // a block of a saved state
      const Config* idle = nullptr;
      bool applies = false;
      for (const Config& config : configs) {
        applies |= config.unavailable_reason(axis.key).empty();
        if (!idle && is_idle(config, axis.key)) idle = &config;
      }
      if (!idle) continue;
      if (!applies) refuse_idle(*idle, axis.key);
      say_note(axis.key + " " + idle_sentence(*idle, axis.key) +
               ": runs that differ in it alone are the same there");
    }
  }

  void require_some_drawn_start(const std::vector<Config>& configs) const {
    const auto given = [](const Config& config) { return find_lab(config.lab())->start_is_given(config); };
    if (!starts_.own && std::ranges::all_of(configs, given)) require_drawn_start(configs.front());
  }

  const SweepOptions& options_;
  std::vector<Axis> axes_;
  std::vector<Setting> settings_;
  Seeds seeds_, starts_;
  bool seed_is_axis_;                        // the column of the axis is that of the seed
  std::vector<std::string> own_, measured_;  // metrics of the models, and those read off the last state
  std::vector<std::string> at_end_;          // those that only the last state has
  nlohmann::ordered_json scene_;             // its record
  std::unique_ptr<const Run> saved_;         // where all runs go on from; null: they begin with a scene
  std::unique_ptr<Setup> setup_;             // of the first setting
  std::vector<std::string> names_;           // of the numbers of an outcome
  std::vector<SweepOutcome> outcomes_;       // in the order of their numbers; each written by one worker

  std::atomic<std::size_t> next_ = 0, done_ = 0;
  std::mutex mutex_;
  std::condition_variable ended_;
  int working_ = 0;
  std::atomic<int> most_ = std::numeric_limits<int>::max();  // workers of a higher number stop
  std::exception_ptr failure_;
};

}  // namespace

int sweep_command(const SweepOptions& options) {
  if (is_replay(options.scene) && !(options.seeds.empty() && options.start_seeds.empty()))
    throw InputError("sweep: a saved run has its seeds; give its scene instead");
  for (const std::string& file : {options.table, companion_of(options.table)})
    if (!file.empty()) require_writable(file);
  Sweep sweep(options);
  end_on_interrupt();
  sweep.rehearse();
  note_interrupts();
  sweep.run_all();
  int failed = 0;
  try {
    if (!options.table.empty()) sweep.write_table();
  } catch (...) {
    failed = say_caught();
  }
  if (!options.quiet) print_lines(sweep.summary());
  if (const std::string note = sweep.idle_seeds(); !note.empty()) say_note(note);
  if (failed != 0) return failed;
  if (interrupted()) return kInterrupted;
  const std::string lost = sweep.all_lost();
  if (lost.empty()) return 0;
  say_error(lost);
  return static_cast<int>(ErrorKind::non_finite);
}

}  // namespace iem::cli
