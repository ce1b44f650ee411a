#include "app/export/type.h"

#include <hb-subset.h>
#include <hb.h>

#include <memory>

#include "core/base/embedded.h"
#include "core/base/power_of_ten.h"
#include "core/base/utf8.h"

namespace iem::paint {
namespace {

hb_font_t* font(bool bold) {
  const auto load = [](bool heavy) {
    const auto bytes = face_file(heavy);
    hb_blob_t* blob =
        hb_blob_create(reinterpret_cast<const char*>(bytes.data()), static_cast<unsigned>(bytes.size()),
                       HB_MEMORY_MODE_READONLY, nullptr, nullptr);
    hb_face_t* face = hb_face_create(blob, 0);
    hb_font_t* made = hb_font_create(face);
    hb_font_make_immutable(made);  // shared between threads from here on
    return made;
  };
  static hb_font_t* const regular = load(false);
  static hb_font_t* const heavy = load(true);
  return bold ? heavy : regular;
}

// One letter being drawn, at a place of the text, in font units with y up.
struct Pen {
  FormulaOutline& out;
  double em = 1, x = 0, y = 0;

  void add(float px, float py) {
    out.points.push_back(static_cast<float>(x + double{px} / em));
    out.points.push_back(static_cast<float>(y - double{py} / em));
  }
};
Pen& pen_of(void* data) { return *static_cast<Pen*>(data); }

hb_draw_funcs_t* pen_functions() {
  using Verb = FormulaOutline::Verb;
  static hb_draw_funcs_t* const functions = [] {
    hb_draw_funcs_t* made = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(
        made,
        [](hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void*) {
          pen_of(data).out.verbs.push_back(Verb::move);
          pen_of(data).add(x, y);
        },
        nullptr, nullptr);
    hb_draw_funcs_set_line_to_func(
        made,
        [](hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void*) {
          pen_of(data).out.verbs.push_back(Verb::line);
          pen_of(data).add(x, y);
        },
        nullptr, nullptr);
    // Curves of the second degree become ones of the third: HarfBuzz does that when no function is given.
    hb_draw_funcs_set_cubic_to_func(
        made,
        [](hb_draw_funcs_t*, void* data, hb_draw_state_t*, float ax, float ay, float bx, float by, float x,
           float y, void*) {
          pen_of(data).out.verbs.push_back(Verb::cubic);
          pen_of(data).add(ax, ay), pen_of(data).add(bx, by), pen_of(data).add(x, y);
        },
        nullptr, nullptr);
    hb_draw_funcs_set_close_path_func(
        made,
        [](hb_draw_funcs_t*, void* data, hb_draw_state_t*, void*) {
          pen_of(data).out.verbs.push_back(Verb::close);
        },
        nullptr, nullptr);
    hb_draw_funcs_make_immutable(made);
    return made;
  }();
  return functions;
}

void draw_letter(hb_font_t* face, std::uint32_t glyph, Pen& pen) {
#if HB_VERSION_ATLEAST(7, 0, 0)
  hb_font_draw_glyph(face, glyph, pen_functions(), &pen);
#else
  hb_font_get_glyph_shape(face, glyph, pen_functions(), &pen);
#endif
}

}  // namespace

FormulaOutline text_outline(std::string_view utf8, bool bold) {
  const ShapedText shaped = shape_text(utf8, bold);
  FormulaOutline out;
  out.width = shaped.width, out.ascent = kTextAscent, out.descent = kTextDescent;
  const double em = hb_face_get_upem(hb_font_get_face(font(bold)));
  Pen pen{out, em};
  for (const ShapedGlyph& glyph : shaped.glyphs) {
    pen.x = glyph.x, pen.y = glyph.y, pen.em = em / glyph.size;
    draw_letter(font(bold), glyph.glyph, pen);
  }
  return out;
}

std::string missing_letters(std::string_view utf8, bool bold) {
  std::string missing;
  for (std::size_t i = 0; i < utf8.size();) {
    const CodePoint point = code_point_at(utf8, i);
    hb_codepoint_t glyph = 0;
    const std::string_view letter = utf8.substr(i, point.length);
    if (!hb_font_get_nominal_glyph(font(bold), point.value, &glyph) &&
        missing.find(letter) == std::string::npos)
      missing += letter;
    i += point.length;
  }
  return missing;
}

std::span<const std::byte> face_file(bool bold) {
  return embedded_file(bold ? "fonts/Roboto-Bold.ttf" : "fonts/Roboto-Regular.ttf");
}

namespace {

// A run's glyphs behind those of `shaped`; its first byte is the text's byte `at`.
void add_run(ShapedText& shaped, const TextRun& run, std::size_t at, bool bold) {
  const std::string_view utf8 = run.text;
  const double size = run.raised ? kRaisedSize : 1, rise = run.raised ? kRise : 0;
  const std::unique_ptr<hb_buffer_t, decltype(&hb_buffer_destroy)> buffer(hb_buffer_create(),
                                                                          &hb_buffer_destroy);
  hb_buffer_add_utf8(buffer.get(), utf8.data(), static_cast<int>(utf8.size()), 0,
                     static_cast<int>(utf8.size()));
  hb_buffer_set_direction(buffer.get(), HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer.get(), HB_SCRIPT_LATIN);
  hb_buffer_set_language(buffer.get(), hb_language_from_string("en", -1));  // not the machine's
  hb_shape(font(bold), buffer.get(), nullptr, 0);

  unsigned count = 0;
  const hb_glyph_info_t* info = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* position = hb_buffer_get_glyph_positions(buffer.get(), &count);
  const double em = hb_face_get_upem(hb_font_get_face(font(bold))) / size;
  for (unsigned i = 0; i < count; ++i) {
    shaped.glyphs.push_back({info[i].codepoint, info[i].cluster + static_cast<std::uint32_t>(at),
                             shaped.width + position[i].x_offset / em, -position[i].y_offset / em - rise,
                             size});
    shaped.width += position[i].x_advance / em;
  }
}

}  // namespace

ShapedText shape_text(std::string_view utf8, bool bold) {
  ShapedText shaped;
  for (const TextRun& run : text_runs(utf8))
    add_run(shaped, run, static_cast<std::size_t>(run.text.data() - utf8.data()), bold);
  return shaped;
}

std::string face_subset(std::string_view utf8, bool bold) {
  using Buffer = std::unique_ptr<hb_buffer_t, decltype(&hb_buffer_destroy)>;
  using Input = std::unique_ptr<hb_subset_input_t, decltype(&hb_subset_input_destroy)>;
  using Face = std::unique_ptr<hb_face_t, decltype(&hb_face_destroy)>;
  using Blob = std::unique_ptr<hb_blob_t, decltype(&hb_blob_destroy)>;
  const Input input(hb_subset_input_create_or_fail(), &hb_subset_input_destroy);
  if (!input) return {};
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
  // A buffer that was not shaped still holds characters.
  const Buffer buffer(hb_buffer_create(), &hb_buffer_destroy);
  hb_buffer_add_utf8(buffer.get(), utf8.data(), static_cast<int>(utf8.size()), 0,
                     static_cast<int>(utf8.size()));
  unsigned count = 0;
  const hb_glyph_info_t* info = hb_buffer_get_glyph_infos(buffer.get(), &count);
  for (unsigned i = 0; i < count; ++i)
    hb_set_add(hb_subset_input_unicode_set(input.get()), info[i].codepoint);
  const Face face(hb_subset_or_fail(hb_font_get_face(font(bold)), input.get()), &hb_face_destroy);
  if (!face) return {};
  const Blob blob(hb_face_reference_blob(face.get()), &hb_blob_destroy);
  unsigned size = 0;
  const char* bytes = hb_blob_get_data(blob.get(), &size);
  return {bytes, size};
}

}  // namespace iem::paint
