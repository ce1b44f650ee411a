// Sheets of paper in one PDF, drawn one after the other. The same calls give the same bytes.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/export/page_layout.h"
#include "app/paint/canvas.h"

namespace iem {

class PdfSheets {
 public:
  // What the file says of itself; what is empty is not said.
  struct About {
    std::string title, subject = {}, keywords = {};
  };
  // The size is of every sheet, in style pixels of this scale.
  PdfSheets(double width_px, double height_px, const About& about, paint::PaperScale scale = {});
  ~PdfSheets();
  PdfSheets(const PdfSheets&) = delete;
  PdfSheets& operator=(const PdfSheets&) = delete;

  // Draws on the present sheet, with the canvas's origin at this place.
  void draw_at(paint::Px origin, const std::function<void(paint::Canvas&)>& draw);
  void next_sheet();
  // The file. Throws InputError (kind io) or std::bad_alloc where it could not be made.
  std::string finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace iem
