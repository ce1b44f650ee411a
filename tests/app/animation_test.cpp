// Animations: every format is read back, and holds the frames, the size and the pace that were asked for;
// frames differ only where something moved.
#include "app/export/animation/animation.h"

#include <cairo.h>
#include <gif_lib.h>
#include <gtest/gtest.h>
#include <webp/decode.h>
#include <webp/mux.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "app/export/animation/formats.h"
#include "app/export/animation/kept_pictures.h"
#include "app/export/animation/run_frames.h"
#include "app/export/animation/steady_grid.h"
#include "app/export/animation/steady_pages.h"
#include "app/paint/png_file.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/session/scene_file.h"
#include "core/system/unfinished.h"
#include "tests/app/sample_figures.h"
#include "tests/support/folder.h"

namespace iem {
namespace {

using test::Folder;

// A dot that moves to the right, while the range of y, a heat map's values and the caption grow.
Figure dot_at(int step) {
  Figure figure{.id = "dot", .title = "A dot"};
  figure.caption = "step " + std::to_string(step);
  Panel panel;
  panel.x.label = "across";
  panel.y.hi = step < 3 ? 1 : 1000;
  panel.marks.push_back(Marker{.series = "dot", .x = 0.2 + 0.1 * step, .y = 0.5, .ink = {Role::accent}});
  Heatmap map{.series = "map", .rows = 1, .columns = 2, .x0 = 0, .x1 = 1, .y0 = 900, .y1 = 950};
  map.values = figure.own({1.0, 1.0 + step});
  panel.marks.push_back(map);
  figure.panels.push_back(panel);
  return figure;
}

FrameContent frame_of(Figure figure, std::string state = {}) {
  FrameContent out;
  out.panels.push_back({.figure = std::move(figure)});
  out.state = std::move(state);
  return out;
}

class Dots : public FrameSource {
 public:
  explicit Dots(int count) : count_(count) {}
  int count() const override { return count_; }
  void each(const std::function<bool(MakeFrame)>& take) override {
    for (int i = 0; i < count_; ++i)
      if (!take([i] { return frame_of(dot_at(i), "iem1:" + std::to_string(i)); })) return;
  }

 private:
  int count_;
};

AnimationOptions small_film() {
  AnimationOptions options;
  options.paper.width_cm = 5;
  options.paper.height_cm = 4;
  options.paper.dpi = 60;
  options.fps = 20;
  return options;
}
constexpr int kWide = 118, kHigh = 94;

bool go_on(double) { return true; }

class Animations : public ::testing::Test {
 protected:
  // The bytes of a film of six dots.
  std::string film(const std::string& name, int threads = 1, const AnimationOptions& options = small_film()) {
    const std::string path = folder_.at(name);
    ThreadPool pool(threads);
    Dots dots(6);
    EXPECT_TRUE(write_animation(dots, path, *animation_format_of(path), options, pool, go_on));
    return path.ends_with('/') ? "" : test::file_text(path);
  }
  Folder folder_;
};

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

struct PngChunk {
  std::string type, data;
};
std::vector<PngChunk> png_chunks(const std::string& png) {
  std::vector<PngChunk> out;
  for (std::size_t at = 8; at + 12 <= png.size();) {
    const std::size_t size = big_endian(png, at);
    out.push_back({png.substr(at + 4, 4), png.substr(at + 8, size)});
    at += 12 + size;
  }
  return out;
}

struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint32_t> pixels;
};

Picture picture_of(const std::string& png) {
  struct Rest {
    const std::string& bytes;
    std::size_t at = 0;
  } rest{png};
  const auto read = [](void* from, unsigned char* to, unsigned count) {
    Rest& source = *static_cast<Rest*>(from);
    if (source.at + count > source.bytes.size()) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(to, source.bytes.data() + source.at, count);
    source.at += count;
    return CAIRO_STATUS_SUCCESS;
  };
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_image_surface_create_from_png_stream(read, &rest), &cairo_surface_destroy);
  EXPECT_EQ(cairo_surface_status(surface.get()), CAIRO_STATUS_SUCCESS);
  Picture out{
      cairo_image_surface_get_width(surface.get()), cairo_image_surface_get_height(surface.get()), {}};
  for (int y = 0; y < out.height; ++y) {
    const auto* row = reinterpret_cast<const std::uint32_t*>(
        cairo_image_surface_get_data(surface.get()) +
        std::ptrdiff_t{y} * cairo_image_surface_get_stride(surface.get()));
    for (int x = 0; x < out.width; ++x) out.pixels.push_back(row[x] | 0xFF000000u);
  }
  return out;
}

