// Where a page has the link to its run: a small line below the caption, and the code in the lower right
// corner, beside the caption where that keeps enough room.
#pragma once

#include <string>

#include "app/export/link/run_link.h"
#include "app/paint/canvas.h"
#include "app/paint/theme.h"

namespace iem::paint {

constexpr double kLinkSize = 9, kLinkLine = 16;  // style pixels

// The edge of one square of a code, in style pixels: small, but not below what can be read.
double square_px(const QrCode& code, double px_per_cm);

struct PageLink;

// What the link takes of the foot of a page.
class LinkRoom {
 public:
  LinkRoom(const RunLink& link, double px_per_cm);

  // The width left for words, of `whole` between the ends of the plots.
  double words_px(double whole) const;
  // The height of everything below the plots and their names, where a caption of this height takes part;
  // 0: there is nothing.
  double foot_px(double whole, double caption_px) const;

 private:
  friend PageLink place_link(const LinkRoom& room, Px foot, double whole, double caption_px, Canvas& canvas);
  bool has_code() const { return link_.code.side > 0; }
  bool is_beside(double whole) const;
  double line_px() const { return link_.in_words ? kLinkLine : 0; }
  double code_top(double whole, double caption_px) const;

  const RunLink& link_;
  double square_, block_;  // of one square; of the code with what stays free around it
};

struct PageLink {
  std::string address;  // empty: none
  std::string words;    // as much of it as fits; empty: no line
  Px at;                // of the words: baseline, left
  QrCode code;
  double square_px = 0;
  Px corner;              // the code's upper right one
  bool is_below = false;  // the words rather than beside them
};

// `foot`: left end of the plots, and where the foot of the page begins. Throws InputError where the page is
// too narrow for the code.
PageLink place_link(const LinkRoom& room, Px foot, double whole, double caption_px, Canvas& canvas);

void draw_link_words(const PageLink& link, const Theme& theme, Canvas& canvas);
// `pixel_px`: the edge of a pixel, where the page has pixels: squares then are whole ones. 0: it has none.
// Returns the place of the code with what stays free around it.
PxRect draw_link_code(const PageLink& link, const Theme& theme, bool transparent, Canvas& canvas,
                      double pixel_px);

}  // namespace iem::paint
