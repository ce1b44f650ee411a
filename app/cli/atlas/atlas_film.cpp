#include "app/cli/atlas/atlas_film.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <system_error>

#include "app/cli/animate.h"
#include "app/cli/interrupt.h"
#include "app/cli/outputs.h"
#include "app/cli/stepping.h"
#include "app/export/animation/animation.h"
#include "app/export/furnish/figure_on_paper.h"
#include "app/export/furnish/furniture_options.h"
#include "core/atlas/slider.h"
#include "core/base/libm.h"
#include "core/base/number.h"
#include "core/base/read_number.h"
#include "core/base/utf8.h"
#include "core/config/setting_words.h"
#include "core/labs/kit/figure_parts.h"
#include "core/labs/kit/lab.h"
#include "core/session/state_string.h"

namespace iem::cli {
namespace {

std::string over_as_given(const AtlasOptions& options) { return "--over " + printable(options.over, 200); }

InputError refused(const AtlasOptions& options, const std::string& why) {
  return InputError(over_as_given(options) + ": " + why);
}

// The two numbers of "A..B".
std::pair<double, double> ends_of(const AtlasOptions& options, const std::string& text) {
  const std::size_t dots = text.find("..");
  const auto number = [&](const std::string& part) {
    double value = 0;
    const char* const end = part.data() + part.size();
    const auto [read, error] = read_number(part.data(), end, value);
    if (error != std::errc() || read != end || !std::isfinite(value))
      throw refused(options, "must be KEY=A..B with two numbers");
    return value;
  };
  if (dots == std::string::npos) throw refused(options, "must be KEY=A..B with two numbers");
  const double a = number(text.substr(0, dots)), b = number(text.substr(dots + 2));
  if (a == b) throw refused(options, "the two ends are the same");
  return {a, b};
}

bool goes_by_factors(const Parameter& parameter, double a, double b) {
  return parameter.logarithmic && a > 0 && b > 0;
}

std::vector<double> values_between(double a, double b, int frames, const Parameter& parameter) {
  std::vector<double> out;
  const bool by_factor = goes_by_factors(parameter, a, b);
  for (int i = 0; i < frames; ++i) {
    const double t = static_cast<double>(i) / (frames - 1);
    double value = i == 0 ? a : i == frames - 1 ? b : by_factor ? a * libm::pow(b / a, t) : a + (b - a) * t;
    if (parameter.kind == ParameterKind::integer) value = std::round(value);
    if (out.empty() || out.back() != value) out.push_back(value);
  }
  return out;
}

// The atlas of each frame, with the run that it is of.
class AtlasFrames : public FrameSource {
 public:
  using Show = std::function<FrameContent(std::size_t frame)>;
  AtlasFrames(std::size_t count, Show show) : count_(count), show_(std::move(show)) {}

  int count() const override { return static_cast<int>(count_); }
  void each(const std::function<bool(MakeFrame)>& take) override {
    for (std::size_t i = 0; i < count_; ++i)
      if (!take([this, i] { return show_(i); })) return;
  }

