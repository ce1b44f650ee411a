// MP4 (H.264) by ffmpeg, which is another program: it gets raw frames, and what it wrote becomes the file
// when all is well.
#include <algorithm>
#include <cmath>

#include "app/export/animation/film_program.h"
#include "app/export/animation/writer.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/number.h"

namespace iem {
namespace {

[[noreturn]] void lack(const std::string& what) { throw InputError(what, {}, ErrorKind::missing); }

std::string last_line(std::string text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

std::string rate_of(double fps) { return std::to_string(std::llround(fps * 1000)) + "/1000"; }

std::vector<std::string> ffmpeg_words(int width, int height, double fps) {
  return {"ffmpeg", "-v", "error", "-nostats", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
          std::to_string(width) + "x" + std::to_string(height), "-r", rate_of(fps), "-i", "pipe:0",
          // Colours as screens have them, in the half resolution that every player knows.
          "-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int", "-pix_fmt",
          "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
          "-color_range", "tv", "-c:v", "libx264", "-preset", "medium", "-crf", "18",
          // The same bytes on every machine: a fixed number of threads, and no version numbers inside.
          "-threads", "2", "-filter_threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
          "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", "-y",
          std::string(FilmProgram::kFilm)};
}

class Ffmpeg {
 public:
  Ffmpeg(int width, int height, double fps) : program_(ffmpeg_words(width, height, fps)) {}

  void write(std::string_view bytes) {
    if (!program_.write(bytes)) fail();
  }
  std::string finish() {
    auto film = program_.finish();
    if (!film) fail();
    return *std::move(film);
  }

 private:
  [[noreturn]] void fail() {
    const std::string said = last_line(program_.complaints());
    lack("ffmpeg does not write this film" + (said.empty() ? "" : ": " + said));
  }

  FilmProgram program_;
};

int even(int side) { return side + side % 2; }

// Rows and columns of an even number, as H.264 has them: the last ones are repeated.
Frame evened(Frame frame) {
  const int width = even(frame.width), height = even(frame.height);
  if (width == frame.width && height == frame.height) return frame;
  Frame out{width, height, frame.channels, {}};
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* row = frame.row(std::min(y, frame.height - 1));
    const std::ptrdiff_t length = std::ptrdiff_t{frame.width} * frame.channels;
    out.bytes.insert(out.bytes.end(), row, row + length);
    if (width > frame.width) out.bytes.insert(out.bytes.end(), row + length - frame.channels, row + length);
  }
  return out;
}

class Mp4Writer : public WholePictures {
 public:
  explicit Mp4Writer(const AnimationPlan& plan)
      : file_(plan.path),
        ffmpeg_(even(plan.width), even(plan.height), plan.fps) {}

  Frame frame_of(const paint::Image& image) const override { return evened(frame_of_image(image, 3)); }
  void add(const Encoded& frame) override { ffmpeg_.write(frame.bytes); }
  void finish() override {
    file_.write(ffmpeg_.finish());
    file_.commit();
  }

 private:
  std::string bytes_of(const Frame& now) const override { return {now.bytes.begin(), now.bytes.end()}; }

  AtomicFile file_;
  Ffmpeg ffmpeg_;
};

}  // namespace

void refuse_to_start(const std::string& program, const std::string& why) {
  lack(program + " cannot be started: " + why);
}

void refuse_part_of_film(const std::string& why) {
  throw InputError("the film cannot be read back: " + why, {}, ErrorKind::io);
}

std::unique_ptr<AnimationWriter> begin_mp4(const AnimationPlan& plan) {
  return std::make_unique<Mp4Writer>(plan);
}

}  // namespace iem
