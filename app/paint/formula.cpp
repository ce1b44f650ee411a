#include "app/paint/formula.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <graphic/graphic.h>
#include <microtex.h>
#include <utils/exceptions.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <new>
#include <string>

#include "app/paint/formula_source.h"
#include "core/base/embedded.h"

namespace iem::paint {
namespace {

constexpr float kLayoutSize = 1000;  // MicroTeX rounds sizes to integers: lay out large, scale down
constexpr std::size_t kKept = 4000;

std::mutex& machine() {  // MicroTeX and the FreeType library behind it
  static std::mutex mutex;
  return mutex;
}

FT_Library freetype() {
  static const FT_Library library = [] {
    FT_Library made = nullptr;
    if (FT_Init_FreeType(&made) != 0) throw std::bad_alloc();
    return made;
  }();
  return library;
}

FT_Face math_face() {
  static const FT_Face face = [] {
    const auto bytes = embedded_file("fonts/latinmodern-math.otf");
    FT_Face made = nullptr;
    if (FT_New_Memory_Face(freetype(), reinterpret_cast<const FT_Byte*>(bytes.data()),
                           static_cast<FT_Long>(bytes.size()), 0, &made) != 0)
      throw std::bad_alloc();  // the bytes are ours
    return made;
  }();
  return face;
}

// There is one font; MicroTeX only passes this back to the recorder.
class OnlyFont : public microtex::Font {
 public:
  bool operator==(const microtex::Font&) const override { return true; }
};

// Records what a formula draws as filled contours.
class Recorder : public microtex::Graphics2D {
 public:
  explicit Recorder(FormulaOutline& out) : out_(out) {}

  void setColor(microtex::color c) override { colour_ = c; }
  microtex::color getColor() const override { return colour_; }
  void setStroke(const microtex::Stroke& s) override { stroke_ = s; }
  const microtex::Stroke& getStroke() const override { return stroke_; }
  void setStrokeWidth(float w) override { stroke_.lineWidth = w; }
  void setDash(const std::vector<float>& dash) override { dash_ = dash; }
  std::vector<float> getDash() override { return dash_; }
  microtex::sptr<microtex::Font> getFont() const override { return font_; }
  void setFont(const microtex::sptr<microtex::Font>& font) override { font_ = font; }
  float getFontSize() const override { return font_size_; }
  void setFontSize(float size) override { font_size_ = size; }

  void translate(float dx, float dy) override { dx_ += dx * sx_, dy_ += dy * sy_; }
  void scale(float sx, float sy) override { sx_ *= sx, sy_ *= sy; }
  void rotate(float) override {}  // no rotated formulas here
  void rotate(float, float, float) override {}
  void reset() override { sx_ = sy_ = 1, dx_ = dy_ = 0; }
  float sx() const override { return sx_; }
  float sy() const override { return sy_; }

  bool beginPath(microtex::i32) override { return false; }
  void moveTo(float x, float y) override { verb(FormulaOutline::Verb::move), point(x, y); }
  void lineTo(float x, float y) override { verb(FormulaOutline::Verb::line), point(x, y); }
  void cubicTo(float x1, float y1, float x2, float y2, float x3, float y3) override {
    verb(FormulaOutline::Verb::cubic), point(x1, y1), point(x2, y2), point(x3, y3);
  }
  void quadTo(float x1, float y1, float x2, float y2) override {
    const float x0 = last_x_, y0 = last_y_;
    cubicTo(x0 + 2 * (x1 - x0) / 3, y0 + 2 * (y1 - y0) / 3, x2 + 2 * (x1 - x2) / 3, y2 + 2 * (y1 - y2) / 3,
            x2, y2);
  }
  void closePath() override { verb(FormulaOutline::Verb::close); }
  void fillPath(microtex::i32) override {}

  void drawLine(float x1, float y1, float x2, float y2) override {
    const float length = std::hypot(x2 - x1, y2 - y1), half = stroke_.lineWidth / 2;
    if (length == 0) return;
    const float nx = -(y2 - y1) / length * half, ny = (x2 - x1) / length * half;
    moveTo(x1 + nx, y1 + ny), lineTo(x2 + nx, y2 + ny), lineTo(x2 - nx, y2 - ny), lineTo(x1 - nx, y1 - ny),
        closePath();
  }
  void drawRect(float x, float y, float w, float h) override {
    drawLine(x, y, x + w, y), drawLine(x + w, y, x + w, y + h), drawLine(x + w, y + h, x, y + h),
        drawLine(x, y + h, x, y);
  }
  void fillRect(float x, float y, float w, float h) override {
    moveTo(x, y), lineTo(x + w, y), lineTo(x + w, y + h), lineTo(x, y + h), closePath();
  }
  void drawRoundRect(float x, float y, float w, float h, float, float) override { drawRect(x, y, w, h); }
  void fillRoundRect(float x, float y, float w, float h, float, float) override { fillRect(x, y, w, h); }

