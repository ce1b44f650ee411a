#include "app/gui/gl/field_renderer.h"

#include <glad/gl.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

#include "app/gui/gl/software_gl.h"
#include "core/base/hash.h"
#include "core/energy/energy.h"
#include "core/field/field_precision.h"

namespace iem::gui {
namespace {

constexpr std::size_t kMostComponents = 64;  // kMost in field.frag
// A rasteriser on the processor fetches uniforms lane by lane where their index is a variable, which takes
// longer than what is computed from them: shaders for so few components have loops that can be unrolled.
constexpr std::size_t kMostUnrolled = 8;
constexpr int kMostDivisor = 4;           // of a moving field's resolution
constexpr std::size_t kMostPictures = 8;  // compared lanes and a little history

using Quads = std::vector<std::array<float, 4>>;

float f(double value) { return static_cast<float>(value); }
std::array<float, 4> quad(const Oklab& c) { return {f(c.L), f(c.a), f(c.b), 0}; }

void add(Hash& hash, const Oklab& c) { hash.add(c.L), hash.add(c.a), hash.add(c.b); }

std::uint64_t key_of(const FieldInput& input, const FieldView& view, const FieldPalette& palette) {
  Hash hash;
  hash.add(static_cast<std::int64_t>(input.kind));
  hash.add(std::string_view(input.energy));
  hash.add(std::span<const double>(input.shape));
  for (const FieldComponent& c : input.components)
    for (const double v : {c.mu_x, c.mu_y, c.w00, c.w10, c.w11, c.offset}) hash.add(v);
  hash.add(input.temperature);
  hash.add(static_cast<std::int64_t>(input.boundaries));
  hash.add(static_cast<std::int64_t>(input.responsibility));
  for (const double v : {view.x0, view.x1, view.y0, view.y1}) hash.add(v);
  hash.add(static_cast<std::int64_t>(view.width) << 32 | view.height);
  for (const Oklab& c : palette.territory) add(hash, c);
  for (const Oklab& c : {palette.paper, palette.ink, palette.undecided, palette.low, palette.high})
    add(hash, c);
  return hash.value();
}

void set_quads(const GlProgram& program, const char* name, const Quads& values) {
  glUniform4fv(program.uniform(name), static_cast<GLsizei>(values.size()), values[0].data());
}

void set_oklab(const GlProgram& program, const char* name, const Oklab& c) {
  glUniform3f(program.uniform(name), f(c.L), f(c.a), f(c.b));
}

void set_components(const GlProgram& program, const FieldInput& input, const FieldPalette& palette, double cx,
                    double cy) {
  Quads place, shape, territory;
  for (std::size_t j = 0; j < input.components.size(); ++j) {
    const FieldComponent& c = input.components[j];
    // A prototype without weight has an infinite offset; its z must stay a number.
    place.push_back({f(c.mu_x - cx), f(c.mu_y - cy), f(std::clamp(c.offset, -1e20, 1e20)), 0});
    shape.push_back({f(c.w00), f(c.w10), f(c.w11), 0});
    territory.push_back(quad(palette.territory[j]));
  }
  set_quads(program, "place", place);
  set_quads(program, "shape", shape);
  set_quads(program, "territory", territory);
}

void set_view(const GlProgram& program, const FieldView& view, double cx, double cy) {
  glUniform2f(program.uniform("centre"), f(cx), f(cy));
  glUniform2f(program.uniform("corner"), f(view.x0 - cx), f(view.y1 - cy));
  glUniform2f(program.uniform("pixel"), f((view.x1 - view.x0) / view.width),
              f((view.y1 - view.y0) / view.height));
}

// Remembers which framebuffer was bound, and binds it again.
class ScopedFramebuffer {
 public:
  ScopedFramebuffer() {
    glGetIntegerv(GL_FRAMEBUFFER_BINDING, &before_);
    glGetIntegerv(GL_VIEWPORT, viewport_.data());
  }
  ~ScopedFramebuffer() {
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(before_));
    glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
  }
  ScopedFramebuffer(const ScopedFramebuffer&) = delete;
  ScopedFramebuffer& operator=(const ScopedFramebuffer&) = delete;

