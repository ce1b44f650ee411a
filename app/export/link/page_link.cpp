#include "app/export/link/page_link.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/paint/curve_name.h"
#include "core/base/error.h"

namespace iem::paint {
namespace {

constexpr double kUsualCodeCm = 1.6, kLeastSquareCm = 0.02;  // 0.2 mm: app/export/link/qr_code.h
constexpr double kBesideCode = 10, kBelowWords = 6;
constexpr double kLeastBeside = 170;  // px: where a caption has lines that can be read
constexpr double kFirstLine = 12;     // baseline of a caption's first line
constexpr double kCapHeight = 0.711;  // em, Roboto
constexpr double kLinkBaseline = 12;  // in its line

constexpr double kCodeTop = kFirstLine - kCapHeight * kFirstLine;  // level with the tops of letters

// As finely as an SVG is written, so that squares in it are all of one size.
double in_hundredths(double px) { return std::round(100 * px) / 100; }

// Dark squares of one row that touch are one.
std::vector<PxRect> dark_rects(const QrCode& code, Px upper_left, double square) {
  std::vector<PxRect> out;
  for (int y = 0; y < code.side; ++y)
    for (int x = 0; x < code.side; ++x) {
      if (!code.is_dark(x, y)) continue;
      const int first = x;
      while (x + 1 < code.side && code.is_dark(x + 1, y)) ++x;
      out.push_back({upper_left.x + square * first, upper_left.y + square * y,
                     upper_left.x + square * (x + 1), upper_left.y + square * (y + 1)});
    }
  return out;
}

}  // namespace

double square_px(const QrCode& code, double px_per_cm) {
  const double cm = std::max(kUsualCodeCm / (code.side + 2 * kQuietZone), kLeastSquareCm);
  return std::ceil(100 * cm * px_per_cm) / 100;
}

LinkRoom::LinkRoom(const RunLink& link, double px_per_cm)
    : link_(link),
      square_(has_code() ? iem::paint::square_px(link.code, px_per_cm) : 0),
      block_((link.code.side + 2 * kQuietZone) * square_) {}

bool LinkRoom::is_beside(double whole) const {
  return has_code() && whole - block_ - kBesideCode >= kLeastBeside;
}

double LinkRoom::words_px(double whole) const {
  return is_beside(whole) ? whole - block_ - kBesideCode : whole;
}

double LinkRoom::code_top(double whole, double caption_px) const {
  const double words = caption_px + line_px();
  return (is_beside(whole) || words == 0 ? 0 : words + kBelowWords) + kCodeTop;
}

double LinkRoom::foot_px(double whole, double caption_px) const {
  const double code = has_code() ? code_top(whole, caption_px) + block_ : 0;
  return std::max(caption_px + line_px(), code);
}

PageLink place_link(const LinkRoom& room, Px foot, double whole, double caption_px, Canvas& canvas) {
  const RunLink& link = room.link_;
  PageLink out;
  out.address = link.address;
  if (link.in_words) {
    const TextStyle style{kLinkSize, false, Anchor::left, {}};
    const double width = room.words_px(whole);
    constexpr double kNarrowest = 0.2;  // em, of letters: more of them than these are not measured
    const auto most = static_cast<std::size_t>(std::max(0.0, width / (kNarrowest * kLinkSize)));
    out.words = cut_words(link.address.substr(0, most), width, style, canvas);
    out.at = {foot.x, foot.y + caption_px + kLinkBaseline};
  }
  if (!room.has_code()) return out;
  if (room.block_ > whole) throw InputError("the page is too narrow for the code of its link");
  out.code = link.code;
  out.square_px = room.square_;
  out.is_below = !room.is_beside(whole);
  out.corner = {in_hundredths(foot.x + whole), in_hundredths(foot.y + room.code_top(whole, caption_px))};
  return out;
}

void draw_link_words(const PageLink& link, const Theme& theme, Canvas& canvas) {
  if (link.words.empty()) return;
  canvas.begin_group("link");
  canvas.begin_link(link.address);
  canvas.text(link.words, link.at, {kLinkSize, false, Anchor::left, with_alpha(theme.muted, 1)});
  canvas.end_link();
  canvas.end_group();
}

// On light paper it is drawn in ink, its squares in line with what is above and beside it; elsewhere on a
// plate, which has these lines, since few programs read a code that is light on dark.
PxRect draw_link_code(const PageLink& link, const Theme& theme, bool transparent, Canvas& canvas,
                      double pixel_px) {
  if (link.code.side == 0) return {};
  const Rgb black{0, 0, 0}, white{1, 1, 1};
  constexpr double kAsWhite = 1.3;  // contrast
  const bool on_plate = transparent || contrast_ratio(theme.paper, white) > kAsWhite;
  double square = link.square_px;
  Px corner = link.corner;
  if (pixel_px > 0 && square >= pixel_px) {
    square = std::floor(square / pixel_px) * pixel_px;
    corner = {std::floor(corner.x / pixel_px) * pixel_px, std::round(corner.y / pixel_px) * pixel_px};
  }
  const double quiet = kQuietZone * square, side = link.code.side * square;
  if (on_plate) corner = {corner.x - quiet, corner.y + quiet};
  const PxRect place{corner.x - side, corner.y, corner.x, corner.y + side};
  canvas.begin_group("code");
  canvas.begin_link(link.address);
  if (on_plate) canvas.fill_rect(place.grown(quiet), with_alpha(white, 1));
  canvas.fill_rects(dark_rects(link.code, {place.x0, place.y0}, square),
                    with_alpha(on_plate ? black : theme.ink, 1));
  canvas.end_link();
  canvas.end_group();
  return place.grown(quiet);
}

}  // namespace iem::paint
