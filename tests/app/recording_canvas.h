// A canvas that only remembers, for tests of what is painted where.
#pragma once

#include <string>
#include <vector>

#include "app/export/extents.h"
#include "app/paint/canvas.h"

namespace iem::paint {

class RecordingCanvas : public Canvas {
 public:
  struct Word {
    std::string text;
    bool tex;
    PxRect rect;
    TextStyle style;
  };
  struct Curve {
    std::vector<Px> points;
    Stroke stroke;
  };
  struct Disc {
    Px centre;
    double radius;
    Rgba colour;
  };
  std::vector<Word> words;
  std::vector<Curve> curves;
  std::vector<std::vector<Px>> polygons;
  std::vector<Disc> discs;
  std::vector<PxRect> rects;
  std::vector<Image> images;
  int clips = 0, groups = 0;

  void polyline(std::span<const Px> p, const Stroke& s) override {
    curves.push_back({{p.begin(), p.end()}, s});
  }
  void fill_polygon(std::span<const Px> p, Rgba) override { polygons.emplace_back(p.begin(), p.end()); }
  void fill_rect(const PxRect& r, Rgba, double) override { rects.push_back(r); }
  void disc(Px c, double r, Rgba colour, double, Rgba) override { discs.push_back({c, r, colour}); }
  void circle(Px, double, const Stroke& s) override { curves.push_back({{}, s}); }
  void image(const Image& i, const PxRect&, bool) override { images.push_back(i); }
  void text(std::string_view t, Px at, const TextStyle& s) override {
    add(t, false, at, s, text_extent(t, s));
  }
  TextExtent measure_text(std::string_view t, const TextStyle& s) override { return text_extent(t, s); }
  void formula(std::string_view t, Px at, const TextStyle& s) override {
    add(t, true, at, s, formula_extent(t, s));
  }
  TextExtent measure_formula(std::string_view t, const TextStyle& s) override { return formula_extent(t, s); }
  void push_clip(const PxRect&) override { ++clips; }
  void pop_clip() override { --clips; }
  void begin_group(std::string_view) override { ++groups; }
  void end_group() override { --groups; }

 private:
  void add(std::string_view t, bool tex, Px at, const TextStyle& s, const TextExtent& e) {
    const double x = left_of(at.x, e.width, s.anchor);
    words.push_back({std::string(t), tex, {x, at.y - e.ascent, x + e.width, at.y + e.descent}, s});
  }
};

}  // namespace iem::paint