 private:
  GLint before_ = 0;
  std::array<GLint, 4> viewport_{};
};

// Those there are: a window draws what is due to its frame without knowing who asked for it.
std::vector<FieldRenderer*>& renderers() {
  static std::vector<FieldRenderer*> all;
  return all;
}

bool g_at_once = false;

FieldView divided(FieldView view, int divisor) {
  view.width = std::max(1, (view.width + divisor - 1) / divisor);
  view.height = std::max(1, (view.height + divisor - 1) / divisor);
  return view;
}

}  // namespace

FieldRenderer::FieldRenderer() { renderers().push_back(this); }
FieldRenderer::~FieldRenderer() { std::erase(renderers(), this); }

void draw_fields_at_once() { g_at_once = true; }

void draw_due_fields() {
  for (FieldRenderer* renderer : renderers()) renderer->draw_due();
}

// The divisor of the resolution. Fields drawn by the processor are coarser while they change, and in a very
// large view stay slightly coarse.
int FieldRenderer::divisor_for(const FieldInput& input, const FieldView& view, bool by_shader, bool moves) {
  constexpr double kMoving = 0.2e6, kResting = 4e6;  // components times pixels that the processor draws
  const double cost = static_cast<double>(input.components.size()) * view.width * view.height;
  int divisor = 1;
  const bool shrinks = by_shader ? draws_on_processor() && moves : true;
  const double budget = by_shader ? budget_ : moves ? kMoving : kResting;
  while (shrinks && divisor < kMostDivisor && cost > budget * divisor * divisor) ++divisor;
  return divisor;
}

// Drops programs and pictures of shaders that have changed. Must be called before a picture is looked up.
void FieldRenderer::forget_old_shaders() {
  const std::uint64_t stamp = shader_stamp();
  if (stamp == stamp_) return;
  programs_.clear();
  pictures_.clear();
  stamp_ = stamp;
}

GlProgram* FieldRenderer::program(const FieldInput& input) {
  const std::size_t count = input.components.size();
  const std::size_t unrolled = draws_on_processor() && count <= kMostUnrolled ? count : 0;
  const bool boundaries = input.boundaries && count > 1;
  auto [found, is_new] = programs_.try_emplace({input.energy, input.kind, boundaries, unrolled});
  GlProgram& program = found->second;
  if (is_new) {
    std::string source = shader_source("field.frag");
    constexpr std::string_view kMarker = "//@DEFINES";
    const std::string defines = "#define KIND " + std::to_string(static_cast<int>(input.kind)) +
                                "\n#define ON_CIRCLE " + (find_energy(input.energy)->on_circle ? "1" : "0") +
                                "\n#define BOUNDARIES " + (boundaries ? "1" : "0") +
                                (unrolled > 0 ? "\n#define COUNT " + std::to_string(unrolled) : "") +
                                "\n#define KERNEL " + energy_glsl(input.energy);
    if (const auto at = source.find(kMarker); at != source.npos) source.replace(at, kMarker.size(), defines);
    if (!program.build(shader_source("screen.vert"), source))
      std::fprintf(stderr, "iemlab: the field of energy %s is drawn without the graphics card: %s\n",
                   input.energy.c_str(), program.log().c_str());
  }
  return program.ready() ? &program : nullptr;
}

FieldRenderer::Picture& FieldRenderer::picture_for(std::uint64_t key) {
  const int frame = ImGui::GetFrameCount();
  auto found = std::ranges::find(pictures_, key, &Picture::key);
  // A picture used in this frame must keep its pixels; older ones can be reused.
  if (found == pictures_.end() && pictures_.size() >= kMostPictures && pictures_.back().frame < frame)
    found = std::prev(pictures_.end());
  // A field that changes in every frame reuses its last picture instead of filling all eight.
  if (found == pictures_.end())
    found = std::ranges::find_if(pictures_, [&](const Picture& p) { return p.frame < frame - 30; });
  if (found == pictures_.end()) found = pictures_.emplace(pictures_.begin());
  pictures_.splice(pictures_.begin(), pictures_, found);
  return pictures_.front();
}

bool FieldRenderer::has_shader(const FieldInput& input) {
  return input.responsibility == Responsibility::softmax &&  // its one pass is the softmax
         input.components.size() <= kMostComponents && program(input) != nullptr;
}

