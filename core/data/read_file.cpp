#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/config.h"
#include "core/data/table_reader.h"

namespace iem {
namespace {

constexpr std::string_view kBuiltin = "builtin:";
constexpr std::size_t kLongestPath = 4096;  // bytes; a longer path cannot be a file and is quoted cut short

class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : number_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenFile() {
    if (number_ >= 0) close(number_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

std::string read_builtin(const std::string& path) {
  const std::string name = path.substr(kBuiltin.size());
  if (const auto text = embedded_text("data/" + name); !text.empty()) return std::string(text);
  std::vector<std::string> known;
  for (const auto each : embedded_names("data/")) known.emplace_back(each.substr(5));
  const std::string near = nearest_word(name, known);
  throw InputError("no such built-in file; there are " + joined(known) +
                       (near.empty() ? "" : "; did you mean builtin:" + near + "?"),
                   {printable(path, 200)}, ErrorKind::io);
}

}  // namespace

std::string read_file(const std::string& path, std::size_t limit_mib) {
  if (path.starts_with(kBuiltin)) return read_builtin(path);
  const bool nul = path.find('\0') != std::string::npos;
  const SourcePosition at{nul || path.size() > kLongestPath ? printable(path, 200) : path};
  const auto fail = [&](const std::string& what) { return InputError(what, at, ErrorKind::io); };
  const std::size_t limit = limit_mib << 20;
  const InputError too_large("more than " + std::to_string(limit_mib) + " MiB: too large", at);

  if (nul) throw fail("cannot be opened: no file's name holds a NUL");
  // Opened without blocking: a pipe that nobody writes to must not make the program wait, not even while it
  // is opened.
  const OpenFile file(path);
  if (file.number() < 0) throw fail(std::string("cannot be opened: ") + std::strerror(errno));
  struct stat status {};
  if (fstat(file.number(), &status) != 0) throw fail(std::string("cannot be read: ") + std::strerror(errno));
  if (S_ISDIR(status.st_mode)) throw fail("is a folder, not a file");
  if (!S_ISREG(status.st_mode))
    throw fail("is a pipe or a device, not a regular file: save it to a file first");
  if (static_cast<std::uintmax_t>(status.st_size) > limit) throw too_large;

  // The size is only a hint: some files of the system have none, and a file may grow while it is read.
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(status.st_size));
  char buffer[1 << 16];
  while (true) {
    const ssize_t count = read(file.number(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw fail(std::string("cannot be read: ") + std::strerror(errno));
    if (count == 0) return bytes;
    bytes.append(buffer, static_cast<std::size_t>(count));
    if (bytes.size() > limit) throw too_large;
  }
}

}  // namespace iem