 private:
  std::size_t count_;
  Show show_;
};

std::vector<Run> runs_along(const Run& run, const Slide& slide) {
  std::vector<Run> out;
  for (std::size_t i = 0; i < slide.values.size(); ++i) {
    out.push_back(run);
    out.back().apply({slide.parameter->key, slide.value(i)});
  }
  return out;
}

// All atlases, or nothing after a signal.
std::vector<std::shared_ptr<const Atlas>> atlases_of(const std::vector<Run>& runs,
                                                     const AtlasOptions& options) {
  std::vector<std::shared_ptr<const Atlas>> out;
  Progress progress(!options.quiet && !options.json);
  const auto shelf = std::make_shared<AtlasShelf>(options.threads);
  for (const Run& run : runs) {
    const auto snapshot = take_snapshot(run);
    const auto say = [&](std::int64_t known, std::int64_t all) {
      progress.say("frame " + std::to_string(out.size() + 1) + " of " + std::to_string(runs.size()) + ": " +
                   std::to_string(known) + " of " + std::to_string(all) + " starts");
      return !interrupted();
    };
    out.push_back(shelf->get(*plan_of(*snapshot, shelf), 1, say, [] { return !interrupted(); }));
    if (interrupted()) return {};
  }
  return with_common_names(out);
}

Figure map_of(const Run& run, const std::shared_ptr<const Atlas>& atlas, const Slide& slide,
              std::size_t frame, const Config& paper) {
  Run alone = run;
  alone.work_on(std::make_shared<ThreadPool>(1));
  const auto snapshot = take_snapshot(alone);
  const auto shelf = std::make_shared<AtlasShelf>(1);
  shelf->put(atlas);
  Figure out = map_on_paper(*snapshot, paper, shelf);
  out.keep.push_back(snapshot);
  if (!out.panels.empty()) out.panels.front().title += ", " + slide.words(frame);
  out.caption +=
      " The film goes from " + slide.words(0) + " to " + slide.words(slide.values.size() - 1) + ".";
  return out;
}

void write_film(const Output& film, const AtlasOptions& options, const std::vector<Run>& runs,
                const std::vector<std::shared_ptr<const Atlas>>& atlases, const Slide& slide) {
  const auto seen = [&](const Run& run) { return with_furniture(run.setup().config(), options.furniture); };
  AtlasFrames frames(runs.size(), [&](std::size_t i) {
    const Config paper = seen(runs[i]);
    return frame_of(map_of(runs[i], atlases[i], slide, i, paper), runs[i], paper,
                    film.animation->state_by_frame);
  });
  AnimationOptions look{.paper = export_options(options, true), .title = runs.back().setup().scene.title};
  look.fps = options.fps;
  look.paper.metadata = write_state_string(runs.back(), seen(runs.back()));
  write_frames(frames, film.path, *film.animation, look, runs.front().pool(),
               !options.quiet && !options.json);
}

}  // namespace

std::shared_ptr<const AtlasPlan> plan_of(const Snapshot& snapshot, const std::shared_ptr<AtlasShelf>& shelf) {
  View view{snapshot.config(), {}, {}};
  view.atlases = shelf;
  return lab_of(*snapshot.setup).atlas(snapshot, view);
}

Figure map_on_paper(const Snapshot& snapshot, const Config& paper, const std::shared_ptr<AtlasShelf>& shelf) {
  View view{paper, {}, {}};
  view.atlases = shelf;
  return in_notation_of(paper, lab_of(*snapshot.setup).figure(kAtlasFigure, snapshot, view));
}

Value Slide::value(std::size_t i) const {
  if (parameter->kind == ParameterKind::integer) return static_cast<std::int64_t>(values[i]);
  return values[i];
}

std::string Slide::words(std::size_t i) const {
  if (parameter->kind == ParameterKind::integer) return setting_in_words(*parameter, value(i));
  std::string out = setting_in_words(*parameter, 0.0);
  out.pop_back();
  if (goes_by_factors(*parameter, values.front(), values.back())) return out + shown_number(values[i]);
  // As many decimals everywhere as no frame is rounded by more than a hundredth of the way to the next.
  const double least = std::abs(values[1] - values[0]),
               last = std::abs(values[values.size() - 1] - values[values.size() - 2]);
  const auto rounded = [&](int decimals) {
    const double unit = std::pow(10, -decimals);
    return std::ranges::any_of(values, [&](double value) {
      return std::abs(value - unit * std::round(value / unit)) > 0.01 * std::min(least, last);
    });
  };
  int decimals = 0;
  while (decimals < 6 && rounded(decimals)) ++decimals;
  return out + format_fixed(values[i], decimals);
}

std::optional<Slide> slide_of(const AtlasOptions& options, const Run& run) {
  if (options.over.empty()) return std::nullopt;
  const std::size_t at = options.over.find('=');
  if (at == std::string::npos || at == 0) throw refused(options, "must be KEY=A..B");
  const std::string key = options.over.substr(0, at);
  const ParameterTable& table = run.setup().config().table();
  Slide out{.parameter = table.find(key)};
  if (!out.parameter) {
    const std::string meant = table.nearest(key);
    throw refused(options, "no such key" + (meant.empty() ? "" : "; did you mean " + meant + "?"));
  }
  const Parameter& parameter = *out.parameter;
  const bool slides = (parameter.kind == ParameterKind::real || parameter.kind == ParameterKind::integer) &&
                      (parameter.effect == Effect::setting || parameter.effect == Effect::objective);
  if (!slides) throw refused(options, "only a number that may change while a run is under way can slide");
  const auto [a, b] = ends_of(options, options.over.substr(at + 1));
  if (parameter.kind == ParameterKind::integer && (a != std::round(a) || b != std::round(b)))
    throw refused(options, key + " is a whole number");
  out.values = values_between(a, b, options.frames, parameter);
  for (const std::size_t end : {std::size_t{0}, out.values.size() - 1}) {
    Config config = run.setup().config();
    config.set(key, out.value(end), {over_as_given(options), 0, 0});
    check_said(config, {key});
  }
  constexpr double kMostStarts = 1 << 25;
  const auto side = static_cast<double>(run.setup().config().integer("view.atlas_size"));
  if (side * side * static_cast<double>(out.values.size()) > kMostStarts)
    throw refused(options,
                  "the starts of all frames are more than 2^25; use a smaller --size or fewer --frames");
  return out;
}

void animate_atlas(const std::vector<Output>& outputs, const AtlasOptions& options, const Run& run,
                   const Slide& slide, std::vector<std::string>& written, int& code) {
  const std::vector<Run> runs = runs_along(run, slide);
  const auto atlases = atlases_of(runs, options);
  Writer writer(written);
  for (const Output& film : of_kind(outputs, OutputKind::animation))
    writer.write(film.path, [&] {
      if (atlases.empty())
        throw InputError("interrupted: it is not written", {film.path, 0, 0}, ErrorKind::interrupted);
      write_film(film, options, runs, atlases, slide);
    });
  if (code == 0) code = writer.code();
}

}  // namespace iem::cli
