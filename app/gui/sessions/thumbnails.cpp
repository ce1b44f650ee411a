#include "app/gui/sessions/thumbnails.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "app/export/pixels.h"
#include "core/base/hash.h"
#include "core/labs/kit/lab.h"
#include "core/session/scene_file.h"

namespace iem::gui {
namespace {

constexpr std::int64_t kSomeSteps = 12, kMostThumbnailSteps = 40, kFewSteps = 4;
constexpr Eigen::Index kManyPoints = 1000;  // a step takes long

// The stage; for a lab without one the figure with the lab's name, else the first.
std::string figure_to_show(const Lab& lab) {
  if (const FigureType* stage = lab.figure_for(FigureUse::stage)) return stage->id;
  const std::vector<FigureType>& all = lab.figures();
  const auto own = std::ranges::find(all, lab.id(), &FigureType::id);
  return own != all.end() ? own->id : all.front().id;
}

paint::Image made_thumbnail(const std::string& name, int width, int height, paint::ThemeId theme,
                            const std::atomic<bool>& stopped) {
  Scene scene = load_scene(name);
  std::int64_t steps = interesting_step(scene);
  Run run(std::move(scene), std::make_shared<ThreadPool>(1));
  if (run.setup().data->size() >= kManyPoints) steps = std::min(steps, kFewSteps);
  for (std::int64_t step = 1; step <= steps && !stopped; ++step) run.seek(step);
  if (stopped) return {};
  const std::shared_ptr<const Snapshot> snapshot = take_snapshot(run);
  const Lab& lab = lab_of(*snapshot->setup);
  const Config config = snapshot->config();
  paint::Image image = render_thumbnail(lab.figure(figure_to_show(lab), *snapshot, View{config, {}, {}}),
                                        width, height, theme);
  Hash hash;
  hash.add(std::string_view(reinterpret_cast<const char*>(image.rgba.data()), image.rgba.size()));
  image.key = hash.value();
  return image;
}

// Steps that expressions name: "loss@100".
void look_for_steps(const std::string& text, std::int64_t& first) {
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    std::int64_t step = 0;
    const char* begin = text.data() + at + 1;
    const auto read = std::from_chars(begin, text.data() + text.size(), step);
    if (read.ec == std::errc() && step > 0 && (first == 0 || step < first)) first = step;
  }
}

}  // namespace

std::int64_t interesting_step(const Scene& scene) {
  std::int64_t first = 0;
  look_for_steps(scene.look_for, first);
  for (const std::string& condition : scene.conditions) look_for_steps(condition, first);
  return first == 0 ? kSomeSteps : std::min(first, kMostThumbnailSteps);
}

const paint::Image* Thumbnails::of(const std::string& scene, int width, int height, paint::ThemeId theme) {
  Key key{scene, width, height, theme};
  const auto found = done_.find(key);
  if (found != done_.end()) return found->second.rgba.empty() ? nullptr : &found->second;
  wanted_.push_back(std::move(key));
  return nullptr;
}

void Thumbnails::follow() {
  std::vector<Key> wanted = std::exchange(wanted_, {});
  if (job_.ready()) {
    Outcome<paint::Image> made = job_.take();
    std::erase_if(done_, [&](const auto& kept) {  // of the sizes that the window had before
      return kept.first.scene == making_.scene && kept.first.theme == making_.theme;
    });
    done_[making_] = made.value ? std::move(*made.value) : paint::Image{};
  }
  std::erase_if(wanted, [&](const Key& key) { return done_.contains(key); });
  // Where there are no threads the window would have to wait.
  if (wanted.empty() || job_.running() || &executor() == &no_threads()) return;
  making_ = wanted.front();
  job_.start([key = making_, stop = stop_] {
    return made_thumbnail(key.scene, key.width, key.height, key.theme, *stop);
  });
}

}  // namespace iem::gui
