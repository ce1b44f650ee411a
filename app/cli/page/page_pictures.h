// What the panels of a page show: where their runs have come to, or on the way there.
#pragma once

#include <string>
#include <vector>

#include "app/cli/page/page_file.h"
#include "app/cli/page/panel_runs.h"
#include "app/export/animation/run_frames.h"
#include "app/export/grid/figure_grid.h"
#include "core/figure/furniture.h"

namespace iem::cli {

class PagePictures {
 public:
  // Says on standard error which runs beside a panel's do not fit.
  PagePictures(const PageFile& page, const PageOptions& options, const PanelRuns& runs);

  // Writes the page, and warns of letters that no font has.
  void write(const FigureFormat& format) const;
  // Writes how it came to this: all panels go on together, each from its first step to its own last one.
  // InputError of kind `interrupted` after a signal that comes meanwhile.
  void write_film(const AnimationFormat& format) const;

 private:
  struct Moment {
    std::vector<GridFigure> figures;
    std::vector<std::string> states;
    std::string captions;  // of all panels, with their letters
    std::vector<std::vector<IdleFurniture>> idle;
  };

  ExportOptions paper() const;
  Moment moment(const std::vector<Filmed>& here) const;
  GridFigure place_of(std::size_t panel) const;
  std::string caption_of(const Moment& moment) const;
  Moment last() const;
  void note_idle(const Moment& last) const;

  const PageFile& page_;
  const PageOptions& options_;
  const PanelRuns& runs_;
  GridLook look_;
  std::vector<FilmedPanel> panels_;  // where their steps end
};

}  // namespace iem::cli