  void drawGlyph(microtex::u16 glyph, float x, float y) override {
    const FT_Face face = math_face();
    if (FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING) != 0) return;
    unit_ = font_size_ / static_cast<float>(face->units_per_EM);
    at_x_ = x, at_y_ = y, open_ = false;
    FT_Outline_Funcs take{};
    take.move_to = [](const FT_Vector* to, void* self) {
      return static_cast<Recorder*>(self)->glyph_move(*to);
    };
    take.line_to = [](const FT_Vector* to, void* self) {
      return static_cast<Recorder*>(self)->glyph_line(*to);
    };
    take.conic_to = [](const FT_Vector* c, const FT_Vector* to, void* self) {
      return static_cast<Recorder*>(self)->glyph_conic(*c, *to);
    };
    take.cubic_to = [](const FT_Vector* a, const FT_Vector* b, const FT_Vector* to, void* self) {
      return static_cast<Recorder*>(self)->glyph_cubic(*a, *b, *to);
    };
    FT_Outline_Decompose(&face->glyph->outline, &take, this);
    if (open_) closePath();
  }

 private:
  float gx(const FT_Vector& v) const { return at_x_ + static_cast<float>(v.x) * unit_; }
  float gy(const FT_Vector& v) const { return at_y_ - static_cast<float>(v.y) * unit_; }
  int glyph_move(const FT_Vector& to) {
    if (open_) closePath();
    open_ = true;
    moveTo(gx(to), gy(to));
    return 0;
  }
  int glyph_line(const FT_Vector& to) { return lineTo(gx(to), gy(to)), 0; }
  int glyph_conic(const FT_Vector& c, const FT_Vector& to) { return quadTo(gx(c), gy(c), gx(to), gy(to)), 0; }
  int glyph_cubic(const FT_Vector& a, const FT_Vector& b, const FT_Vector& to) {
    return cubicTo(gx(a), gy(a), gx(b), gy(b), gx(to), gy(to)), 0;
  }

  void verb(FormulaOutline::Verb v) { out_.verbs.push_back(v); }
  void point(float x, float y) {
    last_x_ = x, last_y_ = y;
    out_.points.push_back((x * sx_ + dx_) / kLayoutSize);
    out_.points.push_back((y * sy_ + dy_) / kLayoutSize);
  }

  FormulaOutline& out_;
  microtex::color colour_ = microtex::black;
  microtex::Stroke stroke_;
  std::vector<float> dash_;
  microtex::sptr<microtex::Font> font_;
  float font_size_ = 1, sx_ = 1, sy_ = 1, dx_ = 0, dy_ = 0;
  float unit_ = 1, at_x_ = 0, at_y_ = 0, last_x_ = 0, last_y_ = 0;
  bool open_ = false;
};

// Sets characters that MicroTeX does not know, from the same font if it has them.
class PlainText : public microtex::TextLayout {
 public:
  PlainText(const std::string& text, float size) : size_(size) {
    for (unsigned char c : text) {
      if (c < 0x80) {
        codes_.push_back(c);
      } else if (c >= 0xC0) {
        codes_.push_back(c & (c >= 0xF0 ? 0x07u : c >= 0xE0 ? 0x0Fu : 0x1Fu));
      } else if (!codes_.empty()) {
        codes_.back() = codes_.back() << 6 | (c & 0x3Fu);
      }
    }
  }
  void getBounds(microtex::Rect& r) override {
    r = microtex::Rect(0, -0.75f * size_, 0, size_);
    for (FT_ULong code : codes_) r.w += advance(FT_Get_Char_Index(math_face(), code));
  }
  void draw(microtex::Graphics2D& g2, float x, float y) override {
    g2.setFontSize(size_);
    for (FT_ULong code : codes_) {
      const FT_UInt glyph = FT_Get_Char_Index(math_face(), code);
      g2.drawGlyph(static_cast<microtex::u16>(glyph), x, y);
      x += advance(glyph);
    }
  }

