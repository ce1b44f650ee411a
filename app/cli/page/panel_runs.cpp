#include "app/cli/page/panel_runs.h"

#include <algorithm>
#include <map>

#include "app/cli/input_files.h"
#include "app/cli/stepping.h"
#include "app/cli/terminal.h"
#include "core/base/at_place.h"
#include "core/base/words.h"
#include "core/config/common_parameters.h"
#include "core/config/idle_keys.h"
#include "core/figure/furniture.h"
#include "core/labs/kit/lab.h"
#include "core/run/divergence.h"
#include "core/run/inline_points.h"
#include "core/session/figure_panels.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"

namespace iem::cli {
namespace {

bool is_of_view(const Config& config, const std::string& key) {
  const Parameter* parameter = config.table().find(key);
  return parameter && parameter->effect == Effect::view;
}

// What makes one run another: its scene, its seed and those settings that `counts` says.
template <class Counts>
std::string id_of(const std::string& name, const PagePanel& panel, Counts counts) {
  std::map<std::string, std::string> settings;
  for (const SaidSetting& setting : panel.set)
    if (counts(setting.key)) settings[setting.key] = to_toml(setting.value);
  std::string out = name + "\n";
  if (panel.keys.is_set("seed")) out += "seed " + std::to_string(panel.keys.integer("seed")) + "\n";
  for (const auto& [key, value] : settings) out += key + " = " + value + "\n";
  return out;
}

void put_furniture(const Config& from, Config& to) {
  for (const Parameter& key : paper_parameters())
    if (from.table().find(key.key) && from.is_set(key.key) && to.table().find(key.key))
      to.set(key.key, from.value(key.key), from.position(key.key));
}

std::string why_it_ended(const std::string& exit, const Run& run, std::int64_t wanted) {
  if (exit == "non_finite") return divergence_line(run);
  if (exit == "steps" || run.state().step >= wanted) return {};
  return "step " + std::to_string(wanted) + " is not reached: the run stopped at step " +
         std::to_string(run.state().step) + ", where its scene's schedule." +
         (exit == "grad_norm" ? "stop_grad_norm" : "stop_loss_change") + " holds";
}

}  // namespace

PanelRuns::PanelRuns(const PageFile& page, const PageOptions& options)
    : page_(page),
      options_(options),
      pool_(std::make_shared<ThreadPool>(options.threads)),
      panels_(page.panels.size()) {
  for (std::size_t i = 0; i < panels_.size(); ++i) open(i);
}

void PanelRuns::open(std::size_t index) {
  const PagePanel& panel = page_.panels[index];
  const Config& said = panel.keys.text("scene").empty() ? page_.keys : panel.keys;
  const std::string name = scene_beside(page_.file, said.text("scene"));
  Panel& here = panels_[index];
  here.id = id_of(name, panel, [](const std::string&) { return true; });
  // Opening takes time, and a replay as long as its run.
  const auto like = std::ranges::find(panels_.begin(), panels_.begin() + static_cast<std::ptrdiff_t>(index),
                                      here.id, &Panel::id);
  if (&*like != &here)
    here.group = like->group, here.seen = like->seen;
  else
    open_group(panel, name, said.position("scene"), here);
  groups_[here.group].panels.push_back(index);
  check_shown(panel, index);
}

void PanelRuns::open_group(const PagePanel& panel, const std::string& name, const SourcePosition& at,
                           Panel& here) {
  const bool saved = is_replay(name);
  Run run = at_place(
      at,
      "scene: ", [&] { return saved ? replayed(panel, name, here.seen) : opened(panel, name, here.seen); },
      OwnPlace::kept);
  const Config& config = run.setup().config();
  const std::string id = id_of(name, panel, [&](const std::string& key) { return !is_of_view(config, key); });
  const auto known = std::ranges::find(groups_, id, &Group::id);
  here.group = static_cast<std::size_t>(known - groups_.begin());
  if (known != groups_.end()) return;
  say_notes(run);
  groups_.push_back({id, name, std::move(run), saved, {}});
}

// The settings of the view do not make another run of it.
Run PanelRuns::opened(const PagePanel& panel, const std::string& name, std::vector<SaidSetting>& seen) {
  Scene scene = load_scene(name);
  const Scene as_written = scene;
  if (panel.keys.is_set("seed"))
    replace_seed(scene.config, panel.keys.integer("seed"), panel.keys.position("seed"));
  Config whole = scene.config;
  std::vector<std::string> said;
  for (const SaidSetting& setting : panel.set) {
    whole.set(setting.key, setting.value, setting.at);
    said.push_back(setting.key);
    if (is_of_view(whole, setting.key))
      seen.push_back(setting);
    else
      scene.config.set(setting.key, setting.value, setting.at);
  }
  check_said(whole, said);
  name_by_points(scene, as_written);
  return Run(std::move(scene), pool_);
}

Run PanelRuns::replayed(const PagePanel& panel, const std::string& name, std::vector<SaidSetting>& seen) {
  if (panel.keys.is_set("seed")) throw panel.keys.error("seed", "a saved run has its seeds");
  Progress progress(!options_.quiet);
  LoadedSession session = load_replay(name, pool_, [&](std::int64_t step, std::int64_t last) {
    progress.say_replay(step, last);
    return true;
  });
  for (const std::string& words : {session.parted, session.note})
    if (!words.empty()) say_note(words);
  bool edited = false;
  for (const SaidSetting& setting : panel.set)
    at_place(
        setting.at, "",
        [&] {
          if (is_of_view(session.run.setup().config(), setting.key)) return seen.push_back(setting);
          refuse_start(session.run.setup().config(), setting.key, kGiveTheScene);
          session.run.apply({setting.key, setting.value});
          edited = true;
        },
        OwnPlace::kept);
  const Config& config = session.run.setup().config();
  for (const SaidSetting& setting : panel.set)
    if (config.table().find(setting.key))
      at_place(
          setting.at, "", [&] { refuse_idle(config, setting.key); }, OwnPlace::kept);
  if (edited && panel.keys.is_set("step") && panel.keys.integer("step") < session.run.state().step)
    throw panel.keys.error("step", "must be at least " + std::to_string(session.run.state().step) +
                                       ", the step of the saved run, at which `set` changes it");
  return std::move(session.run);
}

void PanelRuns::check_shown(const PagePanel& panel, std::size_t index) const {
  const Run& run = groups_[panels_[index].group].run;
  const std::string& id = panel.keys.text("figure");
  std::vector<std::string> ids;
  for (const FigureType& type : lab_of(run.setup()).figures()) ids.push_back(type.id);
  if (std::ranges::find(ids, id) == ids.end()) {
    const std::string near = nearest_word(id, ids);
    throw panel.keys.error(
        "figure", "must be one of " + joined(ids) + (near.empty() ? "" : "; did you mean " + near + "?"));
  }
  (void)view(index, run);  // every setting fits
}

std::vector<NamedFile> PanelRuns::inputs() const {
  std::vector<NamedFile> out = {{"the page", page_.file}};
  for (const Group& group : groups_) {
    const std::vector<NamedFile> files = input_files(group.name, group.run);
    out.insert(out.end(), files.begin(), files.end());
  }
  return out;
}

std::int64_t PanelRuns::target(std::size_t panel) const {
  const Config& keys = page_.panels[panel].keys;
  const Group& group = groups_[panels_[panel].group];
  if (keys.is_set("step")) return keys.integer("step");
  return group.saved ? group.run.state().step : target_step(std::nullopt, group.run);
}

void PanelRuns::step(const Say& say) {
  for (Group& group : groups_) step(group, say);
}

void PanelRuns::step(Group& group, const Say& say) {
  std::map<std::int64_t, std::vector<std::size_t>> shown;  // by step
  for (const std::size_t panel : group.panels) shown[target(panel)].push_back(panel);
  std::string exit = "steps";
  for (const auto& [last, panels] : shown) {
    Run back = group.run;
    const bool before = last < group.run.state().step;  // of a saved run
    Run& run = before ? back : group.run;
    if (before) run.seek(last);
    Stepping stepping{.last = last};
    stepping.on_state = [&] { say(panels.front(), run, last); };
    if (exit == "steps") exit = step_through(run, stepping);
    all_finite_ = all_finite_ && exit != "non_finite";
    for (const std::size_t panel : panels)
      panels_[panel].shown = run, panels_[panel].remark = why_it_ended(exit, run, last);
  }
}

// Pages set captions themselves, and letters: that of a panel is its place.
Config PanelRuns::view(std::size_t panel, const Run& run) const {
  Config out = run.setup().config();
  for (const SaidSetting& setting : panels_[panel].seen) out.set(setting.key, setting.value, setting.at);
  out.set("paper.caption", std::string("off"));
  out.set("paper.letter", page_.keys.flag("letters") ? panel_letter(panel) : std::string());
  out.reset("paper.type_pt");  // one size on all of the page
  put_furniture(page_.keys, out);
  put_furniture(page_.panels[panel].keys, out);
  return with_furniture(std::move(out), options_.furniture);
}

}  // namespace iem::cli
