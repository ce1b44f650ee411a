// iemlab list figures --gallery FOLDER: every figure of every lab as a picture, and a page that shows them.
#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "app/cli/terminal.h"
#include "app/export/export.h"
#include "core/base/atomic_file.h"
#include "core/base/utf8.h"
#include "core/compare/run_to.h"
#include "core/figure/furniture.h"
#include "core/labs/kit/lab.h"
#include "core/optimize/optimizer.h"
#include "core/run/comparison.h"
#include "core/session/scene_file.h"
#include "core/session/state_string.h"

namespace iem::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kSteps = 40, kMostShown = 100;  // of a scene that does not say how many, and at most
constexpr double kWidthCm = 12, kAcross = 720;         // pixels

// A built-in scene where its figures are shown, with the runs that stand beside it.
struct Sample {
  std::string scene;
  Run run;
  std::shared_ptr<const Snapshot> snapshot;
};

std::int64_t shown_step(const Config& config) {
  const std::int64_t stop = config.integer("schedule.stop_steps");
  return stop > 0 ? std::min(stop, kMostShown) : kSteps;
}

// The rules that the window compares, where the scene compares nothing and `many` asks for it.
Sample sample_of(const std::string& name, bool many, const std::shared_ptr<ThreadPool>& pool) {
  Run run(load_scene(name), pool);
  run_to(run, shown_step(run.setup().config()), {});
  std::vector<std::string> refused;
  Comparison all(run, refused);
  if (many && all.size() == 1)
    for (const RunSpec& spec : fair_rule_specs(run, rules_to_compare())) all.add(spec);
  return {name, all.first(), take_snapshot(all)};
}

// The built-in scenes of a lab, those first that have chosen the figure: for the middle of the window, or
// beside it.
std::vector<std::string> scenes_for(const Lab& lab, const FigureType& figure) {
  static const std::vector<Scene> scenes = [] {
    std::vector<Scene> out;
    for (const std::string& name : builtin_scenes()) out.push_back(load_scene(name));
    return out;
  }();
  std::vector<std::string> chosen, other;
  for (const Scene& scene : scenes) {
    const Config& config = scene.config;
    if (config.lab() != lab.id() || !is_offered(figure, config)) continue;
    const auto names = [&](const char* key) { return config.table().find(key) != nullptr; };
    const auto plots = names("view.plots") ? config.list("view.plots") : std::vector<std::string>{};
    const bool shown = (names("view.centre") && config.text("view.centre") == figure.id) ||
                       std::ranges::find(plots, figure.id) != plots.end();
    (shown ? chosen : other).push_back(scene.name);
  }
  chosen.insert(chosen.end(), other.begin(), other.end());
  return chosen;
}

class GalleryMaker {
 public:
  explicit GalleryMaker(std::string folder) : folder_(std::move(folder)) {}

  void add(const Lab& lab) {
    text_ += "## " + lab.label() + "\n\n";
    for (const FigureType& figure : lab.figures()) {
      progress_.say(lab.id() + ": " + figure.id);
      if (!add_from(lab, figure, false) && !add_from(lab, figure, true))
        throw InputError("no built-in scene has anything to show in the figure " + figure.id +
                         " of the lab " + lab.id());
    }
    samples_.clear();
  }

  void finish() {
    write_file_atomically(
        (fs::path(folder_) / "gallery.md").string(),
        "# Gallery\n\nEvery figure of every lab, as `iemlab list figures --gallery FOLDER` draws "
        "them. Each picture reopens its run: `iemlab gallery/" +
            first_ + "`.\n\n" + text_);
  }
  int count() const { return count_; }

 private:
  const Sample& sample(const std::string& scene, bool many) {
    const auto [found, fresh] = samples_.try_emplace({scene, many});
    if (fresh) found->second.emplace(sample_of(scene, many, pool_));
    return *found->second;
  }

  // The first scene where it has something to show; false: none.
  bool add_from(const Lab& lab, const FigureType& type, bool many) {
    for (const std::string& scene : scenes_for(lab, type)) {
      const Sample& from = sample(scene, many);
      Config view = from.run.setup().config();
      for (const char* words : {"paper.title", "paper.caption"}) view.set(words, std::string("off"));
      const Figure figure = furnished(figure_on_paper(type.id, *from.snapshot, view), view);
      if (!figure.sentence.empty() || figure.panels.empty()) continue;
      write(lab, type, from, figure, view);
      return true;
    }
    return false;
  }

  void write(const Lab& lab, const FigureType& type, const Sample& from, const Figure& figure,
             const Config& view) {
    const std::string name = lab.id() + "_" + type.id + ".png";
    const ExportOptions paper{.width_cm = kWidthCm,
                              .dpi = kAcross / kWidthCm * 2.54,
                              .metadata = write_state_string(from.run, view)};
    write_figure(figure, (fs::path(folder_) / "gallery" / name).string(), paper);
    if (first_.empty()) first_ = name;
    text_ += "### " + type.title + "\n\n`" + type.id + "`: " + type.help + " Here of `" + from.scene +
             "`, step " + std::to_string(from.run.state().step) + ".\n\n![" + type.title + "](gallery/" +
             name + ")\n\n";
    ++count_;
  }

  std::string folder_, text_, first_;
  int count_ = 0;
  std::shared_ptr<ThreadPool> pool_ = std::make_shared<ThreadPool>();
  std::map<std::pair<std::string, bool>, std::optional<Sample>> samples_;
  Progress progress_{true};
};

}  // namespace

int gallery_command(const ListOptions& options) {
  if (options.what != "figures")
    throw InputError("--gallery: is of figures, not of " + printable(options.what));
  end_on_interrupt();
  const std::vector<const Lab*> chosen = chosen_labs(options.lab);
  fs::create_directories(fs::path(options.gallery) / "gallery");
  require_writable((fs::path(options.gallery) / "gallery.md").string());
  GalleryMaker gallery(options.gallery);
  for (const Lab* lab : chosen) gallery.add(*lab);
  gallery.finish();
  print_line("wrote " + (fs::path(options.gallery) / "gallery.md").string() + " and " +
             std::to_string(gallery.count()) + " pictures");
  return 0;
}

}  // namespace iem::cli
