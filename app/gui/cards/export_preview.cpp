#include "app/gui/cards/export_preview.h"

#include <algorithm>
#include <cmath>

#include "app/gui/gl/texture_cache.h"
#include "app/gui/look/style.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/hash.h"
#include "core/figure/furniture.h"
#include "core/figure/log_axis.h"
#include "core/labs/kit/figure_parts.h"

namespace iem::gui {
namespace {

// The figure with those axes logarithmic that the user has switched.
Figure as_switched(Figure figure, const std::set<std::string>& log) {
  for (std::size_t i = 0; i < figure.panels.size(); ++i) {
    const std::string name = figure.id + (i > 0 ? "." + std::to_string(i) : "");
    for (const bool of_x : {true, false})
      if (log.contains(name + (of_x ? ".x" : ".y")))
        figure.panels[i] = on_log_axis(std::move(figure.panels[i]), of_x);
  }
  return figure;
}

paint::Image picture_of(const Figure& figure, const ExportOptions& options) {
  paint::Image image = render_figure(figure, options);
  Hash hash;
  hash.add(std::string_view(reinterpret_cast<const char*>(image.rgba.data()), image.rgba.size()));
  hash.add(static_cast<std::int64_t>(image.width));
  image.key = hash.value();
  return image;
}

void draw_page(const paint::Image& image, ImVec2 min, ImVec2 max) {
  const auto width = static_cast<float>(image.width), height = static_cast<float>(image.height);
  const float fit = std::min({1.0F, (max.x - min.x) / width, (max.y - min.y) / height});
  const ImVec2 size(std::round(width * fit), std::round(height * fit));
  const ImVec2 from(std::round(0.5F * (min.x + max.x - size.x)), min.y);
  const ImVec2 to(from.x + size.x, from.y + size.y);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddImage(texture_of(image), from, to);
  const float edge = hairline_px();
  list->AddRect({from.x - edge, from.y - edge}, {to.x + edge, to.y + edge}, colour(theme().hairline), 0,
                edge);
}

}  // namespace

Figure figure_to_export(PanelContext& context, const std::string& id) {
  Figure figure =
      in_notation_of(context.view().config, as_switched(context.figure(id), context.view().log_axes));
  const bool is_stage = id == context.lab().figure_for(FigureUse::stage)->id;
  if (is_stage && !figure.panels.empty()) context.strokes.add_to(figure.panels.front());
  return figure;
}

// While a run plays every frame brings another figure: two pictures a second are enough.
bool ExportPreview::may_begin(const PanelContext& context) const {
  constexpr double kWhilePlaying_s = 0.5;
  const bool moves = context.snapshot().playing || context.walks;
  return !job_.running() && (!moves || ImGui::GetTime() >= begun_at_ + kWhilePlaying_s);
}

void ExportPreview::follow() {
  if (!job_.ready()) return;
  Outcome<paint::Image> made = job_.take();
  error_ = made.error;
  if (made.value) image_ = std::move(*made.value);
}

void ExportPreview::draw(PanelContext& context, const std::string& id, const ExportOptions& options,
                         const Config& paper, ImVec2 min, ImVec2 max) {
  const Figure& figure = context.figure(id);
  ExportOptions screen = options;
  constexpr double kLeastDpi = 10, kMostDpi = 400, kCmPerInch = 2.54;
  screen.dpi = std::clamp((max.x - min.x) / (options.width_cm / kCmPerInch), kLeastDpi, kMostDpi);
  Subject wanted{id,
                 context.snapshot().serial,
                 context.view().revision,
                 figure.panels.size(),
                 options.width_cm,
                 options.height_cm,
                 screen.dpi,
                 options.theme,
                 options.transparent,
                 paper.revision()};
  if (figure.sentence.empty() && !(wanted == made_) && may_begin(context)) {
    made_ = std::move(wanted);
    begun_at_ = ImGui::GetTime();
    job_.start([shown = figure_to_export(context, id), keep = context.shared_snapshot(), screen, paper] {
      return picture_of(furnished(shown, paper), screen);
    });
  }
  const std::string& words = figure.sentence.empty() ? error_ : figure.sentence;
  if (words.empty() && !image_.rgba.empty()) return draw_page(image_, min, max);
  const ScopedRowWidth width(max.x - min.x);
  ImGui::SetCursorScreenPos(min);
  note(words);
}

}  // namespace iem::gui
