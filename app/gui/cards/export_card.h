// The export of a figure: which one, format, page, furniture and path, beside a preview of the page. The
// figure is made from the snapshot and written on a worker, with the state string of the run at the
// snapshot's step, so that the file can reopen its run.
#pragma once

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include "app/export/export.h"
#include "app/gui/cards/export_preview.h"
#include "app/gui/cards/film.h"
#include "app/gui/cards/furniture_rows.h"
#include "app/gui/context/panel_context.h"
#include "app/gui/platform/job.h"

namespace iem::gui {

class ExportCard {
 public:
  ExportCard() = default;
  ~ExportCard();
  ExportCard(const ExportCard&) = delete;
  ExportCard& operator=(const ExportCard&) = delete;

  void toggle();
  bool is_open() const { return open_; }
  void draw(PanelContext& context, ImVec2 anchor);
  // Takes the result of a finished export; called once a frame, whether the card is open or not.
  void collect(PanelContext& context);
  bool working() const { return job_.running() || preview_.working(); }
  const ExportPreview& preview() const { return preview_; }
  const std::string& path() const { return path_; }  // of what will be written

 private:
  void choose_figure(PanelContext& context);
  void choose_size();
  void choose_look(std::string_view numbers);
  ExportOptions options() const;
  bool would_overwrite() const;
  bool is_folder() const;
  auto choices() const {
    return std::tuple(path_, figure_, format_, part_, &film_.format(), theme_, width_cm_, height_cm_, dpi_,
                      transparent_, natural_height_, svg_outlines_, tex_document_);
  }
  void forget_message();
  void save(PanelContext& context);
  void copy(PanelContext& context);
  void save_all(PanelContext& context);
  void write(PanelContext& context, const std::string& path, bool to_clipboard);
  void write_film(PanelContext& context);
  void choose_part(PanelContext& context);
  void choose_path(Notices& notices);
  void buttons(PanelContext& context);
  void settings(PanelContext& context);
  void draw_preview(PanelContext& context, ImVec2 min, ImVec2 max);
  const std::string& figure_id(const PanelContext& context) const;
  std::string suggested_path(PanelContext& context) const;
  std::string extension() const;
  void follow_format();

  bool open_ = false;
  int figure_ = 0, format_ = 0, theme_ = 0;
  double width_cm_ = 17, height_cm_ = 12, dpi_ = 300;
  bool transparent_ = false, natural_height_ = true, svg_outlines_ = true, tex_document_ = true;
  enum Part : int { page, furniture, film };
  int part_ = page;  // of the settings
  FurnitureRows furniture_;
  std::string path_;
  bool path_typed_ = false;
  // The file that may be overwritten by this figure of this run: written here last, or asked about.
  std::string mine_;
  std::uint64_t of_opened_ = ~std::uint64_t{0};  // PanelContext::opened of that run
  std::string message_;
  bool failed_ = false, asks_ = false;  // asks_: whether the file may be replaced
  struct Saved {
    std::string said, warning;  // the latter about letters that no font has
  };
  Job<Saved> job_;
  FilmRows film_;
  std::shared_ptr<FilmProgress> filming_;  // of the job, if it is a film
  ExportPreview preview_;
  float settings_height_ = 0;  // in the last frame
};

}  // namespace iem::gui
