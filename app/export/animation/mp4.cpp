// MP4 (H.264) by ffmpeg, which is another program: it gets raw frames and writes into memory, and what it
// wrote becomes the file when all is well. So neither an end of ffmpeg nor one of ours leaves anything.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "app/export/animation/writer.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/number.h"

extern char** environ;

namespace iem {
namespace {

[[noreturn]] void lack(const std::string& what) { throw InputError(what, {}, ErrorKind::missing); }

class OwnedFd {
 public:
  explicit OwnedFd(int file) : file_(file) {
    if (file < 0) lack(std::string("ffmpeg cannot be started: ") + std::strerror(errno));
  }
  ~OwnedFd() { reset(); }
  OwnedFd(const OwnedFd&) = delete;
  OwnedFd& operator=(const OwnedFd&) = delete;
  int get() const { return file_; }
  void reset() {
    if (file_ >= 0) ::close(std::exchange(file_, -1));
  }

 private:
  int file_;
};

std::string all_of(int file) {
  std::string out;
  std::array<char, 1 << 16> part;
  ::lseek(file, 0, SEEK_SET);
  for (ssize_t got = 0; (got = ::read(file, part.data(), part.size())) > 0;)
    out.append(part.data(), static_cast<std::size_t>(got));
  return out;
}

std::string last_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

std::string rate_of(double fps) { return std::to_string(std::llround(fps * 1000)) + "/1000"; }

// The program under way. Frames go to its standard input; films and complaints come as files in memory.
class Ffmpeg {
 public:
  Ffmpeg(int width, int height, double fps)
      : film_(::memfd_create("film", MFD_CLOEXEC)),
        complaints_(::memfd_create("complaints", MFD_CLOEXEC)) {
    std::array<int, 2> ends{-1, -1};
    // A socket: writing to one whose reader is gone is an error and not the end of this program.
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) OwnedFd refused(-1);
    ours_ = ends[0];
    OwnedFd theirs(ends[1]);
    start(arguments(width, height, fps), theirs.get());
  }
  ~Ffmpeg() {
    if (ours_ >= 0) ::close(ours_);
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  Ffmpeg(const Ffmpeg&) = delete;
  Ffmpeg& operator=(const Ffmpeg&) = delete;

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(ours_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent < 0) {
        wait();
        fail();
      }
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  std::string finish() {
    ::close(std::exchange(ours_, -1));
    const int status = wait();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) fail();
    return all_of(film_.get());
  }

 private:
  static constexpr int kFilm = 3;  // the descriptor that it writes to

  static std::vector<std::string> arguments(int width, int height, double fps) {
    return {"ffmpeg", "-v", "error", "-nostats", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
            std::to_string(width) + "x" + std::to_string(height), "-r", rate_of(fps), "-i", "pipe:0",
            // Colours as screens have them, in the half resolution that every player knows.
            "-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int", "-pix_fmt",
            "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
            "-color_range", "tv", "-c:v", "libx264", "-preset", "medium", "-crf", "18",
            // The same bytes on every machine: a fixed number of threads, and no version numbers inside.
            "-threads", "2", "-filter_threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
            "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", "-y",
            "/dev/fd/" + std::to_string(kFilm)};
  }

  void start(std::vector<std::string> words, int input) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, complaints_.get(), STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&files, film_.get(), kFilm);
    // A group of its own: Ctrl-C is for this program, which then ends the other.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    const int error = ::posix_spawnp(&child_, "ffmpeg", &files, &attributes, argv.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (error == 0) return;
    child_ = -1;
    ::close(std::exchange(ours_, -1));
    lack(std::string("ffmpeg cannot be started: ") + std::strerror(error));
  }

  int wait() {
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {}
    child_ = -1;
    return status;
  }

  [[noreturn]] void fail() {
    const std::string said = last_line(all_of(complaints_.get()));
    lack("ffmpeg does not write this film" + (said.empty() ? "" : ": " + said));
  }

  OwnedFd film_, complaints_;
  int ours_ = -1;  // the end of the socket that we write to
  pid_t child_ = -1;
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

std::unique_ptr<AnimationWriter> begin_mp4(const AnimationPlan& plan) {
  return std::make_unique<Mp4Writer>(plan);
}

}  // namespace iem
