#include "app/gui/cards/export_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <utility>
#include <vector>

#include "app/export/animation/animation.h"
#include "app/export/formats.h"
#include "app/export/table_file.h"
#include "app/export/tex_figure.h"
#include "app/gui/cards/export_work.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/file_dialog.h"
#include "app/gui/platform/home_folder.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/figure/furniture.h"

namespace iem::gui {
namespace {

const FigureFormat& format_at(int index) { return figure_formats()[static_cast<std::size_t>(index)]; }

std::vector<Choice> format_choices() {
  std::vector<Choice> out;
  for (const FigureFormat& format : figure_formats()) out.push_back({format.label});
  return out;
}

std::filesystem::path home() {
  const std::string folder = home_folder();
  std::error_code gone;
  return folder.empty() ? std::filesystem::current_path(gone) : std::filesystem::path(folder);
}

}  // namespace

const std::string& ExportCard::figure_id(const PanelContext& context) const {
  return context.lab().figures()[static_cast<std::size_t>(figure_)].id;
}

std::string ExportCard::suggested_path(PanelContext& context) const {
  const Scene& scene = context.snapshot().setup->scene;
  const auto& figures = context.lab().figures();
  const std::string name = (scene.name.empty() ? context.lab().id() : file_stem(scene.name)) + "_" +
                           figures[static_cast<std::size_t>(figure_)].id + extension();
  const std::filesystem::path folder = path_.empty() ? home() : std::filesystem::path(path_).parent_path();
  return (folder / name).string();
}

// Of what is written; a film of PNG files is a folder.
std::string ExportCard::extension() const {
  if (part_ != film) return std::string(format_at(format_).extension);
  return film_.format().is_folder() ? "_film/" : std::string(film_.format().extension);
}

void ExportCard::follow_format() {
  if (path_.empty()) return;
  std::filesystem::path path = path_;
  if (path_.ends_with('/')) path = path.parent_path();
  std::string stem = path.stem().string();
  if (stem.ends_with("_film")) stem.resize(stem.size() - 5);
  path_ = (path.parent_path() / (stem + extension())).string();
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
  const bool format =
      part_ == film ? film_.choose_format() : segments("##format", format_, format_choices()).changed;
  gap(6);
  if (format) follow_format();
  const bool other_run = std::exchange(of_opened_, context.opened()) != context.opened();
  if (other || other_run) mine_.clear();  // what was written there is not what would be written now
  if (other_run) forget_message();
  if (((other || other_run) && !path_typed_) || path_.empty()) path_ = suggested_path(context);
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
  std::vector<std::string> beside;
  if (format_at(format_).kind == FormatKind::tex) beside = tex_picture_files(path_);
  if (format_at(format_).kind == FormatKind::numbers) beside = {companion_of(path_)};
  return is_there(path_) || std::ranges::any_of(beside, is_there);
}

// In place of a file; some films are folders themselves.
bool ExportCard::is_folder() const {
  std::error_code unknown;
  if (part_ == film && film_.format().is_folder()) return false;
  return path_.ends_with('/') || std::filesystem::is_directory(path_, unknown);
}

// What was said is about other choices, or about the card as it was open before. A question is to be asked
// again then.
void ExportCard::forget_message() {
  if (job_.running()) return;
  if (std::exchange(asks_, false)) mine_.clear();
  message_.clear();
}

void ExportCard::toggle() {
  open_ = !open_;
  if (open_) forget_message();
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
  out.link_base = link_base();
  return out;
}

// What was to be saved is written first, and only a film, which may take long, is given up.
ExportCard::~ExportCard() {
  if (filming_) filming_->cancelled = true;
}

void ExportCard::save(PanelContext& context) {
  if (is_folder()) {
    failed_ = true;
    message_ = std::string(text::kIsFolder);
    return;
  }
  if (std::filesystem::path(path_).extension().empty() && !extension().ends_with('/')) path_ += extension();
  failed_ = asks_ = would_overwrite();
  mine_ = path_;
  if (failed_) {
    message_ = std::string(text::kReplaceIt);
    return;
  }
  if (part_ == film) return write_film(context);
  write(context, path_, false);
}

// As a picture of pixels, whatever format is chosen.
void ExportCard::copy(PanelContext& context) {
  failed_ = false;
  write(context, std::filesystem::path(path_).replace_extension(".png").string(), true);
}

void ExportCard::save_all(PanelContext& context) {
  failed_ = false;
  message_ = std::string(text::kSaving);
  const Scene& scene = context.snapshot().setup->scene;
  const std::string name = scene.name.empty() ? context.lab().id() : file_stem(scene.name);
  std::vector<FigureToSave> figures;
  for (const FigureType& type : context.lab().figures()) {
    if (!is_offered(type, context.snapshot().config())) continue;
    figures.push_back({name + "_" + type.id + std::string(format_at(format_).extension),
                       maker_to_export(context, type), furniture_.paper(context, type.id)});
  }
  const std::string folder = free_path(std::filesystem::path(path_).parent_path() / (name + "_figures"));
  job_.start([figures = std::move(figures), folder, paper = options(), run = run_of(context)]() -> Saved {
    std::string warning;
    const int count = write_into(folder, figures, *run({}), paper, warning);
    return {std::string(text::kSaved) + " " + std::to_string(count) + " " + std::string(text::kFiguresIn) +
                " " + folder,
            std::move(warning)};
  });
}

void ExportCard::write_film(PanelContext& context) {
  filming_ = std::make_shared<FilmProgress>();
  FilmOrder order{.figure = figure_id(context),
                  .path = path_,
                  .look = options(),
                  .view = furniture_.paper(context, figure_id(context)),
                  .log_axes = context.view().log_axes,
                  .settings = film_.settings()};
  order.look.dpi = usual_animation_dpi(width_cm_);
  job_.start([order = std::move(order), progress = filming_, runs = runs_of(context)]() -> Saved {
    std::optional<Comparison> now = runs([&] { return !progress->cancelled; });
    if (!now || !gui::write_film(*std::move(now), order, *progress))
      return {std::string(text::kFilmCancelled), ""};
    return {std::string(text::kSaved) + " " + order.path, ""};
  });
}

void ExportCard::write(PanelContext& context, const std::string& path, bool to_clipboard) {
  message_ = std::string(to_clipboard ? text::kCopying : text::kSaving);
  // The marks are spans into the snapshot, so the job keeps it alive.
  job_.start([plain = figure_to_export(context, figure_id(context)), keep = context.shared_snapshot(), path,
              to_clipboard, paper = options(), view = furniture_.paper(context, figure_id(context)),
              run = run_of(context)]() mutable -> Saved {
    const Figure figure = furnished(std::move(plain), view);
    say_run_and_link(*run({}), view, path, paper);
    if (!to_clipboard) write_figure(figure, path, paper);
    std::string said =
        to_clipboard ? copy_or_keep(figure, path, paper) : std::string(text::kSaved) + " " + path;
    return {std::move(said), warning_of(figure, *figure_format_of(path), paper)};
  });
}

void ExportCard::collect(PanelContext& context) {
  preview_.follow();
  if (job_.running() && filming_)
    message_ = std::string(text::kFilming) + " " + std::to_string(std::lround(100 * filming_->done)) + " %";
  if (!job_.ready()) return;
  filming_.reset();
  const Outcome<Saved> written = job_.take();
  failed_ = !written.value;
  message_ = failed_ ? written.error : written.value->said;
  if (!failed_)
    context.notices().say(message_, Notices::Tone::good);
  else if (!open_)
    context.notices().say(message_, Notices::Tone::warn);
  if (!failed_ && !written.value->warning.empty())
    context.notices().say(written.value->warning, Notices::Tone::warn);
}

// The size and look of the page, or what surrounds the figure on it.
void ExportCard::choose_part(PanelContext& context) {
  static constexpr std::array<Choice, 3> kParts = {Choice{text::kPagePart}, Choice{text::kFurniturePart},
                                                   Choice{text::kFilmPart}};
  const bool was_film = part_ == film;
  segments("##part", part_, kParts);
  if (was_film != (part_ == film)) follow_format();
  gap(6);
  if (part_ == page) return choose_size();
  if (part_ == film) return film_.draw(context);
  furniture_.draw(context, figure_id(context),
                  format_at(format_).has_words() ? std::string_view() : text::kOnlyFigures);
}

void ExportCard::choose_path(Notices& notices) {
  bool browse = false;
  if (path_row({.id = "##path", .label = text::kPath, .help = path_}, path_, browse).changed)
    path_typed_ = true;
  if (browse && dialog_is_free(notices)) file_dialog().ask_save("figure.export", path_);
  if (const std::string chosen = file_dialog().take("figure.export"); !chosen.empty())
    path_ = mine_ = chosen, path_typed_ = true, asks_ = false;  // the dialog has asked
}

void ExportCard::buttons(PanelContext& context) {
  const std::string_view busy = job_.running() ? text::kSaving : std::string_view();
  const std::string_view nothing =
      context.figure(figure_id(context)).sentence.empty() ? busy : text::kNothingToExport;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float save_width = measure_text(text::kSave, type::kBody, Face::bold).width + px(32);
  ImGui::SetCursorScreenPos({at.x - px(10), at.y});
  if (filming_) {
    if (text_button({.id = "##cancel"}, text::kCancelFilm)) filming_->cancelled = true;
  } else if (text_button({.id = "##copy",
                          .help = text::kCopyImageHelp,
                          .disabled = part_ == film ? text::kFilmHasNoCopy : nothing},
                         text::kCopyImage)) {
    copy(context);
  }
  const float copy_width = measure_text(text::kCopyImage, type::kBody).width + px(20);
  ImGui::SetCursorScreenPos({at.x - px(10) + copy_width, at.y});
  if (text_button({.id = "##all", .help = text::kSaveAllHelp, .disabled = busy}, text::kSaveAll))
    save_all(context);
  ImGui::SetCursorScreenPos({at.x + row_width() - save_width, at.y});
  if (text_button({.id = "##save", .disabled = busy}, text::kSave, true)) save(context);
}

void ExportCard::settings(PanelContext& context) {
  const float top = ImGui::GetCursorScreenPos().y;
  const auto before = choices();
  choose_figure(context);
  choose_part(context);
  gap(4);
  choose_path(context.notices());
  if (choices() != before) forget_message();
  gap(10);
  buttons(context);
  if (!message_.empty()) {
    gap(8);
    paragraph(message_, failed_ ? theme().bad : theme().good);
  }
  settings_height_ = ImGui::GetCursorScreenPos().y - top;
}

void ExportCard::draw_preview(PanelContext& context, ImVec2 min, ImVec2 max) {
  if (part_ == film || format_at(format_).has_words())
    return preview_.draw(context, figure_id(context), options(),
                         furniture_.paper(context, figure_id(context)), min, max);
  const ScopedRowWidth width(max.x - min.x);
  ImGui::SetCursorScreenPos(min);
  note(text::kNumbersHaveNoPicture);
}

// The preview stands beside the settings, or above them where the window is narrow.
void ExportCard::draw(PanelContext& context, ImVec2 anchor) {
  constexpr float kSettings = 300, kPreview = 420, kBetween = 28, kLeastPreview = 150;
  const bool beside = ImGui::GetIO().DisplaySize.x >= px(kSettings + kPreview + 120);
  const float wide = kSettings + 40 + (beside ? kPreview + kBetween : 0);
  if (!begin_card("##export.card", {.at = anchor, .pivot = {1, 0}, .width = wide, .stays = true}, open_))
    return;
  card_head(text::kExportTitle);
  furniture_.follow(context);
  film_.follow(context);
  figure_ = std::clamp(figure_, 0, static_cast<int>(context.lab().figures().size()) - 1);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float high = beside ? std::max(settings_height_, px(kLeastPreview)) : px(kLeastPreview);
  const float width = px(beside ? kPreview : kSettings);
  draw_preview(context, {at.x, at.y + px(4)}, {at.x + width, at.y + high});
  ImGui::SetCursorScreenPos({at.x, beside ? at.y : at.y + high + px(8)});
  const float indent = px(kPreview + kBetween);
  if (beside) ImGui::Indent(indent);
  {
    const ScopedRowWidth rows(px(kSettings));
    settings(context);
  }
  if (beside) ImGui::Unindent(indent);
  end_card();
}

}  // namespace iem::gui
