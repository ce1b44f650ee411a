#include "app/export/svg_canvas.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "app/export/escape.h"
#include "app/export/extents.h"
#include "app/paint/png_file.h"
#include "core/base/base64.h"
#include "core/base/hash.h"
#include "core/base/power_of_ten.h"
#include "core/base/text.h"

namespace iem::paint {
namespace {

// Where the hash of the document goes, in the names of what it refers to: in a page of several documents a
// name means the first thing that is called so, whichever document it is in. No text has this character.
constexpr char kContent = '\x01';

std::string with_hash(const std::string& body) {
  Hash hash;
  hash.add(body);
  const std::string name = hex(hash.value());
  std::string out;
  for (const char c : body) c == kContent ? out += name : out += c;
  return out;
}

// Two decimals of a style pixel are finer than any printer; trailing zeros only cost bytes.
std::string number(double v, int decimals = 2) {
  std::array<char, 64> buffer;
  if (!std::isfinite(v)) v = 0;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::clamp(v, -1e7, 1e7),
                                 std::chars_format::fixed, decimals);
  std::string text(buffer.data(), end.ptr);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string attribute(const char* name, double v, int decimals = 2) {
  return std::string(" ") + name + "=\"" + number(v, decimals) + "\"";
}

std::string colour_attributes(const char* kind, Rgba c) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = std::string(" ") + kind + "=\"#";
  for (std::uint8_t byte : to_bytes(c.rgb)) out += kHex[byte >> 4], out += kHex[byte & 15];
  out += "\"";
  if (c.a < 0.9995) out += attribute((std::string(kind) + "-opacity").c_str(), c.a, 3);
  return out;
}

// Words with their exponents raised: what follows one stands lower again.
std::string text_spans(const std::string& text, double size_px) {
  const double rise = kRise * size_px;
  std::string out;
  bool is_raised = false;
  for (const TextRun& run : text_runs(text)) {
    const std::string words = xml_escaped(run.text);
    if (run.raised)
      out += "<tspan" + attribute("dy", -rise) + attribute("font-size", kRaisedSize * size_px) + ">" + words +
             "</tspan>";
    else
      out += is_raised ? "<tspan" + attribute("dy", rise) + ">" + words + "</tspan>" : words;
    is_raised = run.raised;
  }
  return out;
}

}  // namespace

SvgCanvas::SvgCanvas(double width_px, double height_px, double least_width_px, SvgText words)
    : width_px_(width_px),
      height_px_(height_px),
      least_width_px_(least_width_px),
      words_(words) {}

std::string SvgCanvas::document(double width_cm, const std::string& title, const std::string& description,
                                const std::string& metadata) const {
  const double cm = width_cm / width_px_;
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"";
  out += " width=\"" + number(width_px_ * cm, 4) + "cm\" height=\"" + number(height_px_ * cm, 4) + "cm\"";
  out += " viewBox=\"0 0 " + number(width_px_, 3) + " " + number(height_px_, 3) + "\"";
  out +=
      " font-family=\"Roboto, Helvetica, Arial, sans-serif\" fill=\"none\" stroke-linejoin=\"round\" "
      "role=\"img\">\n";
  if (!title.empty()) out += "<title>" + xml_escaped(title) + "</title>\n";
  if (!description.empty()) out += "<desc>" + xml_escaped(description) + "</desc>\n";
  if (!metadata.empty()) out += "<metadata id=\"iemlab\">" + xml_escaped(metadata) + "</metadata>\n";
  return out + fonts() + with_hash(body_) + "</svg>\n";
}

// The letters used, so that text is set in its own face wherever fonts in a picture are honoured (all
// browsers); the list of families is for the others.
std::string SvgCanvas::fonts() const {
  std::string faces;
  for (const bool bold : {false, true}) {
    const std::string& letters = bold ? bold_letters_ : letters_;
    if (letters.empty()) continue;
    faces += std::string("@font-face{font-family:Roboto;font-weight:") + (bold ? "bold" : "normal") +
             ";src:url(data:font/ttf;base64," + to_base64(face_subset(letters, bold)) + ")}\n";
  }
  return faces.empty() ? "" : "<style>\n" + faces + "</style>\n";
}

void SvgCanvas::put_path(std::span<const Px> points, bool closed) {
  body_ += "<path d=\"";
  char command = 'M';
  for (const Px& p : points) {
    body_ += command + number(p.x) + " " + number(p.y);
    command = command == 'M' ? 'L' : ' ';
  }
  body_ += closed ? "Z\"" : "\"";
}

void SvgCanvas::put_stroke(const Stroke& s) {
  body_ += colour_attributes("stroke", s.colour) +
           attribute("stroke-width", std::max(s.width_px, least_width_px_), 3);
  const DashPattern pattern = dash_pattern(s);
  if (pattern.on > 0) body_ += " stroke-dasharray=\"" + number(pattern.on) + " " + number(pattern.off);
  if (pattern.on2 > 0) body_ += " " + number(pattern.on2) + " " + number(pattern.off2);
  if (pattern.on > 0) body_ += "\"";
  body_ += "/>\n";
}

void SvgCanvas::polyline(std::span<const Px> points, const Stroke& s) {
  if (points.size() < 2) return;
  put_path(points, s.closed);
  put_stroke(s);
}

void SvgCanvas::fill_polygon(std::span<const Px> points, Rgba colour) {
  put_path(points, true);
  body_ += colour_attributes("fill", colour) + "/>\n";
}

void SvgCanvas::fill_rect(const PxRect& r, Rgba colour, double radius) {
  body_ += "<rect" + attribute("x", r.x0) + attribute("y", r.y0) + attribute("width", r.width()) +
           attribute("height", r.height());
  if (radius > 0) body_ += attribute("rx", std::min({radius, r.width() / 2, r.height() / 2}));
  body_ += colour_attributes("fill", colour) + "/>\n";
}

