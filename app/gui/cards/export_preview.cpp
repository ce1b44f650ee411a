#include "app/gui/cards/export_preview.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "app/gui/cards/export_work.h"
#include "app/gui/gl/texture_cache.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/settings.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/hash.h"
#include "core/figure/furniture.h"
#include "core/figure/log_axis.h"
#include "core/labs/kit/figure_parts.h"
#include "core/session/state_string.h"

namespace iem::gui {
namespace {

paint::Image picture_of(const Figure& figure, const ExportOptions& options) {
  paint::Image image = render_figure(figure, options);
  Hash hash;
  hash.add(std::string_view(reinterpret_cast<const char*>(image.rgba.data()), image.rgba.size()));
  hash.add(static_cast<std::int64_t>(image.width));
  image.key = hash.value();
  return image;
}

constexpr const char* kTrueSizeSetting = "export.true_size";
constexpr float kSwitchRow = 26;  // its height
constexpr double kPageCmPerInch = 2.54;

// The page with its edge, its upper left corner at `from`.
void draw_sheet(const paint::Image& image, ImVec2 from, ImVec2 size) {
  const ImVec2 to(from.x + size.x, from.y + size.y);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddImage(texture_of(image), from, to);
  const float edge = hairline_px();
  list->AddRect({from.x - edge, from.y - edge}, {to.x + edge, to.y + edge}, colour(theme().hairline), 0,
                edge);
}

}  // namespace

Figure as_switched(Figure figure, const std::set<std::string>& log) {
  for (std::size_t i = 0; i < figure.panels.size(); ++i) {
    const std::string name = figure.id + (i > 0 ? "." + std::to_string(i) : "");
    for (const bool of_x : {true, false})
      if (log.contains(name + (of_x ? ".x" : ".y")))
        figure.panels[i] = on_log_axis(std::move(figure.panels[i]), of_x);
  }
  return figure;
}

Figure figure_to_export(PanelContext& context, const std::string& id) {
  Figure figure =
      in_notation_of(context.view().config, as_switched(context.figure(id), context.view().log_axes));
  const FigureType* stage = context.lab().figure_for(FigureUse::stage);
  if (stage && id == stage->id) context.strokes.add_copies_to(figure);
  return figure;
}

std::function<Figure()> maker_to_export(const PanelContext& context, const FigureType& type) {
  const Strokes pen = type.use == FigureUse::stage ? context.strokes : Strokes();
  return [make = context.maker_of(type), view = context.view().config, log = context.view().log_axes, pen] {
    Figure figure = in_notation_of(view, as_switched(make(), log));
    pen.add_copies_to(figure);
    return figure;
  };
}

// While a run plays every frame brings another figure: two pictures a second are enough.
bool ExportPreview::may_begin(const PanelContext& context) const {
  constexpr double kWhilePlaying_s = 0.5;
  const bool moves = context.snapshot().playing || context.walks;
  return !job_.running() && (!moves || ImGui::GetTime() >= begun_at_ + kWhilePlaying_s);
}

void ExportPreview::follow() {
  if (!job_.ready()) return;
  Outcome<Made> made = job_.take();
  error_ = made.error;
  if (!made.value) return;
  image_ = std::move(made.value->image);
  state_ = std::move(made.value->state);
}

void ExportPreview::begin(PanelContext& context, const std::string& id, const ExportOptions& screen,
                          const Config& paper) {
  RunsThen<Run> run;
  const bool linked = !link_page(paper, "-").empty();
  const OfState wanted = linked ? OfState{context.snapshot().state.hash(), context.view().revision,
                                          paper.revision(), context.snapshot().setup.get()}
                                : OfState{};
  if (!(wanted == of_state_)) {
    of_state_ = wanted, state_.clear();
    if (linked) run = run_of(context);
  }
  job_.start([shown = figure_to_export(context, id), keep = context.shared_snapshot(), page = screen, paper,
              linked, run, state = state_, ended = ended_]() mutable -> Made {
    if (run) {
      const std::optional<Run> now = run([&] { return !*ended; });
      if (!now) return {};
      state = write_state_string(*now, paper);
    }
    if (linked) page.link = run_link(paper, page.link_base, state);
    return {picture_of(furnished(shown, paper), page), std::move(state)};
  });
}

double ExportPreview::dpi_for(float width, double width_cm) const {
  constexpr double kLeastDpi = 10, kMostDpi = 400;
  const Look& look = current_look();
  const double wanted = true_size_ ? look.dots_per_inch * look.density : width / (width_cm / kPageCmPerInch);
  return std::clamp(wanted, kLeastDpi, kMostDpi);
}

// In its true size the page scrolls where it has no room.
void ExportPreview::draw_page(ImVec2 min, ImVec2 max) const {
  const auto width = static_cast<float>(image_.width), height = static_cast<float>(image_.height);
  const ImVec2 room(max.x - min.x, max.y - min.y);
  if (!true_size_) {
    const float fit = std::min({1.0F, room.x / width, room.y / height});
    const ImVec2 size(std::round(width * fit), std::round(height * fit));
    return draw_sheet(image_, {std::round(0.5F * (min.x + max.x - size.x)), min.y}, size);
  }
  const auto density = static_cast<float>(current_look().density);
  const ImVec2 size(width / density, height / density);
  const float edge = hairline_px();
  ImGui::SetCursorScreenPos(min);
  if (ImGui::BeginChild("##page", room, ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_HorizontalScrollbar)) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float free = ImGui::GetContentRegionAvail().x - size.x - 2 * edge;
    draw_sheet(image_, {at.x + edge + std::max(0.0F, std::round(0.5F * free)), at.y + edge}, size);
    ImGui::Dummy({size.x + 2 * edge, size.y + 2 * edge});
  }
  ImGui::EndChild();
}

void ExportPreview::choose_size(float left, float right, float bottom) {
  if (!std::exchange(read_, true)) true_size_ = settings().more[kTrueSizeSetting] == "on";
  const ScopedRowWidth width(right - left);
  ImGui::SetCursorScreenPos({left, bottom - px(kSwitchRow)});
  if (toggle_row({.id = "##true_size", .label = text::kTrueSize, .help = text::kTrueSizeHelp}, true_size_)
          .changed)
    settings().more[kTrueSizeSetting] = true_size_ ? "on" : "";
}

void ExportPreview::draw(PanelContext& context, const std::string& id, const ExportOptions& options,
                         const Config& paper, ImVec2 min, ImVec2 max) {
  choose_size(min.x, max.x, max.y);
  max.y -= px(kSwitchRow + 8);
  const Figure& figure = context.figure(id);
  ExportOptions screen = options;
  screen.dpi = dpi_for(max.x - min.x, options.width_cm);
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
    begin(context, id, screen, paper);
  }
  const std::string& words = figure.sentence.empty() ? error_ : figure.sentence;
  if (words.empty() && !image_.rgba.empty()) return draw_page(min, max);
  const ScopedRowWidth width(max.x - min.x);
  ImGui::SetCursorScreenPos(min);
  note(words);
}

}  // namespace iem::gui