bool FieldRenderer::is_for_shader(const FieldInput& input, const FieldView& view) {
  return has_shader(input) && single_precision_suffices(input, view);
}

// Makes room for the picture, so that the frame has its texture.
void FieldRenderer::order(Picture& picture, Order order) {
  picture.field.resize(order.view.width, order.view.height);
  picture.due = std::move(order);
}

void FieldRenderer::draw(Picture& picture) {
  const Order order = std::move(*picture.due);
  picture.due.reset();
  if (order.by_shader) return draw_by_shader(picture, order);
  picture.field.fill(render_field(order.input, order.view, order.palette));  // with its boundaries
}

void FieldRenderer::draw_due() {
  for (Picture& picture : pictures_)
    if (picture.due && picture.frame == ImGui::GetFrameCount()) draw(picture);
}

void FieldRenderer::draw_by_shader(Picture& picture, const Order& order) {
  const auto& [input, view, palette, by_shader] = order;
  GlProgram* shader = program(input);
  const ScopedFramebuffer restore;
  picture.field.bind();
  glUseProgram(shader->id());
  const double cx = 0.5 * (view.x0 + view.x1), cy = 0.5 * (view.y0 + view.y1);
  set_components(*shader, input, palette, cx, cy);
  set_view(*shader, view, cx, cy);
  std::array<float, 4> parameters{1, 1, 1, 1};
  for (std::size_t i = 0; i < std::min(input.shape.size(), parameters.size()); ++i)
    parameters[i] = f(input.shape[i]);
  glUniform1fv(shader->uniform("p"), 4, parameters.data());
  glUniform1i(shader->uniform("count"), static_cast<GLint>(input.components.size()));
  glUniform1f(shader->uniform("temperature"), f(std::max(input.temperature, 1e-12)));
  set_oklab(*shader, "paper", palette.paper);
  set_oklab(*shader, "ink", palette.ink);
  set_oklab(*shader, "undecided", palette.undecided);
  set_oklab(*shader, "low", palette.low);
  set_oklab(*shader, "high", palette.high);
  glUniform1f(shader->uniform("dither"), dithers_ ? 1.0F : 0.0F);
  draw_screen_triangle();
  glUseProgram(0);
}

ImTextureID FieldRenderer::texture(const FieldInput& input, const FieldView& view,
                                   const FieldPalette& palette) {
  forget_old_shaders();
  const int frame = ImGui::GetFrameCount();
  const std::uint64_t key = key_of(input, view, palette);
  Picture& picture = picture_for(key);
  const bool known = picture.key == key && picture.field.texture() != 0;
  const bool moves =
      !known;  // asked for the first time: it may have changed since the last frame, and change again
  if (!known || (picture.coarse && picture.frame < frame)) {
    picture.key = key;
    const bool by_shader = is_for_shader(input, view);
    const int divisor = divisor_for(input, view, by_shader, moves);
    picture.coarse = moves && divisor > divisor_for(input, view, by_shader, false);
    order(picture, {input, divided(view, divisor), palette, by_shader});
    if (g_at_once) {
      draw(picture);
      glFlush();
    }
  }
  picture.frame = frame;
  if (picture.coarse) coarse_frame_ = frame;
  return static_cast<ImTextureID>(picture.field.texture());
}

std::vector<std::uint8_t> FieldRenderer::pixels(const FieldInput& input, const FieldView& view,
                                                const FieldPalette& palette, bool as_shown) {
  forget_old_shaders();
  Picture picture;
  std::vector<std::uint8_t> rgba;
  const bool by_shader = is_for_shader(input, view);
  if (!by_shader && !has_shader(input)) return rgba;
  dithers_ = as_shown;
  order(picture, {input, view, palette, by_shader});
  draw(picture);
  dithers_ = true;
  const ScopedFramebuffer restore;
  picture.field.bind();
  rgba.resize(static_cast<std::size_t>(view.width) * static_cast<std::size_t>(view.height) * 4);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, view.width, view.height, GL_RGBA, GL_UNSIGNED_BYTE,
               rgba.data());  // our row 0 is the top
  return rgba;
}

}  // namespace iem::gui