 private:
  float advance(FT_UInt glyph) const {
    if (FT_Load_Glyph(math_face(), glyph, FT_LOAD_NO_SCALE) != 0) return 0;
    return static_cast<float>(math_face()->glyph->metrics.horiAdvance) * size_ / math_face()->units_per_EM;
  }
  float size_;
  std::vector<FT_ULong> codes_;
};

class Platform : public microtex::PlatformFactory {
 public:
  microtex::sptr<microtex::Font> createFont(const std::string&) override {
    return std::make_shared<OnlyFont>();
  }
  microtex::sptr<microtex::TextLayout> createTextLayout(const std::string& text, microtex::FontStyle,
                                                        float size) override {
    return std::make_shared<PlainText>(text, size);
  }
};

void start_microtex() {
  static const bool started = [] {
    microtex::PlatformFactory::registerFactory("outline", std::make_unique<Platform>());
    microtex::PlatformFactory::activate("outline");
    const auto metrics = embedded_file("fonts/latinmodern-math.clm1");
    const microtex::FontSrcData source(metrics.size(), reinterpret_cast<const microtex::u8*>(metrics.data()),
                                       "math");
    microtex::MicroTeX::init(source);
    return true;
  }();
  static_cast<void>(started);
}

// MicroTeX takes \| for a single bar where TeX means a norm.
std::string with_norms(const std::string& tex) {
  std::string out;
  for (std::size_t i = 0; i < tex.size(); ++i) {
    if (tex[i] != '\\' || i + 1 == tex.size())
      out += tex[i];
    else if (tex[++i] == '|')
      out += "\\Vert ";
    else
      out.append({'\\', tex[i]});
  }
  return out;
}

std::shared_ptr<const FormulaOutline> lay_out(const std::string& tex, bool display) {
  start_microtex();
  const std::string source = with_norms(tex);
  if (!is_safe_formula(source)) return nullptr;
  const microtex::OverrideTeXStyle style{true,
                                         display ? microtex::TexStyle::display : microtex::TexStyle::text};
  try {
    const std::unique_ptr<microtex::Render> render(
        microtex::MicroTeX::parse(source, 0, kLayoutSize, kLayoutSize / 3, microtex::black, true, style));
    auto outline = std::make_shared<FormulaOutline>();
    const double height = render->getHeight();
    // Negative space alone would leave less than nothing, which no picture can be as large as.
    outline->width = std::max(0.0, render->getWidth() / double{kLayoutSize});
    outline->descent = render->getDepth() / double{kLayoutSize};
    outline->ascent = std::max(0.0, height / double{kLayoutSize}) - outline->descent;
    Recorder recorder(*outline);
    render->draw(recorder, 0, -static_cast<int>(std::lround(height * double{render->getBaseline()})));
    return outline;
  } catch (const std::exception&) {
    return nullptr;  // not TeX: the caller sets the source as text
  }
}

FT_Pos to_26_6(double v) { return static_cast<FT_Pos>(std::lround(v * 64)); }

}  // namespace

std::shared_ptr<const FormulaOutline> formula_outline(std::string_view tex, bool display) {
  static std::map<std::string, std::shared_ptr<const FormulaOutline>, std::less<>> kept;
  static std::deque<std::string> order;
  if (tex.size() > kLongestFormula) return nullptr;  // before it is kept
  const std::lock_guard lock(machine());
  std::string key = (display ? "D" : "T") + std::string(tex);
  if (const auto found = kept.find(key); found != kept.end()) return found->second;
  if (order.size() >= kKept) kept.erase(order.front()), order.pop_front();
  order.push_back(key);
  return kept.emplace(std::move(key), lay_out(std::string(tex), display)).first->second;
}

FormulaMask rasterise(const FormulaOutline& outline, double size_px) {
  FormulaMask mask;
  mask.left = 1;
  mask.baseline = static_cast<int>(std::ceil(outline.ascent * size_px)) + 1;
  mask.width = static_cast<int>(std::ceil(outline.width * size_px)) + 2;
  mask.height = mask.baseline + static_cast<int>(std::ceil(outline.descent * size_px)) + 1;
  mask.coverage.assign(static_cast<std::size_t>(mask.width) * static_cast<std::size_t>(mask.height), 0);

  std::vector<FT_Vector> points;
  std::vector<unsigned char> tags;
  std::vector<short> ends;
  std::size_t p = 0;
  const auto take = [&](bool on_curve) {
    const double x = outline.points[p], y = outline.points[p + 1];
    p += 2;
    points.push_back({to_26_6(mask.left + x * size_px), to_26_6(mask.height - mask.baseline - y * size_px)});
    tags.push_back(on_curve ? FT_CURVE_TAG_ON : FT_CURVE_TAG_CUBIC);
  };
  for (FormulaOutline::Verb verb : outline.verbs) {
    switch (verb) {
      case FormulaOutline::Verb::move:
      case FormulaOutline::Verb::line: take(true); break;
      case FormulaOutline::Verb::cubic: take(false), take(false), take(true); break;
      case FormulaOutline::Verb::close: ends.push_back(static_cast<short>(points.size() - 1)); break;
    }
  }
  if (ends.empty() || points.size() > 32000) return mask;  // FreeType counts points in 16 bits
  FT_Outline shape{};
  shape.n_contours = static_cast<short>(ends.size());
  shape.n_points = static_cast<short>(points.size());
  shape.points = points.data();
  shape.tags = reinterpret_cast<decltype(shape.tags)>(tags.data());
  shape.contours =
      reinterpret_cast<decltype(shape.contours)>(ends.data());  // unsigned from FreeType 2.13.3 on
  FT_Bitmap bitmap{};
  bitmap.width = static_cast<unsigned>(mask.width), bitmap.rows = static_cast<unsigned>(mask.height);
  bitmap.pitch = mask.width;  // positive: row 0 is the top one
  bitmap.buffer = mask.coverage.data();
  bitmap.num_grays = 256, bitmap.pixel_mode = FT_PIXEL_MODE_GRAY;
  const std::lock_guard lock(machine());
  FT_Outline_Get_Bitmap(freetype(), &shape, &bitmap);
  return mask;
}

}  // namespace iem::paint
