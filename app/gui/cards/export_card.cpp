#include "app/gui/cards/export_card.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <utility>
#include <vector>

#include "app/export/formats.h"
#include "app/export/tex_figure.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/file_dialog.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/figure/log_axis.h"
#include "core/labs/kit/figure_parts.h"
#include "core/session/state_string.h"

namespace iem::gui {
namespace {

const FigureFormat& format_at(int index) { return figure_formats()[static_cast<std::size_t>(index)]; }

std::vector<Choice> format_choices() {
  std::vector<Choice> out;
  for (const FigureFormat& format : figure_formats()) out.push_back({format.label});
  return out;
}

std::filesystem::path home() {
  const char* folder = std::getenv("HOME");
  std::error_code gone;
  return folder && *folder ? std::filesystem::path(folder) : std::filesystem::current_path(gone);
}

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

}  // namespace

std::string ExportCard::suggested_path(PanelContext& context) const {
  const Scene& scene = context.snapshot().setup->scene;
  const auto& figures = context.lab().figures();
  const std::string name = (scene.name.empty() ? context.lab().id() : file_stem(scene.name)) + "_" +
                           figures[static_cast<std::size_t>(figure_)].id +
                           std::string(format_at(format_).extension);
  const std::filesystem::path folder = path_.empty() ? home() : std::filesystem::path(path_).parent_path();
  return (folder / name).string();
}

void ExportCard::follow_format() {
  if (!path_.empty())
    path_ = std::filesystem::path(path_).replace_extension(format_at(format_).extension).string();
}

void ExportCard::choose_figure(PanelContext& context) {
  const auto& types = context.lab().figures();
  std::vector<Choice> names;
  for (const FigureType& type : types) names.push_back({type.title});
  figure_ = std::clamp(figure_, 0, static_cast<int>(types.size()) - 1);
  const std::string& help = types[static_cast<std::size_t>(figure_)].help;
  const bool other =
      choice_row({.id = "##figure", .label = text::kFigure, .help = help}, figure_, names).changed;
  gap(6);
  const bool format = segments("##format", format_, format_choices()).changed;
  gap(6);
  if (format) follow_format();
  if ((other && !path_typed_) || path_.empty()) path_ = suggested_path(context);
}

void ExportCard::choose_size() {
  const std::string_view numbers = format_at(format_).has_words() ? std::string_view() : text::kOnlyFigures;
  scrub_row({.id = "##width", .label = text::kWidth, .unit = text::kCm, .disabled = numbers}, width_cm_,
            {.slider_min = 4, .slider_max = 30, .min = 2, .max = 200});
  toggle_row(
      {.id = "##natural", .label = text::kNaturalHeight, .help = text::kHeightHelp, .disabled = numbers},
      natural_height_);
  if (!natural_height_)
    scrub_row({.id = "##height", .label = text::kHeight, .unit = text::kCm, .disabled = numbers}, height_cm_,
              {.slider_min = 4, .slider_max = 30, .min = 2, .max = 200});
  scrub_row(
      {.id = "##dpi",
       .label = text::kDpi,
       .unit = text::kDpiUnit,
       .disabled = format_at(format_).kind == FormatKind::pixels ? std::string_view() : text::kOnlyPixels},
      dpi_, {.slider_min = 72, .slider_max = 600, .min = 20, .max = 2400});
  choose_look(numbers);
}

void ExportCard::choose_look(std::string_view numbers) {
  gap(6);
  static constexpr std::array<Choice, 3> kThemes = {Choice{text::kThemeLight}, Choice{text::kThemeDark},
                                                    Choice{text::kThemePrint}};
  segments("##theme", theme_, kThemes);
  gap(4);
  toggle_row({.id = "##transparent",
              .label = text::kTransparent,
              .help = text::kTransparentHelp,
              .disabled = numbers},
             transparent_);
  toggle_row({.id = "##outlines",
              .label = text::kSvgOutlines,
              .help = text::kSvgOutlinesHelp,
              .disabled = format_at(format_).svg_text ? std::string_view() : text::kOnlySvg},
             svg_outlines_);
  toggle_row({.id = "##document",
              .label = text::kTexDocument,
              .help = text::kTexDocumentHelp,
              .disabled = format_at(format_).kind == FormatKind::tex ? std::string_view() : text::kOnlyTex},
             tex_document_);
}

// A file that somebody else has put there is overwritten only after asking.
bool ExportCard::would_overwrite() const {
  std::error_code unknown;
  if (path_ == mine_) return false;
  const auto is_there = [&](const std::string& path) { return std::filesystem::exists(path, unknown); };
  return is_there(path_) || (format_at(format_).kind == FormatKind::tex &&
                             std::ranges::any_of(tex_picture_files(path_), is_there));
}

ExportOptions ExportCard::options() const {
  ExportOptions out;
  out.width_cm = width_cm_;
  out.height_cm = natural_height_ ? 0 : height_cm_;
  out.dpi = dpi_;
  out.theme = std::array{paint::ThemeId::light, paint::ThemeId::dark,
                         paint::ThemeId::print}[static_cast<std::size_t>(theme_)];
  out.transparent = transparent_;
  out.svg_text = svg_outlines_ ? SvgText::outlines : SvgText::real;
  out.tex = tex_document_ ? TexKind::document : TexKind::fragment;
  return out;
}

void ExportCard::save(PanelContext& context) {
  failed_ = would_overwrite();
  mine_ = path_;
  if (failed_) {
    message_ = std::string(text::kReplaceIt);
    return;
  }
  const std::string id = context.lab().figures()[static_cast<std::size_t>(figure_)].id;
  message_ = std::string(text::kSaving);
  auto copy = std::make_shared<std::promise<Run>>();
  context.engine().look([copy](const Run& run) { copy->set_value(run); });
  context.engine().pump();
  // The marks are spans into the snapshot, so the job keeps it alive.
  job_.start([figure = in_notation_of(context.view().config,
                                      as_switched(context.figure(id), context.view().log_axes)),
              keep = context.shared_snapshot(), path = path_, paper = options(), view = context.view().config,
              run = copy->get_future().share()]() mutable -> Saved {
    Run then = run.get();
    then.work_on(std::make_shared<ThreadPool>(1));  // the engine works on its own
    then.seek(keep->state.step);                    // it may have gone on since
    paper.metadata = write_state_string(then, view);
    write_figure(figure, path, paper);
    const LettersBy by = figure_format_of(path)->letters();
    return {path, missing_letters_warning(missing_letters(figure, by), by)};
  });
}

void ExportCard::collect(PanelContext& context) {
  if (!job_.ready()) return;
  const Outcome<Saved> written = job_.take();
  failed_ = !written.value;
  message_ = failed_ ? written.error : std::string(text::kSaved) + " " + written.value->path;
  if (!failed_)
    context.notices().say(message_, Notices::Tone::good);
  else if (!open_)
    context.notices().say(message_, Notices::Tone::warn);
  if (!failed_ && format_at(format_).has_words() && !written.value->warning.empty())
    context.notices().say(written.value->warning, Notices::Tone::warn);
}

void ExportCard::draw(PanelContext& context, ImVec2 anchor) {
  if (!begin_card("##export.card", {.at = anchor, .pivot = {1, 0}, .width = 340, .stays = true}, open_))
    return;
  card_head(text::kExportTitle);
  choose_figure(context);
  choose_size();
  gap(4);
  bool browse = false;
  if (path_row({.id = "##path", .label = text::kPath}, path_, browse).changed) path_typed_ = true;
  if (browse) file_dialog().ask_save("figure.export", path_);
  if (const std::string chosen = file_dialog().take("figure.export"); !chosen.empty())
    path_ = mine_ = chosen, path_typed_ = true;  // the dialog has asked
  gap(10);
  const float right = ImGui::GetCursorScreenPos().x + row_width();
  const float save_width = measure_text(text::kSave, type::kBody, Face::bold).width + px(32);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({right - save_width, at.y});
  const std::string_view busy = working() ? text::kSaving : std::string_view();
  if (text_button({.id = "##save", .disabled = busy}, text::kSave, true)) save(context);
  if (!message_.empty()) {
    const ScopedRowWidth width(row_width());
    gap(8);
    ImGui::PushStyleColor(ImGuiCol_Text, colour(failed_ ? theme().bad : theme().good));
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + row_width());
    const ScopedFont face(Face::regular, type::kSmall);
    ImGui::TextUnformatted(message_.data(), message_.data() + message_.size());
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
  }
  end_card();
}

}  // namespace iem::gui