TEST(formats_of_animations, have_each_an_end_of_its_own) {
  for (const AnimationFormat& format : animation_formats()) {
    EXPECT_EQ(animation_format_of("a/b.c" + std::string(format.extension)), &format);
    if (!format.is_folder()) EXPECT_NE(animation_extensions().find(format.extension), std::string::npos);
  }
  EXPECT_EQ(animation_format_of("A.GIF"), animation_format_of("a.gif"));
  for (const char* other : {"a.png", "a", "a.avi", ""}) EXPECT_FALSE(animation_format_of(other)) << other;
}

TEST_F(Animations, webp_has_the_frames_that_were_asked_for) {
  const std::string bytes = film("a.webp");
  const WebPData data{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  const std::unique_ptr<WebPMux, decltype(&WebPMuxDelete)> mux(WebPMuxCreate(&data, 0), &WebPMuxDelete);
  ASSERT_TRUE(mux);
  int count = 0, width = 0, height = 0;
  WebPMuxNumChunks(mux.get(), WEBP_CHUNK_ANMF, &count);
  WebPMuxGetCanvasSize(mux.get(), &width, &height);
  EXPECT_EQ(count, 6);
  EXPECT_EQ(width, kWide);
  EXPECT_EQ(height, kHigh);
  for (int i = 1; i <= count; ++i) {
    WebPMuxFrameInfo frame;
    ASSERT_EQ(WebPMuxGetFrame(mux.get(), static_cast<std::uint32_t>(i), &frame), WEBP_MUX_OK);
    EXPECT_EQ(frame.duration, 50);
    int w = 0, h = 0;
    std::uint8_t* pixels = WebPDecodeRGBA(frame.bitstream.bytes, frame.bitstream.size, &w, &h);
    EXPECT_TRUE(pixels);
    if (i == 1) EXPECT_EQ(w, kWide);
    if (i == 2) EXPECT_LT(w * h, kWide * kHigh * 2 / 3);  // only what changed
    WebPFree(pixels);
    WebPDataClear(&frame.bitstream);
  }
}

TEST_F(Animations, gif_has_the_frames_that_were_asked_for) {
  film("a.gif");
  int error = 0;
  GifFileType* gif = DGifOpenFileName(folder_.at("a.gif").c_str(), &error);
  ASSERT_TRUE(gif);
  EXPECT_EQ(DGifSlurp(gif), GIF_OK);
  EXPECT_EQ(gif->ImageCount, 6);
  EXPECT_EQ(gif->SWidth, kWide);
  EXPECT_EQ(gif->SHeight, kHigh);
  for (int i = 0; i < gif->ImageCount; ++i) {
    GraphicsControlBlock control;
    ASSERT_EQ(DGifSavedExtensionToGCB(gif, i, &control), GIF_OK);
    EXPECT_EQ(control.DelayTime, 5);
  }
  DGifCloseFile(gif, &error);
}

TEST_F(Animations, apng_has_the_frames_of_the_folder) {
  film("frames/");
  const std::vector<PngChunk> chunks = png_chunks(film("a.apng"));
  ASSERT_EQ(chunks.front().type, "IHDR");
  ASSERT_EQ(chunks.back().type, "IEND");
  const std::string head = chunks.front().data;
  Picture shown;
  std::uint32_t sequence = 0, x = 0, y = 0, wide = 0, high = 0;
  std::size_t frames = 0;
  for (const PngChunk& chunk : chunks) {
    if (chunk.type == "acTL") EXPECT_EQ(big_endian(chunk.data, 0), 6u);
    if (chunk.type == "fcTL") {
      EXPECT_EQ(big_endian(chunk.data, 0), sequence++);
      wide = big_endian(chunk.data, 4), high = big_endian(chunk.data, 8);
      x = big_endian(chunk.data, 12), y = big_endian(chunk.data, 16);
      EXPECT_EQ(chunk.data.substr(20, 4), png_u16(100) + png_u16(2000));
    }
    if (chunk.type == "fdAT") EXPECT_EQ(big_endian(chunk.data, 0), sequence++);
    if (chunk.type != "IDAT" && chunk.type != "fdAT") continue;
    const std::string pixels = chunk.type == "IDAT" ? chunk.data : chunk.data.substr(4);
    const Picture part =
        picture_of("\x89PNG\r\n\x1a\n" + png_chunk("IHDR", png_u32(wide) + png_u32(high) + head.substr(8)) +
                   png_chunk("IDAT", pixels) + png_chunk("IEND", ""));
    if (frames == 0) shown = part;
    for (int row = 0; row < part.height; ++row)
      std::copy_n(part.pixels.begin() + std::ptrdiff_t{row} * part.width, part.width,
                  shown.pixels.begin() + (std::ptrdiff_t{row} + y) * shown.width + x);
    const std::string still =
        test::file_text(folder_.at("frames/" + std::string(numbered_name(static_cast<int>(++frames)).text)));
    EXPECT_EQ(shown.pixels, picture_of(still).pixels) << frames;
    EXPECT_NE(still.find("iem1:" + std::to_string(frames - 1)), std::string::npos);
  }
  EXPECT_EQ(frames, 6u);
  EXPECT_EQ(shown.width, kWide);
  EXPECT_EQ(shown.height, kHigh);
}

TEST_F(Animations, have_the_same_bytes_again_and_with_more_threads) {
  for (const char* name : {"a.webp", "a.gif", "a.apng"}) {
    const std::string once = film(name, 1);
    EXPECT_TRUE(once == film(name, 1)) << name;
    EXPECT_TRUE(once == film(name, 3)) << name;
  }
}

TEST_F(Animations, leave_nothing_when_they_are_ended) {
  for (const char* name : {"a.webp", "a.gif", "a.apng", "frames/"}) {
    const std::string path = folder_.at(name);
    ThreadPool pool(1);
    for (const double at : {0.05, 0.3, 0.8}) {
      Dots dots(6);
      EXPECT_FALSE(write_animation(dots, path, *animation_format_of(path), small_film(), pool,
                                   [&](double done) { return done < at; }));
    }
  }
  EXPECT_TRUE(folder_.files().empty());
}

TEST_F(Animations, replace_a_folder_of_frames_and_no_other) {
  film("frames/");
  film("frames/");
  EXPECT_EQ(folder_.files().size(), 6u);
  EXPECT_TRUE(folder_.has("frames/frame-0006.png"));
  folder_.write("frames/notes.txt", "mine");
  EXPECT_THROW(film("frames/"), InputError);
  EXPECT_EQ(folder_.read("frames/notes.txt"), "mine");
}

// Everything that grew has its last size from the first frame on.
TEST_F(Animations, differ_only_where_something_moved) {
  const auto captioned = [](int i) {
    Figure figure = dot_at(i);
    figure.caption = "One for all";
    return figure;
  };
  SteadyPages pages(small_film().paper);
  for (int i = 0; i < 6; ++i) pages.see(i, frame_of(captioned(i)));
  pages.settle();
  const auto frame = [&](int i) { return frame_of_image(pages.draw(frame_of(captioned(i)), 1), 3); };
  const Frame first = frame(0), second = frame(1), fourth = frame(3);
  EXPECT_EQ(first.width, kWide);
  // The dot lies low, the map high in the plot: 20 rows and more between them.
  Figure alone = captioned(0), moved = captioned(1);
  alone.panels[0].marks.pop_back(), moved.panels[0].marks.pop_back();
  const Frame a = frame_of_image(pages.draw(frame_of(alone), 1), 3),
              b = frame_of_image(pages.draw(frame_of(moved), 1), 3);
  const Part change = changed_part(b, &a);
  EXPECT_LT(change.height, 14);
  EXPECT_LT(change.width, kWide / 3);
  EXPECT_GT(change.x, 20);
  EXPECT_EQ(changed_part(first, &first).width, 1);
  // The left cell of the map has the same value in all frames, and so the same colour.
  const auto left_cell = [&](const Frame& of) {
    const Part map = changed_part(of, &b);
    return std::vector<std::uint8_t>(of.row(map.y + 2) + 3 * 50, of.row(map.y + 2) + 3 * 51);
  };
  EXPECT_EQ(left_cell(first), left_cell(fourth));
}

// Two panels side by side, of which one goes on: nothing of the other changes, and what they measure has one
// range in both, from the first frame on.
TEST_F(Animations, of_several_panels_differ_only_in_those_that_go_on) {
  ExportOptions paper = small_film().paper;
  paper.width_cm = 10;
  SteadyGrid pages(paper, GridLook{});
  const auto frame = [](int left, int right) {
    FrameContent out = frame_of(dot_at(left));
    out.panels.push_back({.figure = dot_at(right)});
    for (GridFigure& each : out.panels) each.figure.caption.clear();
    return out;
  };
  for (int i = 0; i < 6; ++i) pages.see(i, frame(std::min(i, 2), i));
  pages.settle();
  const auto drawn = [&](int left, int right) {
    return frame_of_image(pages.draw(frame(left, right), 1), 3);
  };
  const Frame second = drawn(2, 2), last = drawn(2, 5), other = drawn(1, 5);
  EXPECT_EQ(last.width, pages.size().width);
  EXPECT_EQ(last.height, kHigh);
  const Part moved = changed_part(last, &second);
  EXPECT_GT(moved.x, last.width / 2);
  const Part stood = changed_part(last, &other);
  EXPECT_LT(stood.x + stood.width, last.width / 2);
}

TEST_F(Animations, of_a_panel_that_never_shows_anything_are_refused) {
  SteadyGrid pages(small_film().paper, GridLook{});
  FrameContent frame = frame_of(dot_at(0));
  frame.panels.push_back({.figure = {.id = "empty", .sentence = "There is nothing."}});
  pages.see(0, frame);
  EXPECT_THROW(pages.settle(), InputError);
}

TEST(arrow_scale, is_the_least_that_any_frame_asks_for) {
  ArrowScale scale;
  EXPECT_EQ(scale.agreed(20), 20);
  EXPECT_EQ(scale.agreed(5), 5);
  EXPECT_EQ(scale.agreed(100), 100);
  EXPECT_TRUE(scale.settle());
  EXPECT_EQ(scale.agreed(100), 5);
  EXPECT_EQ(scale.agreed(20), 5);
  EXPECT_FALSE(scale.settle()) << "nothing has changed since";
  ArrowScale same;
  same.agreed(3), same.agreed(3);
  EXPECT_FALSE(same.settle());
}

// Arrows of steps grow as the run comes to rest; in a film all of them are as many times as long.
TEST(arrow_scale, is_one_for_a_film) {
  Scene scene = load_scene("penguins");
  scene.config.set("optimizer.learning_rate", 0.01);
  const iem::Run begun(std::move(scene), std::make_shared<ThreadPool>(1));
  const FilmedPanel panel{.runs = begun, .first = 0, .last = 40};
  const auto magnified = [&](std::int64_t step) {
    iem::Run run = begun;
    run.seek(step);
    const Figure figure = figure_in_film(run, "stage", run.setup().config(), panel);
    const std::size_t end = figure.caption.find(" times as long");
    EXPECT_NE(end, std::string::npos) << figure.caption;
    return figure.caption.substr(figure.caption.rfind(' ', end - 1) + 1, 6);
  };
  const std::string early = magnified(1), late = magnified(40);
  EXPECT_NE(early, late);
  panel.arrows->settle();
  EXPECT_EQ(magnified(1), magnified(40));
  EXPECT_EQ(magnified(20), magnified(40));
}

TEST(frames, are_shown_for_whole_units_that_add_up) {
  std::int64_t sum = 0;
  for (int i = 0; i < 30; ++i) sum += shown_for(i, 30, 100);
  EXPECT_EQ(sum, 100);
}

TEST(Animation, PicturesThatAreKeptComeBackPixelByPixel) {
  KeptPictures kept;
  std::vector<paint::Image> images;
  for (std::size_t i = 0; i < 20; ++i) {
    paint::Image image{64, 32, std::vector<std::uint8_t>(64 * 32 * 4)};
    for (std::size_t at = 0; at < image.rgba.size(); ++at)
      image.rgba[at] = static_cast<std::uint8_t>(at * at / 7 + (at > 4000 ? i : 0));
    images.push_back(image);
    kept.add(image);
  }
  EXPECT_LT(kept.bytes(), 10 * images[0].rgba.size());
  for (int again = 0; again < 2; ++again) {
    std::size_t i = 0;
    kept.each([&](const MakePicture& make) {
      const paint::Image image = make(false).image;
      EXPECT_EQ(image.width, 64);
      EXPECT_EQ(image.rgba, images[i++].rgba);
      return true;
    });
    EXPECT_EQ(i, images.size());
  }
}

}  // namespace
}  // namespace iem