void SvgCanvas::fill_rects(std::span<const PxRect> rects, Rgba colour) {
  if (rects.empty()) return;
  body_ += "<path d=\"";
  for (const PxRect& r : rects)
    body_ += "M" + number(r.x0) + " " + number(r.y0) + "H" + number(r.x1) + "V" + number(r.y1) + "H" +
             number(r.x0) + "Z";
  body_ += "\"" + colour_attributes("fill", colour) + "/>\n";
}

void SvgCanvas::disc(Px c, double radius, Rgba colour, double halo_px, Rgba halo) {
  // The halo is a stroke that begins at the disc's rim: one element instead of two for each of many points.
  body_ += "<circle" + attribute("cx", c.x) + attribute("cy", c.y) + attribute("r", radius + halo_px / 2);
  body_ += colour_attributes("fill", colour);
  if (halo_px > 0) body_ += colour_attributes("stroke", halo) + attribute("stroke-width", halo_px);
  body_ += "/>\n";
}

void SvgCanvas::circle(Px c, double radius, const Stroke& s) {
  body_ += "<circle" + attribute("cx", c.x) + attribute("cy", c.y) + attribute("r", radius);
  put_stroke(s);
}

void SvgCanvas::image(const Image& image, const PxRect& r, bool smooth) {
  body_ += "<image" + attribute("x", r.x0) + attribute("y", r.y0) + attribute("width", r.width()) +
           attribute("height", r.height());
  body_ += " preserveAspectRatio=\"none\"";
  if (!smooth) body_ += " image-rendering=\"pixelated\"";
  body_ += " href=\"data:image/png;base64," + to_base64(encode_png(image)) + "\"/>\n";
}

void SvgCanvas::text(std::string_view given, Px at, const TextStyle& style) {
  const std::string text = one_line(given);
  if (words_ == SvgText::outlines) {
    if (!text.empty()) put_outline(text_outline(text, style.bold), text, at, style);
    return;
  }
  body_ += "<text" + attribute("x", at.x) + attribute("y", at.y) + attribute("font-size", style.size_px);
  (style.bold ? bold_letters_ : letters_) += text;
  if (style.bold) body_ += " font-weight=\"bold\"";
  if (style.anchor == Anchor::centre) body_ += " text-anchor=\"middle\"";
  if (style.anchor == Anchor::right) body_ += " text-anchor=\"end\"";
  body_ += colour_attributes("fill", style.colour) + ">" + text_spans(text, style.size_px) + "</text>\n";
}

TextExtent SvgCanvas::measure_text(std::string_view text, const TextStyle& style) {
  return text_extent(text, style);
}

void SvgCanvas::formula(std::string_view tex, Px at, const TextStyle& style) {
  const auto outline = formula_outline(tex);
  if (!outline) return text(tex, at, style);
  put_outline(*outline, tex, at, style);
  // Latin Modern is thin beside Roboto.
  body_.insert(body_.size() - 3, colour_attributes("stroke", style.colour) +
                                     attribute("stroke-width", kFormulaRim * style.size_px));
}

// Writes letters as filled outlines, with the text as a label for screen readers.
void SvgCanvas::put_outline(const FormulaOutline& outline, std::string_view label, Px at,
                            const TextStyle& style) {
  const double left = left_of(at.x, outline.width * style.size_px, style.anchor);
  const auto point = [&](const float* p) {
    return number(left + double{p[0]} * style.size_px) + " " + number(at.y + double{p[1]} * style.size_px);
  };
  body_ += "<path role=\"img\" aria-label=\"" + xml_escaped(label) + "\" d=\"";
  const float* p = outline.points.data();
  for (FormulaOutline::Verb verb : outline.verbs) {
    switch (verb) {
      case FormulaOutline::Verb::move: body_ += "M" + point(p), p += 2; break;
      case FormulaOutline::Verb::line: body_ += "L" + point(p), p += 2; break;
      case FormulaOutline::Verb::cubic:
        body_ += "C" + point(p) + " " + point(p + 2) + " " + point(p + 4), p += 6;
        break;
      case FormulaOutline::Verb::close: body_ += "Z"; break;
    }
  }
  body_ += "\"" + colour_attributes("fill", style.colour) + "/>\n";
}

TextExtent SvgCanvas::measure_formula(std::string_view tex, const TextStyle& style) {
  return formula_extent(tex, style);
}

void SvgCanvas::push_clip(const PxRect& r) {
  const std::string rect = attribute("x", r.x0) + attribute("y", r.y0) + attribute("width", r.width()) +
                           attribute("height", r.height());
  const auto [clip, fresh] = clips_.try_emplace(rect, static_cast<int>(clips_.size()) + 1);
  const std::string id = std::string("clip.") + kContent + "." + std::to_string(clip->second);
  if (fresh) body_ += "<clipPath id=\"" + id + "\"><rect" + rect + "/></clipPath>\n";
  body_ += "<g clip-path=\"url(#" + id + ")\">\n";
}

void SvgCanvas::pop_clip() { body_ += "</g>\n"; }

void SvgCanvas::begin_group(std::string_view name) {
  std::string id(name);
  for (int n = 2; !ids_.insert(id).second; ++n) id = std::string(name) + "-" + std::to_string(n);
  body_ += "<g id=\"" + id + "\">\n";
}

void SvgCanvas::end_group() { body_ += "</g>\n"; }

void SvgCanvas::begin_link(std::string_view address) {
  body_ += "<a href=\"" + xml_escaped(address) + "\">\n";
}

void SvgCanvas::end_link() { body_ += "</a>\n"; }

}  // namespace iem::paint
