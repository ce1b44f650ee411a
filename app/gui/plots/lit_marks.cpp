#include "app/gui/plots/lit_marks.h"

#include "core/figure/symbol_marks.h"

namespace iem::gui {

void light_marks(PanelContext& context, const std::string& figure_id, const Panel& panel, PlotArea& area,
                 const PlotOptions& options) {
  Pointed& pointed = context.pointed();
  if (area.hovered()) {
    const ElementId under = paint::element_at(panel, area.to_px(), area.mouse());
    if (std::string series = series_of(panel, under); !series.empty())
      pointed.at_marks(figure_id, std::move(series));
  }
  if (pointed.letters().empty()) return;
  const Panel lit = lit_panel(panel, context.lab().symbol_marks(), figure_id, pointed.letters());
  if (!lit.marks.empty()) area.paint_marks(lit, options);
}

}  // namespace iem::gui
