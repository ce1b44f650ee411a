// The page that an export would write, as a picture that fits the card or has the size of the page. It is
// made on a worker whenever what it shows has changed.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "app/export/export.h"
#include "app/gui/context/panel_context.h"
#include "app/gui/platform/job.h"
#include "app/paint/canvas.h"

namespace iem::gui {

class ExportPreview {
 public:
  ExportPreview() = default;
  ~ExportPreview() { *ended_ = true; }
  ExportPreview(const ExportPreview&) = delete;
  ExportPreview& operator=(const ExportPreview&) = delete;

  // The page of this figure, with the furniture of `paper`, in the middle of [min, max]; a sentence where
  // there is none. A switch below the page shows it in its true size.
  void draw(PanelContext& context, const std::string& figure, const ExportOptions& options,
            const Config& paper, ImVec2 min, ImVec2 max);
  // Takes what is done; once a frame.
  void follow();
  bool working() const { return job_.running(); }
  const paint::Image& shown() const { return image_; }
  bool has_true_size() const { return true_size_; }

 private:
  // What a picture shows: it is made again when this changes.
  struct Subject {
    std::string figure;
    std::uint64_t serial = 0, view = 0;
    std::size_t panels = 0;  // of a figure that is slow to make, when it comes
    double width_cm = 0, height_cm = 0, dpi = 0;
    paint::ThemeId theme = paint::ThemeId::light;
    bool transparent = false;
    std::uint64_t paper = 0;  // revision of the furniture
    bool operator==(const Subject&) const = default;
  };
  // A page, and the state string of its run where a link leads there.
  struct Made {
    paint::Image image;
    std::string state;
  };
  // What a state string says.
  struct OfState {
    std::uint64_t hash = 0, view = 0, paper = 0;
    const void* setup = nullptr;
    bool operator==(const OfState&) const = default;
  };
  bool may_begin(const PanelContext& context) const;
  void begin(PanelContext& context, const std::string& figure, const ExportOptions& screen,
             const Config& paper);
  void choose_size(float left, float right, float bottom);
  double dpi_for(float width, double width_cm) const;
  void draw_page(ImVec2 min, ImVec2 max) const;

  bool true_size_ = false, read_ = false;  // as at the last start
  Subject made_;                           // or being made
  double begun_at_ = 0;
  paint::Image image_;
  std::string error_;
  OfState of_state_;   // which state_ is of, or will be
  std::string state_;  // asked for once, since the engine shows a new snapshot whenever it is asked
  std::shared_ptr<std::atomic<bool>> ended_ = std::make_shared<std::atomic<bool>>(false);  // seen by job_
  Job<Made> job_;
};

// The figure with those axes logarithmic that the user has switched (ViewState::log_axes).
Figure as_switched(Figure figure, const std::set<std::string>& log);

// The figure of this id as it is exported: in the notation of the view, with the axes that the user has
// switched, and with a copy of what a pen has drawn over the stage. Its marks are spans into the present
// snapshot and into what the figure keeps itself.
Figure figure_to_export(PanelContext& context, const std::string& id);

// Makes the same on any thread, later, as it is now.
std::function<Figure()> maker_to_export(const PanelContext& context, const FigureType& type);

}  // namespace iem::gui
