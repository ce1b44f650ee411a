// The film and what the program says come as files in memory, so that neither an end of it nor one of ours
// leaves anything.
#include "app/export/animation/film_program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

extern char** environ;

namespace iem {
namespace {

constexpr int kFilmNumber = 3;  // the descriptor that it writes to

class OwnedFd {
 public:
  explicit OwnedFd(int file) : file_(file) {}
  ~OwnedFd() { reset(); }
  OwnedFd(const OwnedFd&) = delete;
  OwnedFd& operator=(const OwnedFd&) = delete;
  int get() const { return file_; }
  void reset(int file = -1) {
    if (file_ >= 0) ::close(file_);
    file_ = file;
  }

 private:
  int file_;
};

// Empty when it cannot be read to its end; the reason is in errno.
std::optional<std::string> all_of(int file) {
  std::string out;
  std::array<char, 1 << 16> part;
  if (::lseek(file, 0, SEEK_SET) < 0) return {};
  while (true) {
    const ssize_t got = ::read(file, part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {};
    if (got == 0) return out;
    out.append(part.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

bool is_on_path(std::string_view program) {
  const char* const path = std::getenv("PATH");
  std::string folders = path ? path : "";
  for (std::size_t begin = 0; begin <= folders.size();) {
    const std::size_t end = std::min(folders.find(':', begin), folders.size());
    const std::string folder = end == begin ? "." : folders.substr(begin, end - begin);
    if (::access((folder + "/" + std::string(program)).c_str(), X_OK) == 0) return true;
    begin = end + 1;
  }
  return false;
}

class FilmProgram::Process {
 public:
  explicit Process(std::vector<std::string> words)
      : film_(::memfd_create("film", MFD_CLOEXEC)),
        complaints_(::memfd_create("complaints", MFD_CLOEXEC)) {
    std::array<int, 2> ends{-1, -1};
    // A socket: writing to one whose reader is gone is an error and not the end of this program.
    if (film_.get() < 0 || complaints_.get() < 0 ||
        ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
      refuse_to_start(words.front(), std::strerror(errno));
    ours_.reset(ends[0]);
    const OwnedFd theirs(ends[1]);
    std::ranges::replace(words, std::string(kFilm), "/dev/fd/" + std::to_string(kFilmNumber));
    start(words, theirs.get());
  }
  ~Process() {
    ours_.reset();
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(ours_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  bool ends_well() {
    ours_.reset();
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {}
    child_ = -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
  std::string film() const {
    auto whole = all_of(film_.get());
    if (!whole) refuse_part_of_film(std::strerror(errno));
    return *std::move(whole);
  }
  std::string complaints() {
    if (child_ > 0) ends_well();
    return all_of(complaints_.get()).value_or("");
  }

 private:
  void start(std::vector<std::string>& words, int input) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, complaints_.get(), STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&files, film_.get(), kFilmNumber);
    // A group of its own: Ctrl-C is for this program, which then ends the other.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    const int error = ::posix_spawnp(&child_, argv.front(), &files, &attributes, argv.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (error == 0) return;
    child_ = -1;
    refuse_to_start(words.front(), std::strerror(error));
  }

  OwnedFd film_, complaints_, ours_{-1};  // ours: the end of the socket that we write to
  pid_t child_ = -1;
};

FilmProgram::FilmProgram(std::vector<std::string> words)
    : process_(std::make_unique<Process>(std::move(words))) {}
FilmProgram::~FilmProgram() = default;

bool FilmProgram::write(std::string_view bytes) { return process_->write(bytes); }
std::optional<std::string> FilmProgram::finish() {
  if (!process_->ends_well()) return {};
  return process_->film();
}
std::string FilmProgram::complaints() { return process_->complaints(); }

}  // namespace iem
