// iemlab atlas: one prototype of a scene begins at every place of the stage; where each of these runs ends,
// as a map.
#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/atlas/atlas_film.h"
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "app/cli/terminal.h"
#include "core/atlas/atlas.h"
#include "core/base/number.h"
#include "core/base/utf8.h"
#include "core/kernel/pass.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/lab.h"
#include "core/run/divergence.h"
#include "core/session/run_record.h"

namespace iem::cli {
namespace {

// Sets what the options say of the map.
void ask(Run& run, const AtlasOptions& options) {
  const Setup& setup = run.setup();
  const std::vector<FigureType>& figures = lab_of(setup).figures();
  const auto type = std::ranges::find(figures, kAtlasFigure, &FigureType::id);
  if (type == figures.end())
    throw InputError("atlas " + options.scene + ": the lab " + setup.problem().id() +
                     " has no atlas of starts");
  if (!is_offered(*type, setup.config()))
    throw InputError("atlas " + options.scene + ": " + type->unavailable(setup.config()));
  const auto set = [&](const char* key, const std::optional<std::int64_t>& value) {
    if (value) run.apply({key, *value});
  };
  set("view.atlas_prototype", options.prototype);
  set("view.atlas_size", options.size);
  set("view.atlas_steps", options.steps);
}

void check_prototype(const Config& config, const AtlasPlan& plan, const AtlasOptions& options) {
  const std::int64_t asked = config.integer("view.atlas_prototype");
  if (asked > plan.components())
    throw InputError((options.prototype ? "--prototype " : "view.atlas_prototype = ") +
                     std::to_string(asked) + ": the scene has " + std::to_string(plan.components()));
}

std::string percent_line(const std::string& words, std::int64_t count, const Atlas& atlas) {
  return words + ", " + format_fixed(100 * atlas.share(count), 2) + " % of the starts";
}

void print_atlas(const Atlas& atlas, const std::vector<std::string>& written) {
  const AtlasPlan& plan = atlas.plan;
  print_line(std::to_string(plan.side) + " x " + std::to_string(plan.side) + " starts of prototype " +
             std::to_string(plan.prototype + 1) + ", at most " + std::to_string(plan.steps) + " steps each");
  for (const AtlasOptimum& optimum : atlas.optima)
    print_line(percent_line(optimum.name + ": J = " + format_number(optimum.loss, 7), optimum.count, atlas));
  if (atlas.further > 0) print_line(percent_line("further optima", atlas.further, atlas));
  if (atlas.unsettled > 0) print_line(percent_line("does not settle", atlas.unsettled, atlas));
  if (atlas.diverged > 0) print_line(percent_line("diverges", atlas.diverged, atlas));
  if (mostly_unsettled(atlas)) print_line("most go on after that: more --steps would show where to");
  for (const std::string& file : written) print_line("wrote " + file);
}

// With what the run's record says of scene and settings.
void print_atlas_json(const Atlas& atlas, const nlohmann::ordered_json& about, double seconds, int threads) {
  nlohmann::ordered_json optima = nlohmann::ordered_json::array();
  for (const AtlasOptimum& optimum : atlas.optima)
    optima.push_back({{"name", optimum.name}, {"loss", optimum.loss}, {"starts", optimum.count}});
  std::int64_t steps = 0;
  for (const AtlasCell& cell : atlas.cells) steps += cell.steps;
  nlohmann::ordered_json out = {{"lab", about["lab"]},
                                {"prototype", atlas.plan.prototype + 1},
                                {"size", atlas.plan.side},
                                {"steps", atlas.plan.steps},
                                {"starts", atlas.known},
                                {"steps_taken", steps},
                                {"optima", optima},
                                {"further", atlas.further},
                                {"unsettled", atlas.unsettled},
                                {"diverged", atlas.diverged},
                                {"wall_seconds", seconds},
                                {"threads", threads},
                                {"isa", kernel::isa_name(kernel::active_isa())}};
  for (const char* key : {"scene", "settings", "seeds", "state"})
    if (about.contains(key)) out[key] = about[key];
  print_json_text(out, false);
}

// Other figures are of one run and do not slide.
void require_maps(const std::vector<Output>& films) {
  for (const Output& film : films)
    if (film.id != kAtlasFigure)
      throw InputError("--animate " + printable(film.id + "=" + film.path, 200) +
                       ": only the map can be animated here: must be " + std::string(kAtlasFigure) + "=FILE");
}

int write_atlas(const std::vector<Output>& outputs, const AtlasOptions& options, const Config& paper,
                const nlohmann::ordered_json& about, const Snapshot& snapshot,
                const std::shared_ptr<AtlasShelf>& shelf, std::vector<std::string>& written) {
  Writer writer(written);
  write_figures(
      outputs, options, about, paper,
      [&](const std::string& id) {
        if (id != kAtlasFigure) return figure_on_paper(id, snapshot, paper);
        return map_on_paper(snapshot, paper, shelf);
      },
      writer);
  return writer.code();
}

}  // namespace

int atlas_command(const AtlasOptions& options) {
  end_on_interrupt();
  const std::vector<Output> outputs = parse_outputs(options);
  require_maps(of_kind(outputs, OutputKind::animation));
  check_outputs(outputs, options);
  Run run = open_run(options, !options.quiet && !options.json);
  check_outputs(outputs, options, run);
  ask(run, options);
  const auto snapshot = take_snapshot(run);
  const auto shelf = std::make_shared<AtlasShelf>(options.threads);
  const auto plan = plan_of(*snapshot, shelf);
  check_prototype(run.setup().config(), *plan, options);
  const std::optional<Slide> slide = slide_of(options, run);
  say_notes(run);
  note_interrupts();
  const auto begin = std::chrono::steady_clock::now();
  std::shared_ptr<const Atlas> atlas;
  {
    Progress progress(!options.quiet && !options.json);
    const auto say = [&](std::int64_t known, std::int64_t all) {
      progress.say(std::to_string(known) + " of " + std::to_string(all) + " starts");
      return !interrupted();
    };
    atlas = shelf->get(*plan, 1, say, [] { return !interrupted(); });
  }
  if (interrupted()) return kInterrupted;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::vector<std::string> written;
  const Config paper = with_furniture(run.setup().config(), options.furniture);
  const nlohmann::ordered_json about = run_record(run, paper);
  int failed =
      write_atlas(of_kind(outputs, OutputKind::figure), options, paper, about, *snapshot, shelf, written);
  if (slide) animate_atlas(outputs, options, run, *slide, written, failed);
  if (options.json)
    print_atlas_json(*atlas, about, seconds, run.pool().threads());
  else if (!options.quiet)
    print_atlas(*atlas, written);
  if (failed != 0) return failed;
  if (atlas->diverged < atlas->known) return 0;
  say_error("every start becomes non-finite");
  return static_cast<int>(ErrorKind::non_finite);
}

}  // namespace iem::cli
